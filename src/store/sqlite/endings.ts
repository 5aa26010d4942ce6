import type { OverdueEnding } from '../endings.js';
import type { Database } from './database.js';
import { columnsOf, type Person, withPerson } from './person.js';

/** The table of endings that are due; what writes expects to run inside a transaction. */
export function endingTable(database: Database) {
  // Whatever ended an account since, a repair or a run that was killed after it: the account says so.
  const open = database.prepare<[], Omit<OverdueEnding, 'employee'> & Person>(
    `SELECT ending.employee_id AS employeeId, employee_email AS employeeEmail, employee_name AS employeeName, since, because, why
     FROM ending JOIN snapshot ON snapshot.employee_id = ending.employee_id
     WHERE snapshot.state IN ('active', 'pending') ORDER BY since, ending.employee_id`,
  );
  const known = database.prepare<[], string>('SELECT employee_id FROM ending').pluck();
  const remove = database.prepare<[string]>('DELETE FROM ending WHERE employee_id = ?');
  const put = database.prepare(
    `INSERT INTO ending (employee_id, employee_email, employee_name, since, because, why)
     VALUES (@employeeId, @employeeEmail, @employeeName, @since, @because, @why)
     ON CONFLICT (employee_id) DO UPDATE SET employee_email = excluded.employee_email,
       employee_name = excluded.employee_name, because = excluded.because, why = excluded.why`,
  );

  return {
    open: (): OverdueEnding[] => open.all().map(withPerson),
    put(forget: readonly string[] | null, due: readonly OverdueEnding[]): void {
      const stay = new Set(due.map(({ employee }) => employee.id));
      for (const id of forget ?? known.all()) if (!stay.has(id)) remove.run(id);
      for (const ending of due) put.run(columnsOf(ending));
    },
  };
}
