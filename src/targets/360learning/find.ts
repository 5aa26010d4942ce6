import type { Account } from '../../core/account.js';
import { emailKey } from '../../core/email.js';
import { inParallel } from '../../core/in-parallel.js';
import type { AccountKey } from '../target.js';
import type { Learning360Client } from './client.js';
import type { ExternalIds } from './external-ids.js';
import { accountFrom, type ReadOptions } from './record.js';
import type { User } from './schema.js';
import type { Learning360Settings } from './settings.js';

type Settings = ReadOptions & Pick<Learning360Settings, 'look_up' | 'concurrency'>;

type Lookups = Pick<Learning360Client, 'users' | 'user'>;

/** Of more people than these somebody is new, and is looked for in the whole list whatever the filters say. */
const FEW = 3;

/** Looks people up, by filters and in the whole list. */
export interface Finder {
  find(keys: readonly AccountKey[]): Promise<readonly Account[]>;
  list(): AsyncGenerator<readonly Account[]>;
}

/**
 * Nothing says whether the filter on addresses minds capitals, so a look-up by it counts as complete only once an answer
 * has proven that it does not; otherwise the whole list is read, which costs one request for 500 users. Only what the rows
 * themselves bear counts: https://360learning.readme.io/docs/filtering
 */
export function createFinder(client: Lookups, externalIds: ExternalIds, settings: Settings): Finder {
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

  /** Everybody whom the filter shows for an address, and whether it showed somebody in other letters than it was given. */
  async function byEmail(email: string): Promise<{ readonly found: readonly Account[]; readonly proven: boolean }> {
    const found = new Map<string, User>();
    let proven = false;
    // The least likely spelling goes first: a user found by it shows that capitals do not count.
    for (const spelling of new Set([emailKey(email).toUpperCase(), emailKey(email), email])) {
      for await (const users of client.users({ 'mail[eq]': spelling })) {
        for (const user of users) {
          if (!user.mail || emailKey(user.mail) !== emailKey(email)) continue;
          if (user.mail !== spelling) proven = true;
          found.set(user._id, user);
        }
      }
      if (proven) break;
    }
    const accounts = [...found.values()].map(async (user) =>
      accountFrom(user, await externalIds.ofUser(user._id), settings),
    );
    return { found: await Promise.all(accounts), proven };
  }

  /** The accounts that filters show for a key, and whether there can be no others. */
  async function byFilters(key: AccountKey): Promise<{ readonly found: readonly Account[]; readonly proven: boolean }> {
    const own = await byExternalId(key);
    if (key.email === null) return { found: own, proven: true };
    const { found, proven } = await byEmail(key.email);
    return { found: [...own, ...found], proven };
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
      await inParallel(keys, settings.concurrency, async (key) => {
        const { found: accounts, proven } = await byFilters(key);
        for (const account of accounts) found.set(account.id, account);
        if (!proven) missed.push(key);
      });
      if (missed.length > 0 && settings.look_up === 'filters_then_list') {
        for (const account of await inList(missed)) found.set(account.id, account);
      }
      return [...found.values()];
    },
  };
}
