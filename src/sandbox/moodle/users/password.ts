import { randomBytes } from 'node:crypto';
import { MoodleException } from '../call/refusal.js';
import type { MoodleParts } from '../call/web-function.js';
import type { MoodleSettings } from '../settings.js';
import type { User } from '../site/user.js';

/** A random password that meets the default policy. */
export function madeUpPassword(): string {
  return `${randomBytes(9).toString('hex')}-A1a`;
}

/** @throws MoodleException with HTML as its errorcode when the password is too weak */
export function requirePolicy(password: string, { passwordPolicy: policy }: MoodleSettings): void {
  if (policy === null) return;
  const count = (pattern: RegExp) => [...password.matchAll(pattern)].length;
  const wanted = [
    [policy.length, [...password].length, 'characters'],
    [policy.digits, count(/\d/g), 'digit(s)'],
    [policy.lower, count(/\p{Ll}/gu), 'lower case letter(s)'],
    [policy.upper, count(/\p{Lu}/gu), 'upper case letter(s)'],
    [policy.special, count(/[^\p{L}\d]/gu), 'special character(s)'],
  ] as const;
  const complaints = wanted
    .filter(([least, given]) => given < least)
    .map(([least, , what]) => `<div>Passwords must have at least ${least} ${what}.</div>`);
  if (complaints.length === 0) return;
  throw new MoodleException(complaints.join(''), `error/${complaints.join('')}`);
}

/** Whether Moodle hands a mail for this user to the mail server. */
export function isMailed({ email }: Pick<User, 'email'>, { settings }: MoodleParts): boolean {
  return settings.noReplyAddressIsValid && !email.endsWith('.invalid');
}

/** Mails a new password, except to `nologin` users. Failures are silent. */
export function mailPassword(user: Pick<User, 'email' | 'username' | 'lang' | 'auth'>, parts: MoodleParts): void {
  const leaves = parts.settings.mailServer === 'up' && user.auth !== 'nologin' && isMailed(user, parts);
  if (leaves) parts.site.mail(user, 'password');
}
