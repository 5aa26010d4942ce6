import type { Account } from '../../core/account.js';
import { emailKey } from '../../core/email.js';
import { inParallel } from '../../core/in-parallel.js';
import { ShortListError } from '../../errors.js';
import type { AdapterWorld } from '../../http/world.js';
import type { AccountKey, Target } from '../target.js';
import type { Kind, ScimClient } from './client.js';
import type { Filters, Trust, Way } from './filters.js';
import { readList } from './pages.js';
import type { ReadOptions } from './reading.js';
import { accountFrom } from './record.js';
import type { ScimResource } from './schema.js';

const USERS: Kind = 'Users';
/** For more people than these one list of everybody costs fewer requests than a filter for each. */
const FEW = 40;

/** Filters that find whatever they should, as far as anybody can tell. */
const SOUND: readonly Trust[] = ['whole', 'untried'];
/** Filters whose findings are worth having where the list cannot be had. */
const USABLE: readonly Trust[] = [...SOUND, 'exact'];

type Finder = Pick<Target, 'find' | 'list'>;

/**
 * Looks accounts up by filters that have proven themselves, otherwise in the list of everybody; where that comes short of
 * its own total, by what there is. Only what an account itself bears counts.
 */
export function createFinder(
  client: Pick<ScimClient, 'page'>,
  filters: Filters,
  reading: ReadOptions,
  log: AdapterWorld['log'],
): Finder {
  const { settings } = reading;
  const ways = settings.look_up.filter((way) => way !== 'external_id' || settings.external_id === 'write');
  let short: ShortListError | null = null;

  async function* list(): AsyncGenerator<readonly Account[]> {
    if (short !== null) throw short;
    try {
      for await (const users of readList(client, USERS, settings))
        yield users.map((user) => accountFrom(user, reading));
    } catch (error) {
      if (error instanceof ShortListError) {
        short = error;
        log.warn('the list of users comes short of its own total, so accounts are looked up one by one', {});
      }
      throw error;
    }
  }

  async function inList(keys: readonly AccountKey[]): Promise<readonly Account[] | null> {
    const ids = new Set(keys.map(({ externalId }) => externalId));
    const addresses = new Set(keys.flatMap(({ email }) => (email === null ? [] : emailKey(email))));
    const names = new Set(keys.flatMap(({ userName }) => (userName == null ? [] : emailKey(userName))));
    const found: Account[] = [];
    try {
      for await (const accounts of list()) {
        found.push(
          ...accounts.filter(
            ({ externalId, email, fields: { user_name: name } }) =>
              (externalId !== null && ids.has(externalId)) ||
              (email !== null && addresses.has(emailKey(email))) ||
              (typeof name === 'string' && names.has(emailKey(name))),
          ),
        );
      }
    } catch (error) {
      if (error instanceof ShortListError) return null;
      throw error;
    }
    return found;
  }

  async function byFilters(keys: readonly AccountKey[], usable: readonly Way[]): Promise<readonly Account[]> {
    const found = new Map<string, Account>();
    const keep = (users: readonly ScimResource[]) => {
      for (const user of users) found.set(user.id, accountFrom(user, reading));
    };
    await inParallel(keys, settings.concurrency, async ({ externalId, email, userName }) => {
      for (const way of usable) {
        const text = email ?? (way === 'user_name' ? userName : null) ?? null;
        if (way === 'external_id') keep(await filters.find(way, externalId));
        else if (text !== null)
          for (const spelling of await spellings(way, text)) keep(await filters.find(way, spelling));
      }
    });
    return [...found.values()];
  }

  async function spellings(way: Way, text: string): Promise<Iterable<string>> {
    return (await filters.trust(way)) === 'exact' ? new Set([text, emailKey(text)]) : [text];
  }

  return {
    list,
    async find(keys) {
      if (keys.length === 0) return [];
      const trusts = new Map<Way, Trust>();
      for (const way of ways) trusts.set(way, await filters.trust(way));
      const isSound = [...trusts.values()].every((trust) => SOUND.includes(trust));
      const listed = isSound && keys.length <= FEW ? null : await inList(keys);
      if (listed !== null) return listed;
      const usable = ways.filter((way) => USABLE.includes(trusts.get(way) ?? 'refused'));
      if (usable.length === 0 && short !== null) throw short;
      return byFilters(keys, usable);
    },
  };
}
