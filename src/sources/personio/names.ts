/**
 * HR field → key of Personio's attribute, where the two differ. Every other HR field, and every attribute of Personio's
 * own, is read under its own key. `employee_number`, `display_name` and `personal_email` have no attribute.
 */
const KEYS: ReadonlyMap<string, string> = new Map([
  ['work_email', 'email'],
  ['job_title', 'position'],
  ['work_location', 'office'],
  ['legal_entity', 'subcompany'],
  ['cost_center', 'cost_centers'],
  ['start_date', 'hire_date'],
  ['manager', 'supervisor'],
  ['avatar', 'profile_picture'],
]);

const NAMES: ReadonlyMap<string, string> = new Map([...KEYS].map(([name, key]) => [key, name]));

/** Key of the attribute that an HR field is read from. */
export function keyOf(field: string): string {
  return KEYS.get(field) ?? field;
}

/** The HR field that an attribute is offered as. */
export function fieldOf(key: string): string {
  return NAMES.get(key) ?? key;
}

/** Attributes that hold days, whatever type a record gives them: records of before 2021 give none. */
export const DAY_KEYS: ReadonlySet<string> = new Set([
  'hire_date',
  'termination_date',
  'last_working_day',
  'contract_end_date',
  'probation_period_end',
]);

/** Attributes that hold units, which have names of their own. */
export const UNIT_KEYS: ReadonlySet<string> = new Set(['department', 'team', 'office', 'subcompany', 'cost_centers']);

/** What names a person in reports: read whether a mapping needs it or not. */
export const NAMING_FIELDS: readonly string[] = ['first_name', 'last_name', 'preferred_name', 'work_email'];
