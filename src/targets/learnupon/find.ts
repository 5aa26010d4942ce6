import type { Account } from '../../core/account.js';
import { emailKey } from '../../core/email.js';
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
 * The accounts that bear one of the keys: by a search for each address and, where somebody's own account did not turn up
 * so, by one walk through the list, since custom values cannot be searched for. Only what the reply bears counts.
 */
export async function findAccounts(
  client: Pick<LearnUponClient, 'userByEmail' | 'users'>,
  keys: readonly AccountKey[],
  { byId, concurrency, read }: Looking,
): Promise<readonly Account[]> {
  const found = new Map<string, Account>();
  const open = new Set<string>();
  const queue = keys[Symbol.iterator]();
  async function work(): Promise<void> {
    for (const { externalId, email } of queue) {
      const user = email === null ? null : await client.userByEmail(email);
      const account = user === null ? null : read(user);
      if (account !== null) found.set(account.id, account);
      if (account?.externalId !== externalId) open.add(externalId);
    }
  }
  await Promise.all(Array.from({ length: concurrency }, work));
  if (!byId || open.size === 0) return [...found.values()];
  const addresses = new Set(keys.flatMap(({ email }) => (email === null ? [] : [emailKey(email)])));
  for await (const users of client.users()) {
    for (const account of users.map(read)) {
      const isTheirs = account.externalId !== null && open.has(account.externalId);
      const hasAddress = account.email !== null && addresses.has(emailKey(account.email));
      // A list may show less than a search does.
      if ((isTheirs || hasAddress) && !found.has(account.id)) found.set(account.id, account);
    }
  }
  return [...found.values()];
}
