import { type DatabasePlace, shownPlace } from '../../core/state-place.js';
import { LockedError } from '../../errors.js';
import type { Lock } from '../lock.js';
import { Connection } from './connection.js';
import { statement } from './statement.js';

/** A lock of the session: the server drops it with the connection. The first number tells it from others' locks. */
const TRY = 'SELECT pg_try_advisory_lock(480711, hashtext($1)) AS taken';

/**
 * Takes the lock of a server that keeps a connector's schedule.
 *
 * @throws LockedError when another one holds it
 */
export async function acquireServerLock(place: DatabasePlace): Promise<Lock> {
  const connection = await Connection.open(place, { writes: true });
  const [row] = await connection.run(statement(TRY, place.connector));
  if (row?.['taken'] !== true) {
    await connection.close();
    throw new LockedError(`connector ${place.connector} in ${shownPlace(place)}`, null, 'hrsync serve');
  }
  return {
    mayWrite: () => !connection.lost.aborted,
    lost: connection.lost,
    release: () => connection.close(),
  };
}
