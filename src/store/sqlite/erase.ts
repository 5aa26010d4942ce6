import type { Erased, Retention } from '../retention.js';
import type { Database } from './database.js';

type Kind = keyof Erased;
type Act = 'erase' | 'count';

const TABLES: Readonly<Record<Kind, string>> = {
  accounts: 'snapshot',
  attempts: 'journal',
  invitations: 'invitation',
  scheduled: 'schedule',
  failures: 'failure',
  skips: 'skip',
  runs: 'run',
};
const ABOUT_PEOPLE = ['accounts', 'attempts', 'invitations', 'scheduled', 'failures', 'skips'] as const;

/** What may go once it is older than an instant. */
const HISTORY = {
  // An attempt without a clear outcome is what keeps a change from being made twice: it is never too old.
  attempts: `at < @before AND outcome IS NOT NULL AND outcome <> 'uncertain'`,
  invitations: `state = 'cancelled' AND at < @before`,
  skips: 'at < @before',
  // The last read that was believed measures the next one, and a number must not be given out twice.
  runs: `started_at < @before AND number NOT IN
    (SELECT max(number) FROM run UNION SELECT coalesce(max(number), 0) FROM run WHERE complete = 1)`,
} as const;

const LEAVERS = `SELECT employee_id FROM snapshot WHERE state IN ('deactivated', 'deleted')
  AND NOT EXISTS (SELECT 1 FROM journal WHERE journal.employee_id = snapshot.employee_id
    AND (at >= @before OR settled_at >= @before OR outcome IS NULL OR outcome = 'uncertain'))`;

/** Every account that was ever this person's, as far as the state knows. */
const ACCOUNTS_OF = `SELECT account_id FROM snapshot WHERE employee_id = @id
  UNION SELECT account FROM journal WHERE employee_id = @id AND account IS NOT NULL`;

/** Takes people and old history out of the tables; what erases expects to run inside a transaction. */
export function eraser(database: Database) {
  const rows = (act: Act, kind: Kind, where: string, values: Readonly<Record<string, string>>): number => {
    const from = `FROM ${TABLES[kind]} WHERE ${where}`;
    if (act === 'erase') return database.prepare(`DELETE ${from}`).run(values).changes;
    return database.prepare<[typeof values], number>(`SELECT count(*) ${from}`).pluck().get(values) ?? 0;
  };
  const leaversBefore = (before: string): string[] =>
    database.prepare<[{ before: string }], string>(LEAVERS).pluck().all({ before });

  const person = (act: Act, employeeId: string): Erased => {
    if (act === 'erase') {
      database.prepare('UPDATE snapshot SET awaiting_manager = NULL WHERE awaiting_manager = ?').run(employeeId);
      database.prepare('DELETE FROM undone WHERE employee_id = ?').run(employeeId);
      database.prepare('DELETE FROM inbox WHERE employee_id = ?').run(employeeId);
      database.prepare('DELETE FROM left_out WHERE employee_id = ?').run(employeeId);
      database.prepare('DELETE FROM unit WHERE employee_id = ?').run(employeeId);
      database.prepare('DELETE FROM ending WHERE employee_id = ?').run(employeeId);
      database.prepare('DELETE FROM shown WHERE employee_id = ?').run(employeeId);
      database.prepare('DELETE FROM refused_person WHERE employee_id = ?').run(employeeId);
      database.prepare('DELETE FROM told_correction WHERE employee_id = ?').run(employeeId);
    }
    const accounts = database.prepare<[{ id: string }], string>(ACCOUNTS_OF).pluck().all({ id: employeeId });
    const counts = ABOUT_PEOPLE.map((kind) => [kind, rows(act, kind, 'employee_id = @employeeId', { employeeId })]);
    // Last, because a link that is taken out leaves its address behind.
    if (act === 'erase')
      for (const id of accounts) database.prepare('DELETE FROM former_address WHERE account_id = ?').run(id);
    return { ...NOTHING, ...Object.fromEntries(counts) };
  };

  return {
    forget: (employeeId: string): Erased => person('erase', employeeId),
    prune(act: Act, { before, leavers }: Retention): Erased {
      const people = leavers ? leaversBefore(before) : [];
      // An employee id alone, of somebody who is long gone from HR: no row that a report would count.
      if (act === 'erase') database.prepare('DELETE FROM shown WHERE gone_since < ?').run(before.slice(0, 10));
      const erased = people.map((id) => person(act, id));
      // A person who is erased completely is counted among the people.
      const others = leavers ? ` AND employee_id NOT IN (${LEAVERS})` : '';
      const history = {
        attempts: rows(act, 'attempts', HISTORY.attempts + others, { before }),
        invitations: rows(act, 'invitations', HISTORY.invitations + others, { before }),
        skips: rows(act, 'skips', HISTORY.skips + others, { before }),
        runs: rows(act, 'runs', HISTORY.runs, { before }),
      };
      if (act === 'erase')
        for (const table of ['refusal', 'refused_person'])
          database.prepare(`DELETE FROM ${table} WHERE run NOT IN (SELECT number FROM run)`).run();
      return [...erased, { ...NOTHING, ...history }].reduce(sum, NOTHING);
    },
  };
}

const NOTHING: Erased = { accounts: 0, attempts: 0, invitations: 0, scheduled: 0, failures: 0, skips: 0, runs: 0 };

function sum(one: Erased, other: Erased): Erased {
  return {
    accounts: one.accounts + other.accounts,
    attempts: one.attempts + other.attempts,
    invitations: one.invitations + other.invitations,
    scheduled: one.scheduled + other.scheduled,
    failures: one.failures + other.failures,
    skips: one.skips + other.skips,
    runs: one.runs + other.runs,
  };
}

/** Leaves nothing of what was deleted in the file or beside it: its pages are written anew, and the log is emptied. */
export function sweep(database: Database): void {
  if (database.memory) return;
  database.exec('VACUUM');
  database.pragma('wal_checkpoint(TRUNCATE)');
}
