/**
 * HR field → alias of BambooHR's field. Every other alias is an HR field under its own name, custom fields included.
 * https://documentation.bamboohr.com/docs/list-of-field-names
 */
const ALIASES: ReadonlyMap<string, string> = new Map([
  ['employee_number', 'employeeNumber'],
  ['first_name', 'firstName'],
  ['last_name', 'lastName'],
  ['preferred_name', 'preferredName'],
  ['display_name', 'displayName'],
  ['work_email', 'workEmail'],
  ['personal_email', 'homeEmail'],
  ['job_title', 'jobTitle'],
  ['work_location', 'location'],
  ['start_date', 'hireDate'],
  ['termination_date', 'terminationDate'],
  ['employment_type', 'employmentHistoryStatus'],
  // Of the four fields about a manager, this one alone holds the employee id: supervisorId is their Employee #.
  ['manager', 'supervisorEId'],
]);

const FIELDS: ReadonlyMap<string, string> = new Map([...ALIASES].map(([field, alias]) => [alias, field]));

/** Alias of the field that an HR field is read from. */
export function aliasOf(field: string): string {
  return ALIASES.get(field) ?? field;
}

/** The HR field that a field of BambooHR is offered as. */
export function fieldOf(alias: string): string {
  return FIELDS.get(alias) ?? alias;
}

/** BambooHR's own names, and those of other systems, for fields that hrsync calls otherwise. */
export const NAMES: Readonly<Record<string, string>> = {
  ...Object.fromEntries(FIELDS),
  ...{ eeid: 'id', employeeId: 'id', supervisor: 'manager', supervisorId: 'manager', supervisorEid: 'manager' },
  ...{ reportsTo: 'manager', manager_id: 'manager', employmentStatus: 'employment_type', hire_date: 'start_date' },
};

/** HR fields that BambooHR has no standard field for, and what to map instead. */
export const LACKS: Readonly<Record<string, string>> = {
  team: 'map division, or the alias of a custom field ("hrsync fields" lists them)',
  cost_center: 'map the alias of a custom field ("hrsync fields" lists them)',
  legal_entity: 'map division, or the alias of a custom field ("hrsync fields" lists them)',
  last_working_day: 'termination_date is the last day',
  avatar: 'its photoUrl is a signed address that differs at every read',
  photoUrl: 'it is a signed address that differs at every read',
};

/** What every read asks for: it decides who is employed, and names people in reports. */
export const ALWAYS_ASKED: readonly string[] = [
  ...['status', 'hireDate', 'originalHireDate', 'terminationDate'],
  ...['firstName', 'lastName', 'workEmail'],
];

/** HR fields that name a person in reports: read whether a mapping needs them or not. */
export const NAMING_FIELDS: readonly string[] = ['first_name', 'last_name', 'work_email'];

/** Aliases that hold days, whatever type the account gives them. */
export const DAY_ALIASES: ReadonlySet<string> = new Set(['hireDate', 'originalHireDate', 'terminationDate']);

/**
 * Alias → name in the data set of employees, where the two differ. `displayName` has none there.
 * https://documentation.bamboohr.com/reference/get-data-from-dataset-v2
 */
export const DATASET_NAMES: ReadonlyMap<string, string> = new Map([
  ['id', 'eeid'],
  ['workEmail', 'email'],
  ['jobTitle', 'jobInformationJobTitle'],
  ['department', 'jobInformationDepartment'],
  ['division', 'jobInformationDivision'],
  ['location', 'jobInformationLocation'],
  ['supervisor', 'jobInformationReportsTo'],
  ['supervisorEId', 'supervisorEid'],
  ['employmentHistoryStatus', 'employmentStatus'],
]);

/** What the list of employees calls an alias, where the two differ. */
export const ROSTER_NAMES: ReadonlyMap<string, string> = new Map([['jobTitle', 'jobTitleName']]);
