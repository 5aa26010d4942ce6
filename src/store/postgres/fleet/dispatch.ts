import type { Owed } from '../../../core/owed.js';
import type { Candidate, ClaimView, Dispatch, DueConnector } from '../../fleet.js';
import {
  type FleetDatabase,
  type FleetQuery,
  type FleetRow,
  instantOf,
  integer,
  objectOf,
  textOf,
} from './database.js';
import { timesOf } from './registry.js';

/** How long a claim keeps other workers away, in seconds: loading a config takes less. The lease is what counts. */
const CLAIMED = 60;
/** Connectors looked at in one claim. */
const LOOKED_AT = 500;
/** Connectors ticked at a time: reckoning with cron expressions holds up everything else in the process. */
const TICKED = 200;

/** A connector that owes something, is not held back, and has no lease. */
const READY = `c.owed_since IS NOT NULL AND NOT c.paused AND NOT c.retired AND c.config_version IS NOT NULL`;
const FREE = `coalesce(c.retry_at, '-infinity') <= clock_timestamp() AND coalesce(c.claimed_until, '-infinity') <= clock_timestamp()
  AND (l.token IS NULL OR l.until + greatest(l.grace, make_interval(secs => $1::float8)) < clock_timestamp())`;

/** Who does what next, in PostgreSQL. */
export function createDispatch(database: FleetDatabase, { grace }: { readonly grace: number }): Dispatch {
  const { query } = database;
  return {
    async now() {
      return nowOf(await query('SELECT clock_timestamp() AS now'));
    },
    tick: (work) =>
      database.transact(async (within) => {
        if (!(await isFirst(within, 'hrsync fleet tick'))) return false;
        const rows = await within(
          `SELECT name, timezone, timetable, next_due_at, clock_timestamp() AS now FROM hrsync.connector
           WHERE NOT retired AND next_due_at <= clock_timestamp() ORDER BY next_due_at FOR NO KEY UPDATE SKIP LOCKED LIMIT ${TICKED}`,
        );
        const ticked = rows.length === 0 ? [] : work(rows.map(due), nowOf(rows));
        await within(
          `UPDATE hrsync.connector c SET owed = d.owed || c.owed, next_due_at = d.next_due_at,
             owed_since = least(c.owed_since, hrsync.oldest_of(d.owed))
           FROM jsonb_to_recordset($1::jsonb) AS d (name text, owed jsonb, next_due_at timestamptz) WHERE c.name = d.name`,
          [JSON.stringify(ticked.map(({ name, owed, nextDueAt }) => ({ name, owed, next_due_at: nextDueAt })))],
        );
        return rows.length === TICKED;
      }),
    async claim(worker, choose) {
      const [owing] = await query(`SELECT 1 FROM hrsync.connector c WHERE ${READY} LIMIT 1`);
      if (owing === undefined) return [];
      return database.transact(async (within) => {
        // One claim at a time, so that two workers together never take more of a tenant than it may have.
        await within(`SELECT pg_advisory_xact_lock(hashtext('hrsync fleet claim'))`);
        const chosen = choose(await viewOf(within, grace));
        await within(
          `UPDATE hrsync.connector SET claimed_by = $1, claimed_until = clock_timestamp() + make_interval(secs => $3)
           WHERE name = ANY($2)`,
          [worker, chosen.map(({ candidate }) => candidate.name), CLAIMED],
        );
        return chosen;
      });
    },
    async settle(worker, { name, owed, ending, retryIn = null }) {
      const done = ending === 'fulfilled' || (ending === 'failed' && retryIn === null) ? owed : {};
      await query(
        `UPDATE hrsync.connector SET claimed_by = NULL, claimed_until = NULL, owed = hrsync.owed_without(owed, $3::jsonb),
           owed_since = hrsync.oldest_of(hrsync.owed_without(owed, $3::jsonb)),
           attempts = CASE WHEN $4 = 'failed' AND $5::double precision IS NOT NULL THEN attempts + 1
             WHEN $4 = 'put back' THEN attempts ELSE 0 END,
           retry_at = CASE WHEN $4 = 'failed' THEN clock_timestamp() + make_interval(secs => $5) END
         WHERE name = $2 AND (claimed_by = $1 OR claimed_by IS NULL)`,
        [worker, name, JSON.stringify(done), ending, retryIn === null ? null : retryIn / 1_000],
      );
    },
    async ask(name) {
      await query(
        `UPDATE hrsync.connector SET owed = owed || jsonb_build_object('manual', $2::text),
           owed_since = coalesce(owed_since, clock_timestamp()), retry_at = NULL WHERE name = $1`,
        [name, new Date().toISOString()],
      );
    },
    async isAsked(name) {
      const [row] = await query(`SELECT owed ? 'manual' AS asked FROM hrsync.connector WHERE name = $1`, [name]);
      return row?.['asked'] === true;
    },
    async owesAnything() {
      const [row] = await query(
        `SELECT 1 FROM hrsync.connector c WHERE ${READY} AND coalesce(c.retry_at, '-infinity') <= clock_timestamp() LIMIT 1`,
      );
      return row !== undefined;
    },
    async failuresSince(seconds) {
      const rows = await query(
        `SELECT DISTINCT r.connector, c.source_type, c.target_type, r.error FROM hrsync.run r JOIN hrsync.connector c ON c.name = r.connector
         WHERE r.error IS NOT NULL AND r.exit_code IN (1, 4, 6, 8) AND r.error NOT IN ('StateError', 'LeaseLostError')
           AND r.finished_at > $1
           AND NOT EXISTS (SELECT FROM hrsync.run later WHERE later.connector = r.connector AND later.number > r.number
             AND later.error IS NULL AND later.finished_at IS NOT NULL)`,
        [new Date(Date.now() - seconds * 1_000).toISOString()],
      );
      return rows.map((row) => ({
        connector: String(row['connector']),
        source: textOf(row['source_type']) ?? '',
        target: textOf(row['target_type']) ?? '',
        error: String(row['error']),
      }));
    },
    async mayProbe(vendor, seconds) {
      const rows = await query(
        `INSERT INTO hrsync.breaker (vendor, next_attempt_at) VALUES ($1, clock_timestamp() + make_interval(secs => $2))
         ON CONFLICT (vendor) DO UPDATE SET next_attempt_at = clock_timestamp() + make_interval(secs => $2)
           WHERE breaker.next_attempt_at <= clock_timestamp() RETURNING vendor`,
        [vendor, seconds],
      );
      return rows.length > 0;
    },
    async recordBroken(name, { command, startedAt, finishedAt, exitCode, error, worker, version }) {
      await query(
        `WITH next AS (
           INSERT INTO hrsync.counter (connector, next_run) VALUES ($1, 2)
           ON CONFLICT (connector) DO UPDATE SET next_run = counter.next_run + 1 RETURNING next_run - 1 AS number)
         INSERT INTO hrsync.run (connector, number, command, started_at, finished_at, exit_code, error, worker, config_version)
         SELECT $1, number, $2, $3, $4, $5, $6, $7, $8 FROM next`,
        [name, command, startedAt, finishedAt, exitCode, error, worker, version],
      );
    },
  };
}

async function isFirst(query: FleetQuery, lock: string): Promise<boolean> {
  const [row] = await query('SELECT pg_try_advisory_xact_lock(hashtext($1)) AS first', [lock]);
  return row?.['first'] === true;
}

async function viewOf(query: FleetQuery, grace: number): Promise<ClaimView> {
  const rows = await query(
    `SELECT o.*, r.employees, e.number IS NULL AS is_new, clock_timestamp() AS now FROM (
       SELECT c.name, c.tenant, c.owed, c.owed_since, c.source_type, c.target_type, c.config_version, c.attempts
       FROM hrsync.connector c LEFT JOIN hrsync.lease l ON l.connector = c.name WHERE ${READY} AND ${FREE}
       ORDER BY (c.owed ? 'manual') DESC, (c.owed ? 'events') DESC, c.owed_since LIMIT ${LOOKED_AT}) o
     LEFT JOIN LATERAL (SELECT employees FROM hrsync.run WHERE connector = o.name AND complete ORDER BY number DESC LIMIT 1) r ON true
     LEFT JOIN LATERAL (SELECT number FROM hrsync.run WHERE connector = o.name AND finished_at IS NOT NULL
       ORDER BY number DESC LIMIT 1) e ON true`,
    [grace / 1_000],
  );
  const running = await query(
    `SELECT c.tenant, count(*)::integer AS count FROM hrsync.connector c LEFT JOIN hrsync.lease l ON l.connector = c.name
     WHERE c.claimed_until > clock_timestamp() OR (l.token IS NOT NULL AND l.until > clock_timestamp()) GROUP BY c.tenant`,
  );
  return {
    now: rows.length === 0 ? new Date() : nowOf(rows),
    candidates: rows.map(candidate),
    running: new Map(running.map((row) => [String(row['tenant']), integer(row['count']) ?? 0])),
  };
}

function candidate(row: FleetRow): Candidate {
  return {
    name: String(row['name']),
    tenant: textOf(row['tenant']) ?? String(row['name']),
    owed: objectOf(row['owed']) as Owed,
    owedSince: instantOf(row['owed_since']),
    isNew: row['is_new'] === true,
    employees: integer(row['employees']),
    source: textOf(row['source_type']) ?? '',
    target: textOf(row['target_type']) ?? '',
    version: integer(row['config_version']) ?? 0,
    attempts: integer(row['attempts']) ?? 0,
  };
}

function due(row: FleetRow): DueConnector {
  return {
    name: String(row['name']),
    timezone: textOf(row['timezone']) ?? 'UTC',
    schedule: timesOf(row['timetable']),
    nextDueAt: instantOf(row['next_due_at']) ?? new Date(0),
  };
}

function nowOf([row]: readonly FleetRow[]): Date {
  return instantOf(row?.['now']) ?? new Date();
}
