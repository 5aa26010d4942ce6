import type { DoorBook } from '../../fleet.js';
import { type FleetDatabase, integer } from './database.js';

/** What doors write, in PostgreSQL. */
export function createDoorBook(database: FleetDatabase): DoorBook {
  return {
    takeIn: (name, events) =>
      database.transact(async (query) => {
        await query(`SELECT set_config('hrsync.connector', $1, true)`, [name]);
        const kept = await query(
          `INSERT INTO hrsync.inbox (connector, event_key, kind, employee_id, received_at)
           SELECT $1, e.key, e.kind, e."employeeId", e."receivedAt"
           FROM jsonb_to_recordset($2::jsonb) AS e (key text, kind text, "employeeId" text, "receivedAt" text)
           ON CONFLICT (connector, event_key) DO NOTHING RETURNING id`,
          [name, JSON.stringify(events)],
        );
        if (kept.length === 0) return false;
        // Always a new instant: a run that has taken the one before may have read the inbox already.
        await query(
          `UPDATE hrsync.connector SET owed = owed || jsonb_build_object('events', $2::text),
             owed_since = coalesce(owed_since, clock_timestamp()) WHERE name = $1`,
          [name, new Date().toISOString()],
        );
        return true;
      }),
    countWaiting: (name) =>
      database.transact(async (query) => {
        await query(`SELECT set_config('hrsync.connector', $1, true)`, [name]);
        const [row] = await query(
          'SELECT count(*)::integer AS count FROM hrsync.inbox WHERE connector = $1 AND NOT done',
          [name],
        );
        return integer(row?.['count']) ?? 0;
      }),
  };
}
