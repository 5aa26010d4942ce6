import type { Account } from '../../core/account.js';
import { emailKey } from '../../core/email.js';
import type { AccountKey } from '../target.js';
import type { Learning360Client } from './client.js';
import type { ExternalIds } from './external-ids.js';
import { accountFrom } from './record.js';
import type { Learning360Settings } from './settings.js';

type Lookups = Pick<Learning360Client, 'users' | 'user'>;

/** Of more people than these somebody is new, and is looked for in the whole list whatever the filters say. */
const FEW = 3;

/** Looks people up, by filters and in the whole list. */
export interface Finder {
  find(keys: readonly AccountKey[]): Promise<readonly Account[]>;
  list(): AsyncGenerator<readonly Account[]>;
}

/**
 * Nothing says whether the filter on addresses minds capitals, so whoever is not found by it is looked for in the whole
 * list, which costs one request for 500 users. Only what the rows themselves bear counts.
 */
export function createFinder(client: Lookups, externalIds: ExternalIds, settings: Learning360Settings): Finder {
  async function* list(): AsyncGenerator<readonly Account[]> {
    const ids = await externalIds.all();
    for await (const users of client.users()) {
      yield users.map((user) => accountFrom(user, ids.get(user._id) ?? null, settings));
    }
  }

  async function byExternalId({ externalId }: AccountKey): Promise<readonly Account[]> {
    const userId = await externalIds.userOf(externalId);
    const user = userId === null ? null : await client.user(userId);
    return user === null ? [] : [accountFrom(user, externalId, settings)];
  }

  async function byEmail(email: string): Promise<readonly Account[]> {
    for (const spelling of new Set([emailKey(email), email])) {
      for await (const users of client.users({ 'mail[eq]': spelling })) {
        const user = users.find((one) => one.mail && emailKey(one.mail) === emailKey(email));
        if (user !== undefined) return [accountFrom(user, await externalIds.ofUser(user._id), settings)];
      }
    }
    return [];
  }

  async function byFilters(key: AccountKey): Promise<readonly Account[]> {
    const own = await byExternalId(key);
    if (key.email === null || own.some((one) => hasAddress(one, key.email))) return own;
    return [...own, ...(await byEmail(key.email))];
  }

  async function inList(keys: readonly AccountKey[]): Promise<readonly Account[]> {
    const ids = new Set(keys.map(({ externalId }) => externalId));
    const addresses = new Set(keys.flatMap(({ email }) => (email === null ? [] : emailKey(email))));
    const found: Account[] = [];
    for await (const accounts of list()) {
      found.push(
        ...accounts.filter(
          ({ externalId, email }) =>
            (externalId !== null && ids.has(externalId)) || (email !== null && addresses.has(emailKey(email))),
        ),
      );
    }
    return found;
  }

  return {
    list,
    async find(keys) {
      const listed = settings.look_up === 'filters_then_list' && keys.length > FEW;
      if (settings.look_up === 'list' || listed) return inList(keys);
      const found = new Map<string, Account>();
      const missed: AccountKey[] = [];
      const queue = keys[Symbol.iterator]();
      async function work(): Promise<void> {
        for (const key of queue) {
          const accounts = await byFilters(key);
          for (const account of accounts) found.set(account.id, account);
          if (!accounts.some((one) => hasAddress(one, key.email))) missed.push(key);
        }
      }
      await Promise.all(Array.from({ length: settings.concurrency }, work));
      const searched = missed.filter(({ email }) => email !== null);
      if (searched.length > 0 && settings.look_up === 'filters_then_list') {
        for (const account of await inList(searched)) found.set(account.id, account);
      }
      return [...found.values()];
    },
  };
}

function hasAddress(account: Account, email: string | null): boolean {
  return email !== null && account.email !== null && emailKey(account.email) === emailKey(email);
}
