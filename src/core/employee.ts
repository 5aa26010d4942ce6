import { emailKey } from './email.js';
import type { Fields, Value } from './value.js';

/** The HR fields that every source offers under one name; a system's own keys (`dynamic_1234567`) come beside them. */
export const HR_FIELDS = [
  'id',
  'employee_number',
  'first_name',
  'last_name',
  'preferred_name',
  'display_name',
  'work_email',
  'personal_email',
  'job_title',
  'department',
  'team',
  'cost_center',
  'work_location',
  'legal_entity',
  'start_date',
  'termination_date',
  'last_working_day',
  'status',
  'employment_type',
  'manager',
  'avatar',
] as const;

/**
 * One person as the HR system shows them now, normalised. In `fields`, `null` means that the person has no value; an
 * absent key means that nothing is known: the HR system did not show it. What it shows and nobody can read, such as a date
 * of another form, stands in `unreadable` with a sentence that names the field and what it holds. `manager` holds the manager's employee id; days are
 * `YYYY-MM-DD`; `status` is `onboarding`, `active`, `leave`, `inactive`, `deleted`, another
 * lower-case text as the HR system wrote it, or null.
 */
export interface Employee {
  readonly id: string;
  readonly fields: Fields;
  /** HR field → what is wrong with it, for people to read. Absent where everything could be read. */
  readonly unreadable?: Readonly<Record<string, string>>;
}

/** An empty record of what is wrong with which field, in which no key means anything. */
export function emptyProblems(): Record<string, string> {
  return Object.create(null) as Record<string, string>;
}

/** What is wrong with an HR field that cannot be read, or null. */
export function problemWith({ unreadable }: Employee, field: string): string | null {
  return unreadable !== undefined && Object.hasOwn(unreadable, field) ? (unreadable[field] ?? null) : null;
}

/** Enough to name a person to a reader: never more than HR shows. */
export interface EmployeeReference {
  readonly id: string;
  readonly email: string | null;
  readonly name: string | null;
}

/** The text of one HR field, or null when it is empty, unreadable, or not text. */
export function textOf(employee: Employee, field: string): string | null {
  const value: Value | undefined = employee.fields[field];
  return typeof value === 'string' && value !== '' ? value : null;
}

/** Names an employee for reports: id, work e-mail and the name that HR displays. */
export function referenceTo(employee: Employee): EmployeeReference {
  const parts = [textOf(employee, 'first_name'), textOf(employee, 'last_name')].filter((part) => part !== null);
  const name = parts.length > 0 ? parts.join(' ') : textOf(employee, 'display_name');
  return { id: employee.id, email: textOf(employee, 'work_email'), name };
}

/** Whether somebody is one of the persons named by employee id or address; nobody named means everybody. */
export function isAmong({ id, email }: EmployeeReference, persons: readonly string[]): boolean {
  const isNamed = (person: string) => person === id || (email !== null && emailKey(person) === emailKey(email));
  return persons.length === 0 || persons.some(isNamed);
}

/** The first of some employee ids, and how many more there are: `#1, #2 and 3 more`. */
export function sayIds(ids: readonly string[], most: number): string {
  const shown = ids.slice(0, most).map((id) => `#${id}`);
  return ids.length > most ? `${shown.join(', ')} and ${ids.length - most} more` : shown.join(', ');
}
