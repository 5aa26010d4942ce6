import { randomBytes } from 'node:crypto';
import type { DatabasePlace } from '../../core/state-place.js';
import type { OpenStore } from '../store.js';
import type { Connection } from './connection.js';
import { claim } from './identity.js';
import { schemaVersion } from './migrate.js';
import { acquireLease, connected, reading } from './open.js';
import { Session } from './session.js';
import { statement } from './statement.js';

const GET = `SELECT value FROM meta WHERE connector = $1 AND key = 'plan_key'`;
const SET = `INSERT INTO meta (connector, key, value) VALUES ($1, 'plan_key', $2) ON CONFLICT (connector, key) DO NOTHING`;

/** The key that seals saved plans, kept in the state; null where there is none yet. */
export function readPlanKey(place: DatabasePlace): Promise<string | null> {
  return reading(place, async (connection) =>
    (await schemaVersion(connection)).version === 0 ? null : keyIn(connection),
  );
}

/**
 * The same; where there is none yet, one is made, and with it the state of a connector that never ran.
 *
 * @throws LockedError when it has to be made and another process holds the lease
 */
export async function ensurePlanKey(place: DatabasePlace, options: Pick<OpenStore, 'identity'>): Promise<string> {
  const known = await readPlanKey(place);
  if (known !== null) return known;
  const lease = await acquireLease(place);
  try {
    return await connected(place, true, async (connection) => {
      const session = new Session(connection, lease);
      await claim(session, { ...options, place });
      await session.write([statement(SET, place.connector, randomBytes(32).toString('base64url'))]);
      const key = await keyIn(connection);
      await connection.close();
      if (key === null) throw new Error('the key of plans is not there although it was just written');
      return key;
    });
  } finally {
    await lease.release();
  }
}

async function keyIn(connection: Connection): Promise<string | null> {
  const [row] = await connection.run(statement(GET, connection.place.connector));
  return row === undefined ? null : String(row['value']);
}
