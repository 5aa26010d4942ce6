import type { EmployeeReference } from '../../../core/employee.js';
import type { Row } from '../statement.js';

/** A person as the columns of a table hold one. */
export interface Person extends Row {
  readonly employeeId: string;
  readonly employeeEmail: string | null;
  readonly employeeName: string | null;
}

/** The columns of a person, for a query. */
export const PERSON = 'employee_id AS "employeeId", employee_email AS "employeeEmail", employee_name AS "employeeName"';

/** Their types, for rows that are written. */
export const PERSON_TYPES = { employee_id: 'text', employee_email: 'text', employee_name: 'text' } as const;

/** What the columns of a row stand for. */
export function personIn({ employeeId, employeeEmail, employeeName }: Person): EmployeeReference {
  return { id: employeeId, email: employeeEmail, name: employeeName };
}

/** The columns that stand for a person. */
export function personColumns({ id, email, name }: EmployeeReference) {
  return { employee_id: id, employee_email: email, employee_name: name };
}
