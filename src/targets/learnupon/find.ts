import type { Account } from '../../core/account.js';
import { emailKey } from '../../core/email.js';
import { inParallel } from '../../core/in-parallel.js';
import type { AccountKey } from '../target.js';
import type { LearnUponClient } from './client.js';
import type { User } from './schema.js';

interface Lookup {
  readonly concurrency: number;
  readonly read: (user: User) => Account;
}

/**
 * The accounts that bear one of the keys, as many as a list of everybody shows. Custom values cannot be searched for, and a
 * search for an address gives one user (https://docs.learnupon.com/api/), so one walk through the list looks for employee
 * ids, and for an address in other capitals. The searches are made besides: a list may show less of a user, and it may
 * shift while it is read. Only what the reply bears counts.
 */
export async function findAccounts(
  client: Pick<LearnUponClient, 'usersByEmail' | 'users'>,
  keys: readonly AccountKey[],
  { concurrency, read }: Lookup,
): Promise<readonly Account[]> {
  const found = new Map<string, Account>();
  const addresses = new Map(keys.flatMap(({ email }) => (email === null ? [] : [[emailKey(email), email] as const])));
  await inParallel(addresses.values(), concurrency, async (email) => {
    for (const account of (await client.usersByEmail(email)).map(read)) found.set(account.id, account);
  });
  if (keys.length === 0) return [];
  const ids = new Set(keys.map(({ externalId }) => externalId));
  for await (const users of client.users()) {
    for (const account of users.map(read)) {
      const isTheirs = account.externalId !== null && ids.has(account.externalId);
      const hasAddress = account.email !== null && addresses.has(emailKey(account.email));
      if ((isTheirs || hasAddress) && !found.has(account.id)) found.set(account.id, account);
    }
  }
  return [...found.values()];
}
