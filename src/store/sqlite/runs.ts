import type { ChangeKind } from '../../core/change.js';
import type { Runs } from '../runs.js';
import type { FinishedRun, Run } from '../store.js';
import type { Database } from './database.js';

interface RunRow extends Omit<Run, 'complete' | 'whole' | 'counts'> {
  readonly complete: number | null;
  readonly whole: number | null;
  readonly counts: string;
}

const COLUMNS = `number, command, started_at AS startedAt, config, finished_at AS finishedAt, exit_code AS exitCode, employees,
  in_scope AS inScope, complete, whole, counts, error, untold`;

// An account that had an address or an external id and got another; a journal line lists a field only where it moved.
const MOVES = `coalesce(json_type(journal.fields, '$.email.before') = 'text'
  OR (kind = 'update' AND json_type(journal.fields, '$.external_id.before') = 'text'), 0)`;

// Changes of runs between nights, and of others that did not read everybody.
const PARTIAL = `(run.complete IS NOT 1 OR run.command IN ('sync', 'webhook')) AND run.started_at >= ? AND journal.outcome = 'done'`;

/** The table of runs; what writes expects to run inside a transaction. */
export function runTable(database: Database) {
  const insert = database.prepare<[string, string, string | null]>(
    'INSERT INTO run (command, started_at, config) VALUES (?, ?, ?)',
  );
  const finish = database.prepare(
    `UPDATE run SET finished_at = @finishedAt, exit_code = @exitCode, employees = @employees, in_scope = @inScope,
       complete = @complete, whole = @whole, counts = @counts, error = @error WHERE number = @number`,
  );
  const plan = database.prepare(
    `UPDATE run SET employees = @employees, in_scope = @inScope, counts = @counts
     WHERE number = @number AND finished_at IS NULL`,
  );
  const untold = database.prepare<[string, number]>('UPDATE run SET untold = ? WHERE number = ?');
  const newest = database.prepare<[number], RunRow>(`SELECT ${COLUMNS} FROM run ORDER BY number DESC LIMIT ?`);
  const lastComplete = database.prepare<[], RunRow>(
    `SELECT ${COLUMNS} FROM run WHERE complete = 1 ORDER BY number DESC LIMIT 1`,
  );
  const partial = database.prepare<[string], { kind: ChangeKind; invites: number; moves: number; count: number }>(
    `SELECT kind, invites, kind <> 'create' AND ${MOVES} AS moves, count(*) AS count FROM run JOIN journal ON journal.run = run.number
     WHERE ${PARTIAL} GROUP BY kind, invites, moves`,
  );
  const endedByUnit = database.prepare<[string], { unit: string; count: number }>(
    `SELECT unit, count(DISTINCT journal.employee_id) AS count
     FROM run JOIN journal ON journal.run = run.number JOIN unit ON unit.employee_id = journal.employee_id
     WHERE ${PARTIAL} AND kind IN ('deactivate', 'delete') GROUP BY unit`,
  );
  // The newest run that began after a gap; the first of all begins after one.
  const watched = database
    .prepare<[{ now: string; days: number }], string>(
      `WITH past AS (
         SELECT started_at AS at, lag(started_at) OVER (ORDER BY number) AS before FROM run WHERE started_at <= @now
         UNION ALL SELECT @now, (SELECT started_at FROM run WHERE started_at <= @now ORDER BY number DESC LIMIT 1))
       SELECT max(at) FROM past WHERE before IS NULL OR julianday(at) - julianday(before) > @days`,
    )
    .pluck();
  const last = database.prepare<[], number>('SELECT coalesce(max(number), 0) FROM run').pluck();

  return {
    next: (): number => (last.get() ?? 0) + 1,
    start: ({ command, startedAt, config = null }: Parameters<Runs['startRun']>[0]): number =>
      Number(insert.run(command, startedAt, config).lastInsertRowid),
    finish: ({ complete, whole, counts, refusal: _, ...rest }: FinishedRun): void => {
      const isComplete = complete === null ? null : Number(complete);
      finish.run({ ...rest, complete: isComplete, whole: Number(whole ?? false), counts: JSON.stringify(counts) });
    },
    noteUntold: (number: number, sentence: string): void => void untold.run(sentence, number),
    recordPlan: ({ counts, ...rest }: Pick<Run, 'number' | 'employees' | 'inScope' | 'counts'>): void =>
      void plan.run({ ...rest, counts: JSON.stringify(counts) }),
    watchedSince: (now: string, days: number): string => watched.get({ now, days }) ?? now,
    newest: (count: number): Run[] => newest.all(count).map(run),
    countPartial(since: string): Partial<Record<ChangeKind | 'email', number>> {
      const counts: Partial<Record<ChangeKind | 'email', number>> = {};
      const add = (kind: ChangeKind | 'email', count: number) => {
        counts[kind] = (counts[kind] ?? 0) + count;
      };
      for (const { kind, invites, moves, count } of partial.all(since)) {
        add(kind, count);
        if (invites === 1 && kind !== 'invite') add('invite', count);
        if (moves === 1) add('email', count);
      }
      return counts;
    },
    countPartialByUnit: (since: string): ReadonlyMap<string, number> =>
      new Map(endedByUnit.all(since).map(({ unit, count }) => [unit, count])),
    lastComplete: (): Run | null => {
      const row = lastComplete.get();
      return row === undefined ? null : run(row);
    },
  };
}

function run({ complete, whole, counts, ...rest }: RunRow): Run {
  const isComplete = complete === null ? null : complete === 1;
  return { ...rest, complete: isComplete, whole: whole === 1, counts: JSON.parse(counts) as Run['counts'] };
}
