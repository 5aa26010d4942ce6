import type { KnownWorker, Workers } from '../../fleet.js';
import { type FleetDatabase, instantOf, integer } from './database.js';

/** A worker that has been silent for so long has lost its name, in seconds. */
const LOST = 30;

/** The workers of a fleet, in PostgreSQL. */
export function createWorkers({ query }: FleetDatabase): Workers {
  return {
    async register({ name, host, process, version, labels, slots }) {
      const rows = await query(
        `INSERT INTO hrsync.worker (name, host, process, version, labels, slots) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (name) DO UPDATE SET host = $2, process = $3, version = $4, labels = $5, slots = $6, running = 0,
           draining = false, started_at = now(), seen_at = now()
           WHERE worker.seen_at < now() - make_interval(secs => ${LOST}) OR (worker.host = $2 AND worker.process = $3)
         RETURNING name`,
        [name, host, process, version, JSON.stringify(labels), slots],
      );
      return rows.length > 0;
    },
    async beat(name, running, draining) {
      const [row] = await query(
        `UPDATE hrsync.worker w SET seen_at = clock_timestamp(), running = $2, draining = w.draining OR $3 WHERE name = $1
         RETURNING w.draining, (SELECT least_version FROM hrsync.fleet) AS least, clock_timestamp() AS now`,
        [name, running, draining],
      );
      return {
        // Somebody who takes a worker's row away means it to go.
        draining: row?.['draining'] !== false,
        leastVersion: integer(row?.['least']) ?? 0,
        now: instantOf(row?.['now']) ?? new Date(),
      };
    },
    async leave(name) {
      await query('DELETE FROM hrsync.worker WHERE name = $1', [name]);
    },
    async drain(name) {
      const rows = await query('UPDATE hrsync.worker SET draining = true WHERE name = $1 RETURNING name', [name]);
      return rows.length > 0;
    },
    async workers() {
      // Who has been silent for days will not come back.
      const rows = await query(
        `SELECT name, host, process, version, labels, slots, running, draining, seen_at FROM hrsync.worker
         WHERE seen_at > now() - interval '2 days' ORDER BY name`,
      );
      return rows.map(
        (row): KnownWorker => ({
          name: String(row['name']),
          host: String(row['host']),
          process: integer(row['process']) ?? 0,
          version: String(row['version']),
          labels: Array.isArray(row['labels']) ? row['labels'].map(String) : [],
          slots: integer(row['slots']) ?? 0,
          running: integer(row['running']) ?? 0,
          draining: row['draining'] === true,
          seenAt: instantOf(row['seen_at']) ?? new Date(0),
        }),
      );
    },
  };
}
