import { randomUUID } from 'node:crypto';
import type { DatabasePlace, LeaseTimes } from '../../../src/core/state-place.js';
import type { Lock } from '../../../src/store/lock.js';
import { acquireLock, openStore } from '../../../src/store/open.js';
import type { OpenStore } from '../../../src/store/store.js';
import type { TestDatabase } from '../../support/postgres.js';
import { AT } from './made-up.js';
import { IDENTITY } from './sqlite-place.js';
import type { Place } from './store-contract.js';

/** A connector of its own in a database. */
export interface PostgresPlace extends Place {
  readonly place: DatabasePlace;
  /** How its state is opened. */
  readonly options: Omit<OpenStore, 'mode'>;
  /** The lease that everything is written under; taken by the first who writes. */
  lease(): Promise<Lock>;
}

const LONG: LeaseTimes = { lasts: 30_000, grace: 45_000 };

export function placeIn({ url }: Pick<TestDatabase, 'url'>, lease = LONG, connector = randomUUID()): DatabasePlace {
  return { kind: 'database', url, connector, lease };
}

export function makePostgresPlace(database: Pick<TestDatabase, 'url'>, lease = LONG): PostgresPlace {
  const place = placeIn(database, lease);
  const options = { place, identity: { ...IDENTITY, name: place.connector }, now: () => new Date(AT) };
  let taken: Promise<Lock> | null = null;
  const lock = () => {
    taken ??= acquireLock(place, () => new Date());
    return taken;
  };
  return {
    place,
    options,
    lease: lock,
    open: async (mode = 'write') => openStore({ ...options, mode, ...(mode === 'write' && { lock: await lock() }) }),
    clear: async () => (await taken)?.release(),
  };
}
