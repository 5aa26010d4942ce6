import { RejectedError } from '../kit/rejected.js';
import type { ScimClient } from './client.js';
import { stateOf } from './record.js';

type Client = Pick<ScimClient, 'user'>;

/**
 * Looks whether an account has really ended. Servers answer `active: false` with success, show it in the answer, and keep
 * the account open: https://github.com/OneUptime/oneuptime/pull/3852, https://github.com/ssoready/ssoready/issues/155
 *
 * @throws RejectedError unless the account is shown as closed, or is gone
 */
export async function proveEnded(client: Client, accountId: string): Promise<void> {
  const user = await client.user(accountId);
  const state = user === null ? 'deactivated' : stateOf(user);
  if (state === 'deactivated') return;
  const what = `the server answered the ending with success and shows account ${accountId} as active still`;
  const unclear = `the server does not show whether account ${accountId} is active, so its ending is not proven`;
  const next = 'end it in the LMS by hand; "deactivate: delete" may be the ending that the LMS knows';
  const trust = '"read_back: never" trusts its answers, after you have tried it';
  throw new RejectedError('other', state === 'active' ? `${what}: ${next}` : `${unclear}: ${trust}`);
}

/**
 * The same for an account that should be open; one whose state is not shown counts as open.
 *
 * @throws RejectedError when the account is shown as closed, or is gone
 */
export async function proveOpen(client: Client, accountId: string): Promise<void> {
  const user = await client.user(accountId);
  if (user === null) throw new RejectedError('unknown_account', `the server has no user ${accountId} any more`);
  if (stateOf(user) !== 'deactivated') return;
  const what = `the server answered with success and shows account ${accountId} as closed`;
  throw new RejectedError('other', `${what}; "hrsync verify --repair" opens it, where the LMS lets it be opened`);
}
