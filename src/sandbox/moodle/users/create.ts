import type * as z from 'zod';
import { invalidParameter, writeFailed } from '../call/refusal.js';
import { type Leaves, list, single } from '../call/shapes.js';
import { type Call, requireCapability, webFunction, work } from '../call/web-function.js';
import { withCustomFields } from '../custom/field-view.js';
import { blankUser, type User } from '../site/user.js';
import { isEmail, requireFit } from './limits.js';
import { madeUpPassword, mailPassword, requirePolicy } from './password.js';
import { columnsOf, userShape, withPreferences } from './user-shape.js';

/** A checked user before the commit. */
type Draft = Omit<User, 'id' | 'timecreated' | 'timemodified'> & { readonly isMailedPassword: boolean };

/** `core_user_create_users`: one transaction; one bad user undoes all. */
export function createUsersFunction(leaves: Leaves) {
  const shape = newUserShape(leaves);
  return webFunction('core_user_create_users', 'writes', single({ users: list(shape) }), async ({ users }, call) => {
    requireCapability(call, 'moodle/user:create');
    const { site, settings } = call;
    // Some release after 4.5.0 moved the mails behind the commit; 5.1 has it.
    const mailsAfterCommit = settings.version === '5.1';
    const drafts: Draft[] = [];
    for (const sent of users) {
      const draft = draftOf(sent, drafts, call);
      drafts.push(draft);
      if (draft.isMailedPassword && !mailsAfterCommit) mailPassword(draft, call);
    }
    await work(settings);
    // The database has a unique key on the username, and on nothing else.
    if (drafts.some(({ username }) => site.findByUsername(username) !== null)) throw writeFailed('Duplicate username');
    const made = drafts.map(({ isMailedPassword, ...data }) => ({ user: site.add(data), isMailedPassword }));
    for (const { user, isMailedPassword } of made) {
      if (isMailedPassword && mailsAfterCommit) mailPassword(user, call);
    }
    return made.map(({ user: { id, username } }) => ({ id, username }));
  });
}

function newUserShape(leaves: Leaves) {
  const { text, bool } = leaves;
  return single({
    username: text('username'),
    firstname: text('noTags'),
    lastname: text('noTags'),
    email: text('rawTrimmed'),
    createpassword: bool.optional(),
    ...userShape(leaves),
  });
}

function draftOf(
  { createpassword = false, customfields = [], preferences = [], ...sent }: z.output<ReturnType<typeof newUserShape>>,
  before: readonly Draft[],
  call: Call,
): Draft {
  const { site, settings } = call;
  const { password, username, email, auth = 'manual' } = sent;
  const keepsPassword = settings.authPlugins[auth];
  for (const key of ['username', 'firstname', 'lastname'] as const) {
    if (sent[key].trim() === '') throw invalidParameter(`The field ${key} cannot be blank`);
  }
  if (before.some((draft) => draft.username === username) || site.findByUsername(username) !== null) {
    throw invalidParameter(`Username already exists: ${username}`);
  }
  if (keepsPassword === undefined) throw invalidParameter(`Invalid authentication type: ${auth}`);
  if (keepsPassword && !password && !createpassword) {
    throw invalidParameter('Invalid password: you must provide a password, or set createpassword.');
  }
  if (!isEmail(email)) throw invalidParameter(`Email address is invalid: ${email}`);
  const isTaken = before.some((draft) => isSame(draft.email, email)) || site.findByEmail(email).length > 0;
  if (isTaken && !settings.allowAccountsSameEmail) throw invalidParameter(`Email address already exists: ${email}`);
  if (password && !createpassword) requirePolicy(password, settings);
  const columns = columnsOf({ ...sent, auth, lang: sent.lang || settings.lang });
  requireFit(columns);
  return {
    ...blankUser,
    ...columns,
    password: keepsPassword ? (createpassword ? madeUpPassword() : (password ?? null)) : null,
    custom: withCustomFields({}, customfields, call),
    preferences: {
      ...withPreferences({}, preferences),
      ...(createpassword && { auth_forcepasswordchange: '1' }),
    },
    isMailedPassword: createpassword,
  };
}

function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
