import { invalidParameter, MoodleException } from '../call/refusal.js';
import { type Leaves, single } from '../call/shapes.js';
import { type Call, webFunction, work } from '../call/web-function.js';
import { GUEST } from '../site/site.js';
import type { User } from '../site/user.js';
import { isMailed } from './password.js';

/** Maximum number of mails for one reset link. */
const MAILS_PER_LINK = 2;

/** `core_auth_request_password_reset`: the answer is always the same, so it does not reveal who has an account. */
export function passwordResetFunction({ text }: Leaves) {
  const shape = single({ username: text('username').optional(), email: text('rawTrimmed').optional() });
  return webFunction('core_auth_request_password_reset', 'writes', shape, async ({ username, email }, call) => {
    if (!username && !email) throw invalidParameter('username or email is required');
    await work(call.settings);
    const user = username ? call.site.findByUsername(username) : (call.site.findByEmail(email ?? '')[0] ?? null);
    if (user !== null && !user.deleted && !user.suspended && user.id !== GUEST) mailReset(user, call);
    return {
      status: 'emailpasswordconfirmmaybesent',
      notice: 'If you supplied a correct username or email address then an email should have been sent to you.',
      warnings: [],
    };
  });
}

/** @throws MoodleException `cannotmailconfirm` when the mail server is down; the attempt still counts as a mail */
function mailReset(user: User, call: Call): void {
  const { site, settings, now } = call;
  const canReset = user.auth !== 'nologin' && settings.authPlugins[user.auth] === true;
  if (canReset) {
    const at = now().getTime();
    const known = site.resets.get(user.id);
    const isAlive = known !== undefined && at < known.at + settings.passwordResetMinutes * 60_000;
    const asked = (isAlive ? known.asked : 0) + 1;
    if (asked > MAILS_PER_LINK) return;
    site.resets.set(user.id, { at: isAlive ? known.at : at, asked });
  }
  if (settings.mailServer === 'down')
    throw new MoodleException('cannotmailconfirm', 'Error sending confirmation email');
  if (isMailed(user, call)) site.mail(user, canReset ? 'reset_link' : 'reset_impossible');
}
