import type { Skip } from './change.js';
import { type Employee, problemWith, referenceTo } from './employee.js';
import { isEmpty, textFrom } from './value.js';

/** The key that needs no HR field: the employee id itself. */
export const ID_KEY = 'id';

/** How messages call the text that an account bears as its external id: the HR field, as `employees.key` names it. */
export function sayKey(field: string): string {
  return field === ID_KEY ? 'employee id' : field;
}

/**
 * What an account bears as its external id: the text of the HR field that `employees.key` names, or why there is none. An
 * employee without one is left alone, since an account could not be told from others by it.
 */
export function employeeKey(employee: Employee, field: string): string | Skip {
  if (field === ID_KEY) return employee.id;
  const value = employee.fields[field];
  if (!isEmpty(value)) return textFrom(value).trim();
  const unreadable = problemWith(employee, field);
  const problem =
    unreadable ?? (value === undefined ? `HR does not show ${field} of this person` : `${field} is empty in HR`);
  return {
    employee: referenceTo(employee),
    reason: unreadable === null ? 'missing_required' : 'invalid_value',
    message: `${problem}, and it is the external id of the account (employees.key); an account is left as it is`,
    line: ['employees', 'key'],
  };
}
