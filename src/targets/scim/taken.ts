import { caseless } from '../../core/caseless.js';
import { RejectedError } from '../kit/rejected.js';
import { equals, type ScimClient } from './client.js';
import { userNameOf } from './record.js';

/**
 * Says of a refusal because a user name is taken which account has it. It is never taken over here: whose it is, is decided
 * by names and rights. Accounts that were made outside of SCIM, or were deleted and kept, may not be shown at all.
 */
export async function explainTaken(
  client: Pick<ScimClient, 'filtered'>,
  error: unknown,
  userName: string,
): Promise<unknown> {
  if (!(error instanceof RejectedError) || error.reason !== 'email_taken') return error;
  const rows = (await client.filtered('Users', equals('userName', userName)).catch(() => null)) ?? [];
  const holder = rows.find((user) => caseless(userNameOf(user) ?? '') === caseless(userName));
  const who =
    holder === undefined
      ? 'no look-up shows who has this user name: the account may have been made outside of SCIM, or deleted and kept; ask the LMS to release it or to show it to SCIM'
      : `account ${holder.id} has this user name; if it is theirs, "hrsync link"`;
  return new RejectedError('email_taken', `${error.detail}; ${who}`, { cause: error.cause, words: error.words });
}
