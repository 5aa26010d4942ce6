import type { Paces } from '../../fleet.js';
import { type FleetDatabase, integer } from './database.js';

/** Each 429 makes the gaps longer, and a quiet while shorter again: as a pace of one process does. */
const SLOWER = 1.25;
const SLOWEST = 4;
const EASES_AFTER = "interval '5 minutes'";

/** Limits that all workers share, in PostgreSQL. A reservation that a crash forgets costs a moment and nothing else. */
export function createPaces(database: FleetDatabase): Paces {
  return {
    reserve: (rule, key, count, gap) =>
      database.transact(async (query) => {
        await query('SET LOCAL synchronous_commit = off');
        const [row] = await query(
          `INSERT INTO hrsync.pace AS p (rule, key, next_at) VALUES ($1, $2, clock_timestamp() + make_interval(secs => $3::float8 * $4::float8))
           ON CONFLICT (rule, key) DO UPDATE SET
             slowness = CASE WHEN p.slowness > 1 AND p.paused_until < clock_timestamp() - ${EASES_AFTER} THEN 1 ELSE p.slowness END,
             next_at = greatest(p.next_at, p.paused_until, clock_timestamp()) + make_interval(secs => $3::float8 * $4::float8 * p.slowness)
           RETURNING extract(epoch FROM next_at) * 1000 AS next_at, slowness, extract(epoch FROM clock_timestamp()) * 1000 AS now`,
          [rule, key, count, gap / 1_000],
        );
        const slowed = gap * (integer(row?.['slowness']) ?? 1);
        return {
          start: (integer(row?.['next_at']) ?? 0) - count * slowed,
          gap: slowed,
          now: integer(row?.['now']) ?? 0,
        };
      }),
    async holdBack(rule, key, milliseconds, slower) {
      await database.query(
        `INSERT INTO hrsync.pace AS p (rule, key, paused_until) VALUES ($1, $2, clock_timestamp() + make_interval(secs => $3))
         ON CONFLICT (rule, key) DO UPDATE SET
           slowness = CASE WHEN $4 AND coalesce(p.paused_until, '-infinity') <= clock_timestamp()
             THEN least(${SLOWEST}, p.slowness * ${SLOWER}) ELSE p.slowness END,
           paused_until = greatest(p.paused_until, clock_timestamp() + make_interval(secs => $3))`,
        [rule, key, milliseconds / 1_000, slower],
      );
    },
  };
}
