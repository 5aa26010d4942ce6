import type { EmployeeReference } from '../../core/employee.js';

/** A person as the columns of a table hold one. */
export interface Person {
  readonly employeeId: string;
  readonly employeeEmail: string | null;
  readonly employeeName: string | null;
}

/** The columns of a person, for a query. */
export const PERSON = 'employee_id AS employeeId, employee_email AS employeeEmail, employee_name AS employeeName';

/** What the columns of a row stand for. */
export function withPerson<Row extends Person>(
  row: Row,
): Omit<Row, keyof Person> & { readonly employee: EmployeeReference } {
  const { employeeId, employeeEmail, employeeName, ...rest } = row;
  return { ...rest, employee: { id: employeeId, email: employeeEmail, name: employeeName } };
}

/** The columns that stand for an item about a person. */
export function columnsOf<Item extends { readonly employee: EmployeeReference }>(
  item: Item,
): Omit<Item, 'employee'> & Person {
  const { employee, ...rest } = item;
  return { ...rest, employeeId: employee.id, employeeEmail: employee.email, employeeName: employee.name };
}
