import type { OverdueEnding } from '../../endings.js';
import { Bulk, lastOfEach } from '../bulk.js';
import type { Session } from '../session.js';
import { type Statement, statement } from '../statement.js';
import { PERSON_TYPES, type Person, personColumns, personIn } from './person.js';

type EndingRow = Omit<OverdueEnding, 'employee'> & Person;

// Whatever ended an account since, a repair or a run that was killed after it: the account says so.
const OPEN = `SELECT e.employee_id AS "employeeId", e.employee_email AS "employeeEmail", e.employee_name AS "employeeName",
  e.since, e.because, e.why FROM ending e JOIN snapshot s ON s.connector = e.connector AND s.employee_id = e.employee_id
  WHERE e.connector = $1 AND s.state IN ('active', 'pending') ORDER BY e.since, e.employee_id`;
const REMOVE_OTHERS = 'DELETE FROM ending WHERE connector = $1 AND employee_id <> ALL($2)';
const REMOVE = `${REMOVE_OTHERS} AND employee_id = ANY($3)`;
const PUT = new Bulk(
  'ending',
  { ...PERSON_TYPES, since: 'text', because: 'text', why: 'text' },
  {
    tail: `ON CONFLICT (connector, employee_id) DO UPDATE SET employee_email = excluded.employee_email,
      employee_name = excluded.employee_name, because = excluded.because, why = excluded.why`,
  },
);

/** The table of endings that are due. */
export function endingTable(session: Session) {
  const { connector } = session;
  return {
    open: async (): Promise<OverdueEnding[]> =>
      (await session.read<EndingRow>(statement(OPEN, connector))).map((row) => {
        return { employee: personIn(row), since: row.since, because: row.because, why: row.why };
      }),
    put(forget: readonly string[] | null, due: readonly OverdueEnding[]): Statement[] {
      const stay = due.map(({ employee }) => employee.id);
      const put = lastOfEach(due, ({ employee }) => employee.id).map(({ employee, since, because, why }) => {
        return { ...personColumns(employee), since, because, why };
      });
      return [
        forget === null ? statement(REMOVE_OTHERS, connector, stay) : statement(REMOVE, connector, stay, forget),
        ...PUT.of(connector, put),
      ];
    },
  };
}
