import type { Account } from '../../core/account.js';
import { emailKey } from '../../core/email.js';
import { inParallel } from '../../core/in-parallel.js';
import { askOnce } from '../kit/ask-once.js';
import type { AccountKey } from '../target.js';
import type { LearnAmpClient } from './client.js';
import { accountFrom } from './record.js';
import type { LearnAmpSettings } from './settings.js';

type Lookups = Pick<LearnAmpClient, 'users' | 'userByExternalId' | 'someUser'>;
type Settings = Pick<LearnAmpSettings, 'concurrency' | 'external_ids'>;

/** Finds the accounts that bear one of the keys: all of them, as many as a list of everybody shows. */
export type FindAccounts = (keys: readonly AccountKey[]) => Promise<readonly Account[]>;

/**
 * Looks for each person by external id and by e-mail, whatever the other way found. How exact the e-mail filter is and
 * whether it minds capitals is not documented (https://developers.learnamp.com/#view-all-users), so it is tried once, with
 * an address that exists; where it may hide an account, everybody is listed instead. Only what an account itself bears
 * counts.
 */
export function createFind(client: Lookups, settings: Settings): FindAccounts {
  const trustsFilter = askOnce(() => findsAnyCapitals(client));

  return async (keys) => {
    const found = new Map<string, Account>();
    const keep = (accounts: readonly Account[]) => {
      for (const account of accounts) found.set(account.id, account);
    };
    const addresses = keys.flatMap(({ email }) => (email === null ? [] : [email]));
    if (settings.external_ids) {
      await inParallel(keys, settings.concurrency, async ({ externalId }) =>
        keep(await byExternalId(client, externalId)),
      );
    }
    if (addresses.length === 0) return [...found.values()];
    if (await trustsFilter()) {
      const search = async (email: string) => keep(await bearing([email], client.users({ 'filters[email]': email })));
      await inParallel(addresses, settings.concurrency, search);
    } else {
      keep(await bearing(addresses, client.users()));
    }
    return [...found.values()];
  };
}

async function byExternalId(client: Lookups, externalId: string): Promise<readonly Account[]> {
  const user = await client.userByExternalId(externalId);
  const account = user === null ? null : accountFrom(user);
  return account?.externalId === externalId ? [account] : [];
}

/** Those of the users who bear one of the addresses, in any capitals. */
async function bearing(addresses: readonly string[], users: ReturnType<Lookups['users']>): Promise<readonly Account[]> {
  const wanted = new Set(addresses.map(emailKey));
  const accounts: Account[] = [];
  for await (const page of users) {
    accounts.push(...page.map(accountFrom).filter(({ email }) => email !== null && wanted.has(emailKey(email))));
  }
  return accounts;
}

// An answer that holds somebody else's address too comes from a filter that looks at less than the whole of it, or at
// nothing: then one list of everybody is cheaper than one for each person.
async function findsAnyCapitals(client: Lookups): Promise<boolean> {
  const some = await client.someUser();
  const email = some?.email;
  if (!some || !email) return true;
  const capitals = email.toUpperCase();
  const other = capitals === email ? email.toLowerCase() : capitals;
  let finds = false;
  for await (const page of client.users({ 'filters[email]': other })) {
    if (page.some((user) => emailKey(user.email ?? '') !== emailKey(email))) return false;
    finds ||= page.some(({ id }) => id === some.id);
  }
  return finds;
}
