import type { ClosedAccount, Intent, Journal, JournalEntry, Settlement } from '../../journal.js';
import { Bulk } from '../bulk.js';
import type { Session } from '../session.js';
import { type Row, type Statement, statement } from '../statement.js';
import { PERSON, PERSON_TYPES, type Person, personColumns, personIn } from './person.js';

interface JournalRow extends Omit<JournalEntry, 'employee' | 'fields'>, Person {
  readonly fields: string;
}

const COLUMNS = `id, run, kind, ${PERSON}, account, invites, fields, because, start_date AS "startDate", hire, at, outcome,
  error, settled_at AS "settledAt"`;
const BATCH = 500;

// The highest id by its index: max() of a connector that the planner does not know yet may read every row.
const LAST_ID = 'coalesce((SELECT id FROM journal WHERE connector = $1 ORDER BY connector DESC, id DESC LIMIT 1), 0)';
const INSERT = new Bulk(
  'journal',
  {
    run: 'integer',
    kind: 'text',
    ...PERSON_TYPES,
    account: 'text',
    invites: 'boolean',
    fields: 'text',
    because: 'text',
    start_date: 'text',
    hire: 'integer',
    at: 'text',
  },
  { expressions: { id: `${LAST_ID} + given.ordinal` }, tail: 'RETURNING id' },
);
// Divides by zero, and so ends the transaction, where the journal holds no such intent.
const SETTLE = `WITH settled AS (UPDATE journal SET outcome = $3, error = $4, settled_at = $5, account = coalesce($6, account)
  WHERE connector = $1 AND id = $2 RETURNING 1) SELECT 1 / count(*) AS settled FROM settled`;
const OPEN = `SELECT ${COLUMNS} FROM journal WHERE connector = $1 AND (outcome IS NULL OR outcome = 'uncertain') ORDER BY id`;
const SETTLED = 'SELECT count(*) AS count FROM journal WHERE connector = $1 AND run = $2 AND outcome IS NOT NULL';

/** The queries that page through the journal, by name; a test reads how the server carries them out. */
export const JOURNAL_QUERIES = {
  ofRun: `SELECT ${COLUMNS} FROM journal WHERE connector = $1 AND run = $2 AND id > $3
    ORDER BY connector, run, id LIMIT ${BATCH}`,
  ofEmployee: `SELECT ${COLUMNS} FROM journal WHERE connector = $1 AND employee_id = $2 AND id > $3
    ORDER BY connector, employee_id, id LIMIT ${BATCH}`,
  closed: `SELECT s.employee_id AS "employeeId", last.settled_at AS "endedAt" FROM snapshot s
    CROSS JOIN LATERAL (SELECT * FROM journal j WHERE j.connector = $1 AND j.employee_id = s.employee_id
      AND NOT (j.kind = 'delete' AND j.outcome = 'failed') ORDER BY j.connector DESC, j.employee_id DESC, j.id DESC LIMIT 1) AS last
    WHERE s.connector = $1 AND s.employee_id > $2 AND s.state = 'deactivated' AND last.kind = 'deactivate'
      AND last.outcome = 'done' AND last.account = s.account_id AND last.settled_at <= $3
    ORDER BY s.connector, s.employee_id LIMIT ${BATCH}`,
} as const;

/** The journal table. */
export function journalTable(session: Session): Omit<Journal, 'begin' | 'settle'> & {
  begin(intents: readonly Intent[]): Statement[];
  settle(settlement: Pick<Settlement, 'id' | 'outcome' | 'error' | 'at' | 'snapshot'>): Statement;
} {
  const { connector } = session;
  return {
    begin: (intents) => INSERT.of(connector, intents.map(columnsOf)),
    settle: ({ id, outcome, error, at, snapshot }) =>
      statement(SETTLE, connector, id, outcome, error, at, snapshot?.accountId ?? null),
    openIntents: async () => (await session.read<JournalRow>(statement(OPEN, connector))).map(entry),
    countSettled: async (run) =>
      (await session.first<{ count: number }>(statement(SETTLED, connector, run)))?.count ?? 0,
    async *journal(of) {
      const next = (after: number) =>
        session.read<JournalRow>(
          'run' in of
            ? statement(JOURNAL_QUERIES.ofRun, connector, of.run, after)
            : statement(JOURNAL_QUERIES.ofEmployee, connector, of.employeeId, after),
        );
      for (let rows = await next(0); rows.length > 0; rows = await next(rows.at(-1)?.id ?? 0)) yield rows.map(entry);
    },
    async *closedAccounts(until) {
      const next = (after: string) =>
        session.read<ClosedAccount & Row>(statement(JOURNAL_QUERIES.closed, connector, after, until));
      for (let rows = await next(''); rows.length > 0; rows = await next(rows.at(-1)?.employeeId ?? '')) yield rows;
    },
  };
}

function columnsOf({ employee, run, kind, account, invites, fields, because, startDate, hire, at }: Intent) {
  return {
    run,
    kind,
    ...personColumns(employee),
    account,
    invites,
    fields: JSON.stringify(fields),
    because,
    start_date: startDate,
    hire,
    at,
  };
}

function entry(row: JournalRow): JournalEntry {
  const { employeeId: _, employeeEmail: __, employeeName: ___, fields, ...rest } = row;
  return { ...rest, employee: personIn(row), fields: JSON.parse(fields) as JournalEntry['fields'] } as JournalEntry;
}
