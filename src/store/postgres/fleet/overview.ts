import type { Owed } from '../../../core/owed.js';
import type { FleetRun, Overview, OverviewConnector, OverviewRun } from '../../fleet.js';
import { type FleetDatabase, type FleetRow, instantOf, integer, objectOf, textOf } from './database.js';

const GOOD = 'exit_code IN (0, 4, 10)';

/** The fleet as a whole, in PostgreSQL. */
export function createOverview({ query }: FleetDatabase): Overview {
  return {
    async overview() {
      const rows = await query(
        `SELECT c.name, c.tenant, c.source_type, c.target_type, c.paused, c.owed, c.owed_since, c.next_due_at,
           l.token IS NOT NULL AND l.until > clock_timestamp() AS is_running, l.worker AS runs_on,
           last.*, ended.exit_code AS last_exit_code, good.started_at AS last_good_at
         FROM hrsync.connector c LEFT JOIN hrsync.lease l ON l.connector = c.name
         LEFT JOIN LATERAL (SELECT number, command, started_at, finished_at, exit_code, worker FROM hrsync.run
           WHERE connector = c.name ORDER BY number DESC LIMIT 1) last ON true
         LEFT JOIN LATERAL (SELECT exit_code FROM hrsync.run WHERE connector = c.name AND finished_at IS NOT NULL
           ORDER BY number DESC LIMIT 1) ended ON true
         LEFT JOIN LATERAL (SELECT started_at FROM hrsync.run WHERE connector = c.name AND ${GOOD}
           ORDER BY number DESC LIMIT 1) good ON true
         WHERE NOT c.retired ORDER BY c.name`,
      );
      const [clock] = await query('SELECT clock_timestamp() AS now');
      return { now: instantOf(clock?.['now']) ?? new Date(), connectors: rows.map(connector) };
    },
    async lastEnded(name) {
      const [row] = await query(
        `SELECT number, command, started_at, finished_at, exit_code, worker FROM hrsync.run
         WHERE connector = $1 AND finished_at IS NOT NULL ORDER BY number DESC LIMIT 1`,
        [name],
      );
      return row === undefined ? null : run(row);
    },
    async fleetRuns(count, failing) {
      const rows = await query(
        `SELECT connector, number, command, started_at, finished_at, exit_code, worker, error FROM hrsync.run
         ${failing ? `WHERE exit_code IS NOT NULL AND NOT (${GOOD})` : ''} ORDER BY started_at DESC, connector LIMIT $1`,
        [count],
      );
      return rows.map(
        (row): FleetRun => ({ ...run(row), connector: String(row['connector']), error: textOf(row['error']) }),
      );
    },
  };
}

function connector(row: FleetRow): OverviewConnector {
  return {
    name: String(row['name']),
    tenant: textOf(row['tenant']) ?? String(row['name']),
    source: textOf(row['source_type']) ?? '',
    target: textOf(row['target_type']) ?? '',
    paused: row['paused'] === true,
    owed: objectOf(row['owed']) as Owed,
    owedSince: instantOf(row['owed_since']),
    nextDueAt: instantOf(row['next_due_at']),
    isRunning: row['is_running'] === true,
    runsOn: row['is_running'] === true ? textOf(row['runs_on']) : null,
    lastRun: row['number'] === null ? null : run(row),
    lastExitCode: integer(row['last_exit_code']),
    lastGoodAt: instantOf(row['last_good_at']),
  };
}

function run(row: FleetRow): OverviewRun {
  return {
    number: integer(row['number']) ?? 0,
    command: String(row['command']),
    startedAt: String(row['started_at']),
    finishedAt: textOf(row['finished_at']),
    exitCode: integer(row['exit_code']),
    worker: textOf(row['worker']),
  };
}
