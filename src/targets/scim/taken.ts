import { caseless } from '../../core/caseless.js';
import { RejectedError } from '../kit/rejected.js';
import { equals, type ScimClient } from './client.js';
import { userNameOf } from './record.js';

type Client = Pick<ScimClient, 'filtered'>;

/**
 * Says of a refusal because a user name is taken which account has it. It is never taken over here: whose it is, is decided
 * by names and rights. Accounts that were made outside of SCIM, or were deleted and kept, may not be shown at all.
 */
export async function explainTaken(client: Client, error: unknown, userName: string): Promise<unknown> {
  if (!(error instanceof RejectedError) || error.reason !== 'email_taken') return error;
  const holder = await holderOf(client, userName).catch(() => null);
  const unseen =
    'no look-up shows who has this user name: the account may have been made outside of SCIM, or deleted and kept; ask the LMS to release it or to show it to SCIM';
  const who = holder === null ? unseen : heldBy(holder);
  return new RejectedError('email_taken', `${error.detail}; ${who}`, { cause: error.cause, words: error.words });
}

/**
 * Refuses a user name that another account shows, before anything is sent: the rest of the change goes first, and must not
 * be half done.
 */
export async function refuseIfTaken(client: Client, userName: string, accountId: string): Promise<void> {
  const holder = await holderOf(client, userName, accountId);
  if (holder !== null) throw new RejectedError('email_taken', heldBy(holder));
}

/** The other account that bears a user name, as far as a filter shows it. */
async function holderOf(client: Client, userName: string, except?: string): Promise<string | null> {
  const rows = (await client.filtered('Users', equals('userName', userName))) ?? [];
  const holder = rows.find((row) => row.id !== except && caseless(userNameOf(row) ?? '') === caseless(userName));
  return holder?.id ?? null;
}

function heldBy(accountId: string): string {
  return `account ${accountId} has this user name; if it is theirs, "hrsync link" gives it to them`;
}
