import type { Account } from '../../core/account.js';
import { emailKey } from '../../core/email.js';
import type { AccountKey } from '../target.js';
import type { LearnAmpClient } from './client.js';
import { accountFrom } from './record.js';
import type { LearnAmpSettings } from './settings.js';

type Lookups = Pick<LearnAmpClient, 'users' | 'userByExternalId'>;

/**
 * The accounts that bear one of the keys. Each person is asked for by external id and, unless that account has their
 * address, by e-mail; how exact the filters are is not documented, so only what the reply itself bears counts.
 */
export async function findAccounts(
  client: Lookups,
  keys: readonly AccountKey[],
  settings: Pick<LearnAmpSettings, 'concurrency' | 'external_ids'>,
): Promise<readonly Account[]> {
  const found = new Map<string, Account>();
  const queue = keys[Symbol.iterator]();
  async function work(): Promise<void> {
    for (const key of queue) {
      for (const account of await findOne(client, key, settings.external_ids)) found.set(account.id, account);
    }
  }
  await Promise.all(Array.from({ length: settings.concurrency }, work));
  return [...found.values()];
}

async function findOne(client: Lookups, key: AccountKey, byId: boolean): Promise<readonly Account[]> {
  const user = byId ? await client.userByExternalId(key.externalId) : null;
  const account = user === null ? null : accountFrom(user);
  const own = account?.externalId === key.externalId ? [account] : [];
  if (key.email === null || own.some((one) => hasAddress(one, key.email))) return own;
  const byEmail = await findByEmail(client, key.email);
  return byEmail === null ? own : [...own, byEmail];
}

async function findByEmail(client: Lookups, email: string): Promise<Account | null> {
  for (const spelling of new Set([email, emailKey(email)])) {
    for await (const users of client.users({ 'filters[email]': spelling })) {
      const account = users.map(accountFrom).find((one) => hasAddress(one, email));
      if (account !== undefined) return account;
    }
  }
  return null;
}

function hasAddress(account: Account, email: string | null): boolean {
  return email !== null && account.email !== null && emailKey(account.email) === emailKey(email);
}
