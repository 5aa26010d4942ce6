import { isDay } from '../../core/day.js';
import type { UserBody } from './bodies.js';
import type { Parts } from './parts.js';
import { refuse } from './refusal.js';
import type { LmsUser, UserData } from './user.js';

const TEXTS = ['firstName', 'lastName', 'phone', 'job', 'organization', 'custom'] as const;
const MAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
const USERNAME = /^[a-z0-9_\-.+#!$%&'*/=?^{|}~`]+$/;

/**
 * Turns a body, which is as described, into what it changes of a user (null while creating); throws for the first thing
 * that is wrong. `joins` is the group that a new user joins.
 */
export function readUserWrite(
  body: UserBody,
  user: LmsUser | null,
  parts: Parts,
  joins: string | null = null,
): Partial<UserData> {
  const changes: Partial<UserData> = {};
  for (const key of TEXTS) if (body[key] !== undefined) changes[key] = body[key];
  if (body.lang !== undefined) changes.lang = body.lang;
  if (body.mail !== undefined) changes.mail = mailOf(body.mail, user, parts);
  if (body.username !== undefined) changes.username = usernameOf(body.username, user, parts);
  if (body.toBeDeactivatedAt !== undefined) changes.toBeDeactivatedAt = dateOf(body.toBeDeactivatedAt, user, parts);
  if (body.primaryGroupId !== undefined) changes.primaryGroupId = groupOf(body.primaryGroupId, user, parts, joins);
  // No pictures are imitated, so no id of one is known.
  if (body.profileImageId) throw refuse(400, 'mediaNotFound');
  if (user !== null) {
    const { mail, username } = { ...user, ...changes };
    if (mail === null && username === null) throw refuse(400, 'userShouldHaveAtLeastOneValidIdentifier');
  }
  return changes;
}

function mailOf(mail: string | null, user: LmsUser | null, { platform, settings }: Parts): string | null {
  if (mail === null) return null;
  if (!MAIL.test(mail)) throw refuse(400, 'mailInvalid');
  const holders = platform.findAllByLogin('mail', mail);
  // While creating, a deleted holder is brought back.
  const taken = holders.some((holder) => (user === null ? holder.status !== 'deleted' : holder !== user));
  const elsewhere = settings.mailsTakenElsewhere.some((one) => one.toLowerCase() === mail.toLowerCase());
  if (taken || elsewhere) throw refuse(400, 'mailAlreadyUsed');
  return mail;
}

function usernameOf(username: string | null, user: LmsUser | null, { platform, settings }: Parts): string | null {
  if (username === null) return null;
  if (!settings.usernamesAllowed) throw refuse(400, 'usernameNotAllowed');
  if (!USERNAME.test(username)) throw refuse(400, 'invalidInput', 'username has characters that it may not have');
  const holder = platform.findByLogin('username', username);
  if (holder !== null && holder !== user && holder.status !== 'deleted') throw refuse(400, 'usernameAlreadyUsed');
  return username;
}

function dateOf(text: string | null, user: LmsUser | null, { platform, now }: Parts): string | null {
  if (text === null) return null;
  if (!isDay(text.slice(0, 10))) throw refuse(400, 'invalidInput', 'toBeDeactivatedAt is not a date');
  if (user?.status === 'deleted') throw refuse(400, 'invalidUpdateOnDeletedUser');
  if (user === platform.owner) throw refuse(400, 'ownerDeactivationNotAllowed');
  if (Date.parse(text) <= now().getTime()) throw refuse(400, 'deactivationDateInvalid');
  return text;
}

function groupOf(id: string | null, user: LmsUser | null, { platform }: Parts, joins: string | null): string | null {
  if (id === null || id === joins) return id;
  const isMember = user !== null && platform.rolesOf(user.id).some(({ groupId }) => groupId === id);
  if (!isMember) throw refuse(400, 'notMemberOfPrimaryGroup');
  return id;
}
