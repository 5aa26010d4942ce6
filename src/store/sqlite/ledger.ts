import type { Scheduled } from '../../core/change.js';
import type { Failure, Invitation } from '../store.js';
import type { Database } from './database.js';
import { columnsOf, PERSON, type Person, withPerson } from './person.js';

const BATCH = 500;

/** The tables about people that are neither accounts nor attempts: invitations, calendar, failures. */
export function ledgerTables(database: Database) {
  const invitationColumns = `${PERSON}, hire, state, due, start_date AS startDate, because, at`;
  const invitationsOf = database.prepare<[string], Omit<Invitation, 'employee'> & Person>(
    `SELECT ${invitationColumns} FROM invitation WHERE employee_id = ? ORDER BY hire`,
  );
  const invitationsIn = database.prepare<[string, string, number], Omit<Invitation, 'employee'> & Person>(
    `SELECT ${invitationColumns} FROM invitation WHERE state = ? AND (employee_id, hire) > (?, ?)
     ORDER BY employee_id, hire LIMIT ${BATCH}`,
  );
  const putInvitation = database.prepare(
    `INSERT OR REPLACE INTO invitation (employee_id, hire, employee_email, employee_name, state, due, start_date, because, at)
     VALUES (@employeeId, @hire, @employeeEmail, @employeeName, @state, @due, @startDate, @because, @at)`,
  );
  const scheduleAfter = database.prepare<[number], Omit<Scheduled, 'employee'> & Person & { readonly place: number }>(
    `SELECT place, kind, ${PERSON}, on_day AS "on" FROM schedule WHERE place > ? ORDER BY place LIMIT ${BATCH}`,
  );
  const clearSchedule = database.prepare('DELETE FROM schedule');
  const addScheduled = database.prepare(
    `INSERT INTO schedule (kind, employee_id, employee_email, employee_name, on_day)
     VALUES (@kind, @employeeId, @employeeEmail, @employeeName, @on)`,
  );
  const failures = database.prepare<[], Omit<Failure, 'employee'> & Person>(
    `SELECT ${PERSON}, kind, error, attempts, first_at AS firstAt, last_at AS lastAt, retry_at AS retryAt
     FROM failure ORDER BY first_at, employee_id`,
  );
  const putFailure = database.prepare(
    `INSERT OR REPLACE INTO failure (employee_id, employee_email, employee_name, kind, error, attempts, first_at, last_at, retry_at)
     VALUES (@employeeId, @employeeEmail, @employeeName, @kind, @error, @attempts, @firstAt, @lastAt, @retryAt)`,
  );
  const clearFailure = database.prepare<[string]>('DELETE FROM failure WHERE employee_id = ?');
  const undone = database.prepare<[], string>('SELECT employee_id FROM undone ORDER BY employee_id').pluck();
  const addUndone = database.prepare<[string]>('INSERT OR IGNORE INTO undone (employee_id) VALUES (?)');
  const removeUndone = database.prepare<[string]>('DELETE FROM undone WHERE employee_id = ?');
  const clearUndone = database.prepare('DELETE FROM undone');

  return {
    undone: (): string[] => undone.all(),
    putUndone(forget: readonly string[] | null, add: readonly string[]): void {
      if (forget === null) clearUndone.run();
      else for (const id of forget) removeUndone.run(id);
      for (const id of add) addUndone.run(id);
    },
    invitationsOf: (ids: readonly string[]): Invitation[] => ids.flatMap((id) => invitationsOf.all(id).map(withPerson)),
    async *invitationsIn(states: readonly Invitation['state'][]): AsyncGenerator<Invitation[]> {
      for (const state of states) {
        let batch = invitationsIn.all(state, '', 0).map(withPerson);
        while (batch.length > 0) {
          yield batch;
          const last = batch.at(-1);
          batch = invitationsIn.all(state, last?.employee.id ?? '', last?.hire ?? 0).map(withPerson);
        }
      }
    },
    putInvitation: (invitation: Invitation): void => void putInvitation.run(columnsOf(invitation)),
    async *schedule(): AsyncGenerator<Scheduled[]> {
      for (let rows = scheduleAfter.all(0); rows.length > 0; rows = scheduleAfter.all(rows.at(-1)?.place ?? 0)) {
        yield rows.map(({ place: _, ...row }) => withPerson(row));
      }
    },
    replaceSchedule(scheduled: readonly Scheduled[]): void {
      clearSchedule.run();
      for (const one of scheduled) addScheduled.run(columnsOf(one));
    },
    failures: (): Failure[] => failures.all().map(withPerson),
    putFailure: (failure: Failure): void => void putFailure.run(columnsOf(failure)),
    clearFailure: (employeeId: string): void => void clearFailure.run(employeeId),
  };
}
