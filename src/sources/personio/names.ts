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

/** Names that other systems and Personio's v2 have for its attributes. None is the key of an attribute. */
export const OTHER_NAMES: Readonly<Record<string, string>> = {
  manager_id: 'manager',
  supervisor_id: 'manager',
  employment_status: 'status',
  employment_start_date: 'start_date',
  last_working_date: 'last_working_day',
  cost_centre: 'cost_center',
};

/** HR fields that Personio has no attribute for, and what to map instead. */
export const LACKS: Readonly<Record<string, string>> = {
  employee_number:
    'its own number of a person is id; for a number that you enter yourselves map one of its own keys, such as dynamic_1234567 ("hrsync fields" lists them)',
  display_name: 'write { template: "{first_name} {last_name}" }',
  display_full_name: 'write { template: "{first_name} {last_name}" }',
  personal_email:
    'for one that you enter yourselves map one of its own keys, such as dynamic_1234567 ("hrsync fields" lists them)',
};

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
