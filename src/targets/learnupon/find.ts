import type { Account } from '../../core/account.js';
import { emailKey } from '../../core/email.js';
import { each } from '../each.js';
import type { AccountKey } from '../target.js';
import type { LearnUponClient } from './client.js';
import type { User } from './schema.js';

interface Looking {
  /** Whether LearnUpon holds employee ids. */
  readonly byId: boolean;
  readonly concurrency: number;
  readonly read: (user: User) => Account;
}

/**
 * The accounts that bear one of the keys: by a search for each address and, since custom values cannot be searched for, by
 * one walk through the list for the employee ids. Neither way makes up for the other: a second account may bear the id, or
 * the address in other capitals. Only what the reply bears counts.
 */
export async function findAccounts(
  client: Pick<LearnUponClient, 'usersByEmail' | 'users'>,
  keys: readonly AccountKey[],
  { byId, concurrency, read }: Looking,
): Promise<readonly Account[]> {
  const found = new Map<string, Account>();
  const addresses = new Map(keys.flatMap(({ email }) => (email === null ? [] : [[emailKey(email), email] as const])));
  await each(addresses.values(), concurrency, async (email) => {
    for (const account of (await client.usersByEmail(email)).map(read)) found.set(account.id, account);
  });
  if (!byId || keys.length === 0) return [...found.values()];
  const ids = new Set(keys.map(({ externalId }) => externalId));
  for await (const users of client.users()) {
    for (const account of users.map(read)) {
      const isTheirs = account.externalId !== null && ids.has(account.externalId);
      const hasAddress = account.email !== null && addresses.has(emailKey(account.email));
      // A list may show less than a search does.
      if ((isTheirs || hasAddress) && !found.has(account.id)) found.set(account.id, account);
    }
  }
  return [...found.values()];
}
