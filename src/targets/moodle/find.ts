import type { Account } from '../../core/account.js';
import { emailKey } from '../../core/email.js';
import { inParallel } from '../../core/in-parallel.js';
import type { AdapterWorld } from '../../http/world.js';
import { RejectedError } from '../kit/rejected.js';
import type { AccountKey } from '../target.js';
import { isAddress } from './acceptable.js';
import { INVALID_RESPONSE, type MoodleClient } from './client.js';
import { Refusal } from './errors.js';
import type { LookUp } from './look-up.js';
import type { User } from './schema.js';

/** Up to so many addresses are looked up one by one, which alone finds an address in other capitals. */
const FEW = 10;
/** Pauses before somebody whose creation was lost is looked for again, in ms: the server may still be at work. */
const PAUSES = [1_000, 2_000, 4_000, 8_000];

/** Looks people up by employee id and address; the site is never listed. */
export interface Finder {
  find(keys: readonly AccountKey[]): Promise<readonly Account[]>;
  /** @throws RejectedError for somebody who has an account that Moodle cannot show */
  holdBack(externalId: string, email: string): void;
}

interface Lookup {
  readonly client: Pick<MoodleClient, 'usersOfAddress'>;
  readonly lookUp: LookUp;
  readonly read: (user: User) => Promise<Account>;
  readonly mayBeUnderWay: (externalId: string) => boolean;
  readonly world: Pick<AdapterWorld, 'sleep' | 'log'>;
  readonly concurrency: number;
}

/**
 * Many are looked up by exact values: on PostgreSQL these mind capitals, so addresses are asked for as HR spells them and in
 * small letters. Should a sample show that the site holds other spellings, each address is asked for alone.
 */
export function createFinder({ client, lookUp, read, mayBeUnderWay, world, concurrency }: Lookup): Finder {
  const oddIds = new Set<string>();
  const oddAddresses = new Set<string>();

  async function ofAddress(email: string): Promise<readonly User[]> {
    try {
      return await client.usersOfAddress(email);
    } catch (error) {
      if (!(error instanceof Refusal) || error.code !== INVALID_RESPONSE) throw error;
      world.log.warn('Moodle cannot show the account of an address (invalidresponse); correct it there');
      oddAddresses.add(emailKey(email));
      return [];
    }
  }

  async function ofEach(emails: readonly string[]): Promise<readonly User[]> {
    return (await inParallel(emails, concurrency, ofAddress)).flat();
  }

  async function byAddress(addresses: ReadonlyMap<string, string>): Promise<readonly User[]> {
    const emails = [...addresses.values()];
    if (emails.length <= FEW) return ofEach(emails);
    const { users, odd } = await lookUp('email', [...emails, ...addresses.keys()]);
    for (const email of odd) oddAddresses.add(emailKey(email));
    const found = new Set(users.map(({ email }) => emailKey(email ?? '')));
    const absent = [...addresses].flatMap(([key, email]) => (found.has(key) ? [] : [email]));
    const step = Math.ceil(absent.length / FEW);
    const sample = absent.filter((_, index) => index % step === 0);
    const others = await ofEach(sample);
    if (others.length === 0) return users;
    return [...users, ...others, ...(await ofEach(absent.filter((email) => !sample.includes(email))))];
  }

  async function findOnce(keys: readonly AccountKey[]): Promise<readonly Account[]> {
    const ids = new Set(keys.map(({ externalId }) => externalId).filter((id) => id !== '' && id !== '0'));
    const addresses = new Map(
      keys.flatMap(({ email }) => (email !== null && isAddress(email) ? [[emailKey(email), email] as const] : [])),
    );
    const { users: byId, odd } = await lookUp('idnumber', ids);
    for (const id of odd) oddIds.add(id);
    const users = new Map([...byId, ...(await byAddress(addresses))].map((user) => [user.id, user]));
    const accounts = await Promise.all([...users.values()].map(read));
    // Only what an account bears counts.
    return accounts.filter(
      ({ externalId, email }) =>
        (externalId !== null && ids.has(externalId)) || (email !== null && addresses.has(emailKey(email))),
    );
  }

  return {
    async find(keys) {
      for (const pause of [...PAUSES, null]) {
        const accounts = await findOnce(keys);
        const found = new Set(accounts.map(({ externalId }) => externalId));
        const isOpen = keys.some(({ externalId }) => mayBeUnderWay(externalId) && !found.has(externalId));
        if (!isOpen || pause === null) return accounts;
        await world.sleep(pause);
      }
      return [];
    },
    holdBack(externalId, email) {
      if (!oddIds.has(externalId) && !oddAddresses.has(emailKey(email))) return;
      const detail = 'this person has an account that Moodle cannot show (invalidresponse): correct its values there';
      throw new RejectedError('by_hand', detail);
    },
  };
}
