import type { Scheduled } from '../../../core/change.js';
import type { Invitation, Invitations } from '../../invitations.js';
import type { Failure } from '../../left-undone.js';
import type { Replaced } from '../../run-memory.js';
import { Bulk, lastOfEach } from '../bulk.js';
import type { Session } from '../session.js';
import { type Statement, statement } from '../statement.js';
import { PERSON, PERSON_TYPES, type Person, personColumns, personIn } from './person.js';

const BATCH = 500;
const INVITATION = `${PERSON}, hire, state, due, start_date AS "startDate", because, at`;

type InvitationRow = Omit<Invitation, 'employee'> & Person;
type ScheduledRow = Omit<Scheduled, 'employee'> & Person & { readonly place: number };
type FailureRow = Omit<Failure, 'employee'> & Person;

const INVITATIONS_OF = `SELECT ${INVITATION} FROM invitation WHERE connector = $1 AND employee_id = $2 ORDER BY hire`;
const INVITATIONS_IN = `SELECT ${INVITATION} FROM invitation
  WHERE connector = $1 AND state = $2 AND (employee_id, hire) > ($3, $4)
  ORDER BY connector, state, employee_id, hire LIMIT ${BATCH}`;
const PUT_INVITATION = new Bulk(
  'invitation',
  {
    ...PERSON_TYPES,
    hire: 'integer',
    state: 'text',
    due: 'text',
    start_date: 'text',
    because: 'text',
    at: 'text',
  },
  {
    tail: `ON CONFLICT (connector, employee_id, hire) DO UPDATE SET employee_email = excluded.employee_email,
      employee_name = excluded.employee_name, state = excluded.state, due = excluded.due,
      start_date = excluded.start_date, because = excluded.because, at = excluded.at`,
  },
);
const SCHEDULE_AFTER = `SELECT place, kind, ${PERSON}, on_day AS "on" FROM schedule WHERE connector = $1 AND place > $2
  ORDER BY connector, place LIMIT ${BATCH}`;
const CLEAR_SCHEDULE = 'DELETE FROM schedule WHERE connector = $1';
const ADD_SCHEDULED = new Bulk('schedule', { place: 'integer', kind: 'text', ...PERSON_TYPES, on_day: 'text' });
const FAILURES = `SELECT ${PERSON}, kind, error, attempts, first_at AS "firstAt", last_at AS "lastAt", retry_at AS "retryAt"
  FROM failure WHERE connector = $1 ORDER BY first_at, employee_id`;
const PUT_FAILURE = new Bulk(
  'failure',
  {
    ...PERSON_TYPES,
    kind: 'text',
    error: 'text',
    attempts: 'integer',
    first_at: 'text',
    last_at: 'text',
    retry_at: 'text',
  },
  {
    tail: `ON CONFLICT (connector, employee_id) DO UPDATE SET employee_email = excluded.employee_email,
      employee_name = excluded.employee_name, kind = excluded.kind, error = excluded.error,
      attempts = excluded.attempts, first_at = excluded.first_at, last_at = excluded.last_at, retry_at = excluded.retry_at`,
  },
);
const CLEAR_FAILURES = 'DELETE FROM failure WHERE connector = $1 AND employee_id = ANY($2)';
const CLEAR_FAILURE_OF = `DELETE FROM failure WHERE connector = $1
  AND employee_id = (SELECT employee_id FROM journal WHERE connector = $1 AND id = $2)`;
const UNDONE = 'SELECT employee_id AS id FROM undone WHERE connector = $1 ORDER BY employee_id';
const ADD_UNDONE = new Bulk('undone', { employee_id: 'text' }, { tail: 'ON CONFLICT DO NOTHING' });
const CLEAR_UNDONE = 'DELETE FROM undone WHERE connector = $1';
const REMOVE_UNDONE = `${CLEAR_UNDONE} AND employee_id = ANY($2)`;

/** The tables about people that are neither accounts nor attempts: invitations, calendar, failures. */
export function ledgerTables(session: Session) {
  const { connector } = session;
  return {
    undone: async () => (await session.read<{ id: string }>(statement(UNDONE, connector))).map(({ id }) => id),
    putUndone: ({ forget, add }: Replaced<string>): Statement[] => [
      forget === null ? statement(CLEAR_UNDONE, connector) : statement(REMOVE_UNDONE, connector, forget),
      ...ADD_UNDONE.of(
        connector,
        add.map((id) => ({ employee_id: id })),
      ),
    ],
    async invitations(ids: readonly string[]): Promise<Invitation[]> {
      // In the order of the ids, each by itself: there are one or two of them.
      const found = await Promise.all(
        ids.map((id) => session.read<InvitationRow>(statement(INVITATIONS_OF, connector, id))),
      );
      return found.flat().map(invitation);
    },
    async *listInvitations(states: readonly Invitation['state'][]): ReturnType<Invitations['listInvitations']> {
      for (const state of states) {
        const next = (id: string, hire: number) =>
          session.read<InvitationRow>(statement(INVITATIONS_IN, connector, state, id, hire));
        let rows = await next('', 0);
        while (rows.length > 0) {
          yield rows.map(invitation);
          const last = rows.at(-1);
          rows = await next(last?.employeeId ?? '', last?.hire ?? 0);
        }
      }
    },
    putInvitations: (list: readonly Invitation[]): Statement[] =>
      PUT_INVITATION.of(
        connector,
        lastOfEach(list, ({ employee, hire }) => `${hire} ${employee.id}`).map((one) => ({
          ...personColumns(one.employee),
          hire: one.hire,
          state: one.state,
          due: one.due,
          start_date: one.startDate,
          because: one.because,
          at: one.at,
        })),
      ),
    async *schedule(): AsyncGenerator<readonly Scheduled[]> {
      const next = (place: number) => session.read<ScheduledRow>(statement(SCHEDULE_AFTER, connector, place));
      for (let rows = await next(0); rows.length > 0; rows = await next(rows.at(-1)?.place ?? 0))
        yield rows.map((row) => ({ kind: row.kind, employee: personIn(row), on: row.on }));
    },
    replaceSchedule: (scheduled: readonly Scheduled[]): Statement[] => [
      statement(CLEAR_SCHEDULE, connector),
      ...ADD_SCHEDULED.of(
        connector,
        scheduled.map(({ kind, employee, on }, index) => ({
          place: index + 1,
          kind,
          ...personColumns(employee),
          on_day: on,
        })),
      ),
    ],
    failures: async (): Promise<Failure[]> =>
      (await session.read<FailureRow>(statement(FAILURES, connector))).map(
        ({ employeeId, employeeEmail, employeeName, ...rest }) =>
          ({ ...rest, employee: { id: employeeId, email: employeeEmail, name: employeeName } }) as Failure,
      ),
    putFailure: (failure: Failure): Statement[] =>
      PUT_FAILURE.of(connector, [
        {
          ...personColumns(failure.employee),
          kind: failure.kind,
          error: failure.error,
          attempts: failure.attempts,
          first_at: failure.firstAt,
          last_at: failure.lastAt,
          retry_at: failure.retryAt,
        },
      ]),
    clearFailures: (ids: readonly string[]): Statement[] =>
      ids.length === 0 ? [] : [statement(CLEAR_FAILURES, connector, ids)],
    /** Forgets the failure of whom an intent is about. */
    clearFailureOf: (intent: number): Statement => statement(CLEAR_FAILURE_OF, connector, intent),
  };
}

function invitation(row: InvitationRow): Invitation {
  const { hire, state, due, startDate, because, at } = row;
  return { employee: personIn(row), hire, state, due, startDate, because, at };
}
