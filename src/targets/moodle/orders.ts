import { emailKey } from '../../core/email.js';
import { isEmpty, textFrom } from '../../core/value.js';
import type { AdapterWorld } from '../../http/world.js';
import { makePassword } from '../kit/password.js';
import { RejectedError } from '../kit/rejected.js';
import type { AccountDraft } from '../target.js';
import { isUsername, usernameFrom } from './acceptable.js';
import type { Parameter } from './form.js';
import { inviteBy, type MoodleSettings, needsPassword } from './settings.js';
import { type UserWrite, userWriteOf, type WriteRules } from './user-write.js';

/** One account to make. */
export interface Creation {
  readonly kind: 'create';
  readonly externalId: string;
  readonly email: string;
  readonly username: string;
  /** The name to take where the other is another account's; null where there is none left. */
  readonly otherUsername: string | null;
  readonly write: UserWrite;
  /** What the account is made with besides: the plugin, and a password or a mail with one. */
  readonly login: Readonly<Record<string, Parameter>>;
  readonly mailsPassword: boolean;
}

/** One account to change. */
export interface Alteration {
  readonly kind: 'update';
  readonly id: string;
  readonly write: UserWrite;
}

/** What a batch is made of. Cohorts are kept apart from users. */
export type Order = (Creation | Alteration) & { readonly draft: AccountDraft };

/** What became of one order: the account, or why there is none. */
export type Outcome = { readonly id: string } | { readonly error: unknown };

const NEW_PASSWORD = { length: 32, classes: ['lower', 'upper', 'digit', 'symbol'] } as const;

/**
 * The order to make somebody's account. Somebody who is not to be mailed gets a password that is kept nowhere. The address
 * as it is now becomes the user name where the mapping gives none and Moodle takes it for one, else the employee id.
 *
 * @throws RejectedError for what Moodle would refuse
 */
export function creationOf(
  draft: AccountDraft,
  invite: boolean,
  { rules, settings, world }: { rules: WriteRules; settings: MoodleSettings; world: Pick<AdapterWorld, 'randomInt'> },
): Order {
  const { username: mapped, ...fields } = Object.fromEntries(
    Object.entries(draft.fields).filter(([, value]) => !isEmpty(value)),
  );
  const write = userWriteOf({ fields, manager: draft.manager ?? undefined }, rules);
  const externalId = textFrom(fields['external_id']);
  const email = textFrom(fields['email']);
  const byId = usernameFrom(externalId);
  const derived = isUsername(emailKey(email)) ? emailKey(email) : byId;
  const name = mapped === undefined ? derived : textFrom(mapped);
  if (!isUsername(name)) throw new RejectedError('invalid_value', 'username may hold a-z, 0-9 and . - _ @ alone');
  // The link to choose a password is asked for once the account is there.
  const mailsPassword = invite && inviteBy(settings) === 'password_mail';
  return {
    ...{ kind: 'create', externalId, email, username: name, write, draft, mailsPassword },
    otherUsername: mapped === undefined && byId !== name && isUsername(byId) ? byId : null,
    login: { auth: settings.auth, ...passwordFor(settings.auth, mailsPassword, world) },
  };
}

function passwordFor(auth: string, mails: boolean, { randomInt }: Pick<AdapterWorld, 'randomInt'>) {
  if (mails) return { createpassword: true };
  return needsPassword(auth) ? { password: makePassword(NEW_PASSWORD, randomInt) } : {};
}

/** The parameters of a new account, with what it is found by before all else. */
export function parametersOf({ username, write, login }: Creation): Readonly<Record<string, Parameter>> {
  return { username, ...write.parameters, ...login };
}
