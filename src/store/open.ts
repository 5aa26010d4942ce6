// The one door to what states are kept in: only this file and `move.ts` know that it is SQLite or PostgreSQL. The part for
// PostgreSQL is loaded when a state needs it.
import { type DatabasePlace, type StatePlace, shownPlace } from '../core/state-place.js';
import { LockedError } from '../errors.js';
import type { Inbox } from './inbox.js';
import type { Lock, LockHolder } from './lock.js';
import { rehearsalOf } from './move.js';
import { acquireLock as lockFile } from './sqlite/lock.js';
import * as sqlite from './sqlite/open.js';
import * as fileKey from './sqlite/plan-key.js';
import { readLock as readFileLock } from './sqlite/read-lock.js';
import type { OpenStore, Store } from './store.js';

export { exportState, importState, type Moved } from './move.js';
export { openSpool } from './sqlite/spool.js';

/**
 * Takes the right to write for a connector.
 *
 * @throws LockedError when another run holds it, in this process or another
 * @throws StateError when the state cannot be used
 */
export async function acquireLock(place: StatePlace, now: () => Date, worker?: string): Promise<Lock> {
  if (place.kind === 'file') return lockFile(place.file, now);
  const { acquireLease } = await import('./postgres/open.js');
  return acquireLease(place, { worker: worker ?? null });
}

/**
 * Takes the right to keep a connector's schedule: two servers on one state would do everything twice.
 *
 * @throws LockedError when another server holds it
 */
export async function acquireServerLock(place: StatePlace, now: () => Date): Promise<Lock> {
  if (place.kind === 'database') {
    const { acquireServerLock: lock } = await import('./postgres/server-lock.js');
    return lock(place);
  }
  try {
    return lockFile(`${place.file}.serve`, now);
  } catch (error) {
    throw error instanceof LockedError ? new LockedError(error.file, error.holder, 'hrsync serve') : error;
  }
}

/** Who holds the right to write for a connector now; null for nobody. Takes nothing and writes nothing. */
export async function readLock(place: StatePlace): Promise<LockHolder | null> {
  if (place.kind === 'file') return readFileLock(place.file);
  return (await import('./postgres/open.js')).readLock(place);
}

/**
 * Opens the state of a connector.
 *
 * @throws StateError when it cannot be used, belongs to another connector, or is of a newer hrsync
 */
export async function openStore({ place, ...options }: OpenStore): Promise<Store> {
  if (place.kind === 'file') return sqlite.openStore({ ...options, file: place.file });
  const postgres = await import('./postgres/open.js');
  const nothing = () => sqlite.openNothing(shownPlace(place));
  if (options.mode === 'rehearse') return rehearsalOf({ ...options, place });
  return (await postgres.openStore({ ...options, place })) ?? nothing();
}

/**
 * Opens the inbox of a connector's state on a connection of its own; runs may come and go meanwhile.
 *
 * @throws StateError as `openStore` does
 */
export async function openInbox({ place, ...options }: Omit<OpenStore, 'mode'>): Promise<Inbox> {
  if (place.kind === 'file') return sqlite.openInbox({ ...options, file: place.file });
  return (await import('./postgres/open.js')).openInbox({ ...options, place });
}

/** The key that seals saved plans, kept in the state; null where there is none yet. */
export async function readPlanKey(place: StatePlace): Promise<string | null> {
  if (place.kind === 'file') return fileKey.readPlanKey(place.file);
  return (await import('./postgres/plan-key.js')).readPlanKey(place);
}

/**
 * The same; where there is none yet, one is made, and with it the state of a connector that never ran.
 *
 * @throws LockedError when it has to be made and another run holds the lock
 */
export async function ensurePlanKey({ place, ...options }: Omit<OpenStore, 'mode'>): Promise<string> {
  if (place.kind === 'file') return fileKey.ensurePlanKey({ ...options, file: place.file });
  return (await import('./postgres/plan-key.js')).ensurePlanKey(place, options);
}

/** Brings the tables of a database up to date; with `dryRun` it only looks. Gives their versions before and after. */
export async function migrateDatabase(
  place: DatabasePlace,
  options: { readonly dryRun: boolean },
): Promise<{ readonly before: number; readonly after: number }> {
  return (await import('./postgres/open.js')).migrateDatabase(place, options);
}
