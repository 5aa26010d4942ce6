import type { ExceededLimit } from '../../core/refusal.js';
import type { Database } from './database.js';
import { columnsOf, PERSON, type Person, withPerson } from './person.js';

interface Row {
  readonly place: number;
  readonly kind: ExceededLimit['kind'];
  readonly field: string | null;
  readonly unit: string | null;
  readonly planned: number;
  readonly allowed: number;
  readonly of: number;
  readonly cause: string | null;
}

/** The tables of limits that held runs back; what writes expects to run inside a transaction. */
export function refusalTable(database: Database) {
  const limits = database.prepare<[number], Row>(
    `SELECT place, kind, field, unit, planned, allowed, population AS "of", cause FROM refusal WHERE run = ? ORDER BY place`,
  );
  const people = database.prepare<[number, number], Person>(
    `SELECT ${PERSON} FROM refused_person WHERE run = ? AND place = ? ORDER BY position`,
  );
  const add = database.prepare(
    `INSERT INTO refusal (run, place, kind, field, unit, planned, allowed, population, cause)
     VALUES (@run, @place, @kind, @field, @unit, @planned, @allowed, @of, @cause)`,
  );
  const addPerson = database.prepare(
    `INSERT INTO refused_person (run, place, position, employee_id, employee_email, employee_name)
     VALUES (@run, @place, @position, @employeeId, @employeeEmail, @employeeName)`,
  );

  const read = (run: number, { place, field, unit, cause, ...figures }: Row): ExceededLimit => ({
    ...figures,
    ...(field !== null && { field }),
    ...(unit !== null && { unit }),
    ...(cause !== null && { cause }),
    people: people.all(run, place).map((row) => withPerson(row).employee),
  });

  return {
    of: (run: number): ExceededLimit[] => limits.all(run).map((row) => read(run, row)),
    put(run: number, refusal: readonly ExceededLimit[]): void {
      for (const [place, { people: named, field = null, unit = null, cause = null, ...figures }] of refusal.entries()) {
        add.run({ run, place, field, unit, cause, ...figures });
        for (const [position, employee] of named.entries())
          addPerson.run({ run, place, position, ...columnsOf({ employee }) });
      }
    },
  };
}
