import { emailKey } from '../../core/email.js';
import type { RememberedSkip } from '../store.js';
import type { Database } from './database.js';
import { columnsOf, PERSON, type Person, withPerson } from './person.js';

type Row = Omit<RememberedSkip, 'employee'> & Person;

const COLUMNS = `${PERSON}, reason, message, run, at`;
const BATCH = 500;

/** The table of people whom runs left alone; what writes expects to run inside a transaction. */
export function skipTable(database: Database) {
  const after = database.prepare<[number], Row & { readonly place: number }>(
    `SELECT place, ${COLUMNS} FROM skip WHERE place > ? ORDER BY place LIMIT ${BATCH}`,
  );
  const byEmployee = database.prepare<[string], Row>(
    `SELECT ${COLUMNS} FROM skip WHERE employee_id = ? ORDER BY place`,
  );
  const byEmail = database.prepare<[string], Row>(`SELECT ${COLUMNS} FROM skip WHERE email_key = ? ORDER BY place`);
  const add = database.prepare(
    `INSERT INTO skip (employee_id, employee_email, employee_name, email_key, reason, message, run, at)
     VALUES (@employeeId, @employeeEmail, @employeeName, @emailKey, @reason, @message, @run, @at)`,
  );
  const remove = database.prepare<[string]>('DELETE FROM skip WHERE employee_id = ?');
  const clear = database.prepare('DELETE FROM skip');

  return {
    async *all(): AsyncGenerator<RememberedSkip[]> {
      for (let rows = after.all(0); rows.length > 0; rows = after.all(rows.at(-1)?.place ?? 0)) {
        yield rows.map(({ place: _, ...row }) => withPerson(row));
      }
    },
    of: (ids: readonly string[], emailKeys: readonly string[]): RememberedSkip[] => [
      ...ids.flatMap((id) => byEmployee.all(id).map(withPerson)),
      ...emailKeys.flatMap((key) => byEmail.all(key).map(withPerson)),
    ],
    put(forget: readonly string[] | null, list: readonly RememberedSkip[]): void {
      if (forget === null) clear.run();
      else for (const id of forget) remove.run(id);
      for (const skip of list) {
        const { email } = skip.employee;
        add.run({ ...columnsOf(skip), emailKey: email === null ? null : emailKey(email) });
      }
    },
  };
}
