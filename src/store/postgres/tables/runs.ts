import type { ChangeKind } from '../../../core/change.js';
import type { FinishedRun, Run, Runs } from '../../runs.js';
import type { Session } from '../session.js';
import { asJson, type Row, type Statement, statement } from '../statement.js';

interface RunRow extends Omit<Run, 'counts' | 'whole'>, Row {
  readonly whole: boolean | null;
  readonly counts: string;
}

const COLUMNS = `number, command, started_at AS "startedAt", config, finished_at AS "finishedAt", exit_code AS "exitCode", employees,
  in_scope AS "inScope", complete, whole, counts, error, untold`;

// An account that had an address or an external id and got another; a journal line lists a field only where it moved.
const before = (field: string) => `json_typeof(${asJson('j.fields')}::json -> '${field}' -> 'before') = 'string'`;
const MOVES = `coalesce(j.kind <> 'create' AND (${before('email')} OR (j.kind = 'update' AND ${before('external_id')})), false)`;
// Changes of runs between nights, and of others that did not read everybody.
const PARTIAL = `r.connector = $1 AND (r.complete IS NOT TRUE OR r.command IN ('sync', 'webhook')) AND r.started_at >= $2
  AND j.outcome = 'done'`;
const JOINED = 'run r JOIN journal j ON j.connector = r.connector AND j.run = r.number';

const START = `WITH given AS (UPDATE counter SET next_run = next_run + 1 WHERE connector = $1 RETURNING next_run - 1 AS number)
  INSERT INTO run (connector, number, command, started_at, config, worker, config_version)
  SELECT $1, given.number, $2, $3, $4, $5, (SELECT config_version FROM connector WHERE name = $1) FROM given RETURNING number`;
const HOLD = `UPDATE lease SET run = (SELECT next_run - 1 FROM counter WHERE connector = $1) WHERE connector = $1`;
const FINISH = `UPDATE run SET finished_at = $3, exit_code = $4, employees = $5, in_scope = $6, complete = $7, whole = $8,
  counts = $9, error = $10 WHERE connector = $1 AND number = $2`;
const PLAN = `UPDATE run SET employees = $3, in_scope = $4, counts = $5
  WHERE connector = $1 AND number = $2 AND finished_at IS NULL`;
const UNTOLD = 'UPDATE run SET untold = $3 WHERE connector = $1 AND number = $2';
const NEWEST = `SELECT ${COLUMNS} FROM run WHERE connector = $1 ORDER BY connector DESC, number DESC LIMIT $2`;
const LAST_COMPLETE = `SELECT ${COLUMNS} FROM run WHERE connector = $1 AND complete ORDER BY connector DESC, number DESC LIMIT 1`;
const COUNTED = `SELECT j.kind, j.invites, ${MOVES} AS moves, count(*) AS count FROM ${JOINED}
  WHERE ${PARTIAL} GROUP BY 1, 2, 3`;
const ENDED = `SELECT u.unit, count(DISTINCT j.employee_id) AS count
  FROM ${JOINED} JOIN unit u ON u.connector = r.connector AND u.employee_id = j.employee_id
  WHERE ${PARTIAL} AND j.kind IN ('deactivate', 'delete') GROUP BY u.unit`;
// The newest run that began after a gap; the first of all begins after one.
const WATCHED = `WITH past AS (
    SELECT started_at AS at, lag(started_at) OVER (ORDER BY number) AS before FROM run
      WHERE connector = $1 AND started_at <= $2
    UNION ALL SELECT $2, (SELECT started_at FROM run WHERE connector = $1 AND started_at <= $2 ORDER BY number DESC LIMIT 1))
  SELECT max(at) AS at FROM past WHERE before IS NULL
    OR extract(epoch FROM at::timestamptz - before::timestamptz) > $3::double precision * 86400`;
const NEXT = 'SELECT next_run AS number FROM counter WHERE connector = $1';

type PlannedRun = Pick<Run, 'number' | 'employees' | 'inScope' | 'counts'>;

/** The table of runs. */
export function runTable(session: Session): Omit<
  Runs,
  'startRun' | 'recordPlan' | 'finishRun' | 'noteUntold' | 'refusalOf'
> & {
  start(run: Parameters<Runs['startRun']>[0]): Promise<number>;
  recordPlan(run: PlannedRun): Statement;
  finish(run: FinishedRun): Statement;
  noteUntold(run: number, sentence: string): Statement;
} {
  const { connector } = session;
  return {
    nextRunNumber: async () => (await session.first<{ number: number }>(statement(NEXT, connector)))?.number ?? 1,
    async start({ command, startedAt, config = null }) {
      const begun = [
        statement(START, connector, command, startedAt, config, session.worker),
        statement(HOLD, connector),
      ];
      const [[row] = []] = await session.write(begun);
      if (row === undefined) throw new Error(`the database has no counter of ${connector}`);
      return Number(row['number']);
    },
    finish: ({ number, finishedAt, exitCode, employees, inScope, complete, whole, counts, error }) =>
      statement(
        FINISH,
        ...[connector, number, finishedAt, exitCode, employees, inScope, complete],
        ...[whole ?? false, JSON.stringify(counts), error],
      ),
    noteUntold: (run, sentence) => statement(UNTOLD, connector, run, sentence),
    recordPlan: ({ number, employees, inScope, counts }) =>
      statement(PLAN, connector, number, employees, inScope, JSON.stringify(counts)),
    watchedSince: async (now, days) =>
      (await session.first<{ at: string | null }>(statement(WATCHED, connector, now, days)))?.at ?? now,
    runs: async (count) => (await session.read<RunRow>(statement(NEWEST, connector, count))).map(run),
    async countPartial(since) {
      const counts: Partial<Record<ChangeKind | 'email', number>> = {};
      const add = (kind: ChangeKind | 'email', count: number) => {
        counts[kind] = (counts[kind] ?? 0) + count;
      };
      interface Counted extends Row {
        readonly kind: ChangeKind;
        readonly invites: boolean;
        readonly moves: boolean;
        readonly count: number;
      }
      for (const { kind, invites, moves, count } of await session.read<Counted>(statement(COUNTED, connector, since))) {
        add(kind, count);
        if (invites && kind !== 'invite') add('invite', count);
        if (moves) add('email', count);
      }
      return counts;
    },
    async countPartialByUnit(since) {
      const rows = await session.read<{ unit: string; count: number }>(statement(ENDED, connector, since));
      return new Map(rows.map(({ unit, count }) => [unit, count]));
    },
    async lastCompleteRun() {
      const row = await session.first<RunRow>(statement(LAST_COMPLETE, connector));
      return row === null ? null : run(row);
    },
  };
}

function run({ whole, counts, ...rest }: RunRow): Run {
  return { ...rest, whole: whole === true, counts: JSON.parse(counts) as Run['counts'] } as Run;
}
