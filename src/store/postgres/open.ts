import type { DatabasePlace } from '../../core/state-place.js';
import type { Inbox } from '../inbox.js';
import type { Lock, LockHolder } from '../lock.js';
import type { OpenStore, Store } from '../store.js';
import { Connection } from './connection.js';
import { claim, holdToIdentity } from './identity.js';
import { createInbox } from './inbox.js';
import { Lease, readLease, type Taker } from './lease.js';
import { migrate, refuseVersion, schemaVersion } from './migrate.js';
import { createPostgresStore } from './postgres-store.js';
import { STEPS } from './schema.js';
import { Session } from './session.js';

/** How a store in a database is opened. */
type OpenDatabase = OpenStore & { readonly place: DatabasePlace };

/**
 * Takes the lease of a connector. In an empty database the tables are made first.
 *
 * @throws LockedError at once when another process holds it
 * @throws StateError when the database cannot be used
 */
export function acquireLease(place: DatabasePlace, taker?: Taker): Promise<Lease> {
  return connected(place, true, async (connection) => {
    await prepare(connection);
    return Lease.take(connection, taker);
  });
}

/**
 * Opens the state of a connector to write under its lease, or to read; null for reading where there are no tables yet.
 *
 * @throws StateError when it cannot be used, or belongs to another HR system or LMS
 */
export async function openStore(options: OpenDatabase): Promise<Store | null> {
  const { place, mode, lock } = options;
  const lease = mode === 'write' ? leaseIn(lock) : null;
  return connected(place, lease !== null, async (connection) => {
    const version = await schemaVersion(connection);
    if (version.version === 0 && lease === null) return null;
    refuseVersion(connection, version);
    // Also what waits for an answer of a database that is silent ends with the lease.
    lease?.lost.addEventListener('abort', () => connection.breakOff(lease.lost.reason as Error));
    const session = new Session(connection, lease);
    await (lease === null ? holdToIdentity(session, options) : claim(session, options));
    return createPostgresStore(session);
  });
}

/**
 * Opens the inbox of a connector on a connection of its own; runs may come and go meanwhile.
 *
 * @throws StateError as `openStore` does
 */
export function openInbox(options: Omit<OpenDatabase, 'mode'>): Promise<Inbox> {
  return connected(options.place, true, async (connection) => {
    await prepare(connection);
    await holdToIdentity(new Session(connection, null), options);
    return createInbox(connection);
  });
}

/** Who holds the lease of a connector now; null for nobody. */
export async function readLock(place: DatabasePlace): Promise<LockHolder | null> {
  return reading(place, async (connection) =>
    (await schemaVersion(connection)).version === 0 ? null : readLease(connection),
  );
}

/** Does some reading on a connection that ends with it. */
export async function reading<Result>(
  place: DatabasePlace,
  work: (connection: Connection) => Promise<Result>,
): Promise<Result> {
  const connection = await Connection.open(place, { writes: false });
  try {
    return await work(connection);
  } finally {
    await connection.close();
  }
}

/** Brings the tables of a database up to date; with `dryRun` it only looks. Gives the versions before and after. */
export async function migrateDatabase(place: DatabasePlace, { dryRun }: { readonly dryRun: boolean }) {
  const connection = await Connection.open(place, { writes: !dryRun });
  try {
    const before = dryRun ? (await schemaVersion(connection)).version : await migrate(connection);
    return { before, after: Math.max(before, STEPS.length) };
  } finally {
    await connection.close();
  }
}

async function prepare(connection: Connection): Promise<void> {
  const version = await schemaVersion(connection);
  if (version.version === 0) await migrate(connection);
  else refuseVersion(connection, version);
}

/** Opens a connection for some work, which keeps it open unless it fails or gives null. */
export async function connected<Result>(
  place: DatabasePlace,
  writes: boolean,
  work: (connection: Connection) => Promise<Result>,
): Promise<Result> {
  const connection = await Connection.open(place, { writes });
  try {
    const result = await work(connection);
    if (result === null) await connection.close();
    return result;
  } catch (error) {
    await connection.close();
    throw error;
  }
}

function leaseIn(lock: Lock | undefined): Lease {
  if (lock instanceof Lease) return lock;
  throw new Error('a state in a database is written under its lease');
}
