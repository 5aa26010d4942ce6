import type { ClosedAccount } from '../journal.js';
import type { Intent, JournalEntry, Settlement } from '../store.js';
import type { Database } from './database.js';

interface JournalRow extends Omit<JournalEntry, 'employee' | 'fields' | 'invites'> {
  readonly employeeId: string;
  readonly employeeEmail: string | null;
  readonly employeeName: string | null;
  readonly fields: string;
  readonly invites: number;
}

const COLUMNS = `id, run, kind, employee_id AS employeeId, employee_email AS employeeEmail,
  employee_name AS employeeName, account, invites, fields, because, start_date AS startDate, hire, at, outcome, error,
  settled_at AS settledAt`;

const BATCH = 500;

/** The journal table; what writes expects to run inside a transaction. */
export function journalTable(database: Database) {
  const insert = database.prepare(
    `INSERT INTO journal (run, kind, employee_id, employee_email, employee_name, account, invites, fields, because,
       start_date, hire, at)
     VALUES (@run, @kind, @employeeId, @employeeEmail, @employeeName, @account, @invites, @fields, @because,
       @startDate, @hire, @at)`,
  );
  const settle = database
    .prepare<[string, string | null, string, string | null, number], string>(
      `UPDATE journal SET outcome = ?, error = ?, settled_at = ?, account = coalesce(?, account) WHERE id = ?
       RETURNING employee_id`,
    )
    .pluck();
  const open = database.prepare<[], JournalRow>(
    `SELECT ${COLUMNS} FROM journal WHERE outcome IS NULL OR outcome = 'uncertain' ORDER BY id`,
  );
  const settled = database
    .prepare<[number], number>('SELECT count(*) FROM journal WHERE run = ? AND outcome IS NOT NULL')
    .pluck();
  const ofRun = database.prepare<[number, number], JournalRow>(
    `SELECT ${COLUMNS} FROM journal WHERE run = ? AND id > ? ORDER BY id LIMIT ${BATCH}`,
  );
  const closed = database.prepare<[{ until: string; after: string }], ClosedAccount>(
    `SELECT snapshot.employee_id AS employeeId, journal.settled_at AS endedAt FROM snapshot JOIN journal
       ON journal.id = (SELECT max(id) FROM journal AS last WHERE last.employee_id = snapshot.employee_id
         AND NOT (last.kind = 'delete' AND last.outcome = 'failed'))
     WHERE snapshot.employee_id > @after AND snapshot.state = 'deactivated' AND journal.kind = 'deactivate'
       AND journal.outcome = 'done' AND journal.account = snapshot.account_id AND journal.settled_at <= @until
     ORDER BY snapshot.employee_id LIMIT ${BATCH}`,
  );
  const ofEmployee = database.prepare<[string, number], JournalRow>(
    `SELECT ${COLUMNS} FROM journal WHERE employee_id = ? AND id > ? ORDER BY id LIMIT ${BATCH}`,
  );

  return {
    begin(intent: Intent): number {
      const { employee, fields, invites, ...rest } = intent;
      const { lastInsertRowid } = insert.run({
        ...rest,
        employeeId: employee.id,
        employeeEmail: employee.email,
        employeeName: employee.name,
        fields: JSON.stringify(fields),
        invites: invites ? 1 : 0,
      });
      return Number(lastInsertRowid);
    },
    /** Writes an outcome and gives the id of the employee whom the intent was about. */
    settle({ id, outcome, error, at, snapshot }: Settlement): string {
      const employeeId = settle.get(outcome, error, at, snapshot?.accountId ?? null, id);
      if (employeeId === undefined) throw new Error(`the journal holds no intent ${id}`);
      return employeeId;
    },
    countSettled: (run: number): number => settled.get(run) ?? 0,
    async *closed(until: string): AsyncGenerator<ClosedAccount[]> {
      const next = (after: string) => closed.all({ until, after });
      for (let rows = next(''); rows.length > 0; rows = next(rows.at(-1)?.employeeId ?? '')) yield rows;
    },
    open: (): JournalEntry[] => open.all().map(entry),
    async *entries(of: { readonly run: number } | { readonly employeeId: string }): AsyncGenerator<JournalEntry[]> {
      const next = (after: number) => ('run' in of ? ofRun.all(of.run, after) : ofEmployee.all(of.employeeId, after));
      for (let rows = next(0); rows.length > 0; rows = next(rows.at(-1)?.id ?? 0)) yield rows.map(entry);
    },
  };
}

function entry({ employeeId, employeeEmail, employeeName, fields, invites, ...rest }: JournalRow): JournalEntry {
  return {
    ...rest,
    employee: { id: employeeId, email: employeeEmail, name: employeeName },
    fields: JSON.parse(fields) as JournalEntry['fields'],
    invites: invites === 1,
  };
}
