import {
  type Company,
  type CustomAttribute,
  findPerson,
  findUnit,
  type Person,
  type Unit,
} from '../company/company.js';
import { type Oddities, shownName } from '../oddities.js';
import { customDate, instant, midnight, noObject, tagsValue, unitValue } from './values.js';

/** What an attribute's value depends on besides the person. */
export interface RenderContext {
  readonly company: Company;
  readonly supervisorDetails: boolean;
  readonly oddities: Oddities;
  /** Chooses among the forms that one value can take. */
  readonly salt: number;
}

/** One attribute of an employee: its place in the catalogue, and how to read it. */
export interface Attribute {
  readonly key: string;
  readonly label: string;
  readonly type: 'standard' | 'date' | 'integer' | 'decimal' | 'list' | 'link' | 'tags' | 'multiline';
  readonly universalId: string | null;
  readonly options: readonly string[];
  /** Fields of the profile whose change is a change of this attribute. */
  readonly fields: readonly string[];
  readonly value: (person: Person, rendering: RenderContext) => unknown;
}

type Reader = Attribute['value'];

/** Every attribute of a company, the preset ones first. */
export function attributesOf(company: Company): readonly Attribute[] {
  return [...presets, ...company.customAttributes.map(custom)];
}

/** One wrapped value, as it stands under its key. */
export function wrap({ label, type, universalId }: Attribute, value: unknown): Readonly<Record<string, unknown>> {
  return { label, value, type, universal_id: universalId };
}

function preset(key: string, label: string, type: Attribute['type'], fields: string[], value: Reader): Attribute {
  return { key, label, type, universalId: key, options: optionsOf[key] ?? [], fields, value };
}

const optionsOf: Readonly<Record<string, readonly string[]>> = {
  gender: ['female', 'male', 'diverse'],
  employment_type: ['internal', 'external'],
  status: ['onboarding', 'active', 'leave', 'inactive'],
};

const nameAttributes = [
  preset('id', 'ID', 'integer', [], (person) => person.id),
  preset('first_name', 'First name', 'standard', ['firstName'], (person) => person.firstName),
  preset('last_name', 'Last name', 'standard', ['lastName'], (person) => person.lastName),
  preset('email', 'Email', 'standard', ['email'], (person) => person.email ?? ''),
];

function supervisor(person: Person, rendering: RenderContext): unknown {
  const found = findPerson(rendering.company, person.supervisorId);
  if (found === null) return noObject(rendering.salt);
  const shown = rendering.supervisorDetails ? nameAttributes : nameAttributes.slice(0, 1);
  const entries = shown.map((attribute) => [attribute.key, wrap(attribute, attribute.value(found, rendering))]);
  return { type: 'Employee', attributes: Object.fromEntries(entries) };
}

function costCenters({ costCenterIds }: Person, { company, oddities }: RenderContext): unknown {
  return costCenterIds.map((id) => ({
    type: 'CostCenter',
    attributes: {
      id,
      name: nameOf(findUnit(company.costCenters, id), oddities),
      percentage: 100 / costCenterIds.length,
    },
  }));
}

function nameOf(unit: Unit | null, oddities: Oddities): string | null {
  return unit === null ? '' : shownName(unit, oddities);
}

/** The last time somebody changed a profile, or its creation. */
export function lastModified(person: Person, fields: Iterable<string> = Object.keys(person.changedAt)): string {
  let latest = person.createdAt;
  for (const field of fields) {
    const at = person.changedAt[field];
    if (at !== undefined && at > latest) latest = at;
  }
  return latest;
}

const workSchedule = {
  type: 'WorkSchedule',
  // Above 2^53, as in recordings.
  attributes: { id: 9_007_199_254_740_994, name: 'Full-time, 40 hours', monday: '08:00', friday: '08:00' },
};

const presets: readonly Attribute[] = [
  ...nameAttributes,
  preset('preferred_name', 'Preferred name', 'standard', ['preferredName'], (person) => person.preferredName ?? ''),
  preset('gender', 'Gender', 'list', ['gender'], (person) => person.gender ?? ''),
  preset('status', 'Status', 'list', ['status'], (person) => person.status),
  preset('position', 'Position', 'standard', ['position'], (person) => person.position ?? ''),
  preset('supervisor', 'Supervisor', 'standard', ['supervisorId'], supervisor),
  preset('employment_type', 'Employment type', 'list', ['employmentType'], (person) => person.employmentType),
  preset('weekly_working_hours', 'Weekly hours', 'decimal', ['weeklyHours'], (person) => String(person.weeklyHours)),
  preset('hire_date', 'Hire date', 'date', ['hireDate'], (person, { salt }) => midnight(person.hireDate, salt)),
  preset('contract_end_date', 'Contract ends', 'date', ['contractEndDate'], (person, { salt }) =>
    midnight(person.contractEndDate, salt >>> 2),
  ),
  preset('termination_date', 'Termination date', 'date', ['terminationDate'], (person, { salt }) =>
    midnight(person.terminationDate, salt >>> 4),
  ),
  preset(
    'termination_type',
    'Termination type',
    'list',
    ['terminationType'],
    (person, { salt }) => person.terminationType ?? (salt % 2 === 0 ? '' : null),
  ),
  preset(
    'termination_reason',
    'Termination reason',
    'list',
    ['terminationReason'],
    (person) => person.terminationReason ?? '',
  ),
  preset('probation_period_end', 'Probation period end', 'date', ['probationEnd'], (person, { salt }) =>
    midnight(person.probationEnd, salt),
  ),
  preset('last_working_day', 'Last day of work', 'date', ['lastWorkingDay'], (person, { salt }) =>
    midnight(person.lastWorkingDay, salt >>> 6),
  ),
  preset('created_at', 'Created at', 'date', [], (person) => instant(person.createdAt)),
  preset('last_modified_at', 'Last modified', 'date', [], (person) => instant(lastModified(person))),
  preset('subcompany', 'Subcompany', 'standard', ['legalEntityId'], (person, { company, salt, oddities }) =>
    unitValue('Subcompany', findUnit(company.legalEntities, person.legalEntityId), salt >>> 1, oddities),
  ),
  preset('office', 'Office', 'standard', ['officeId'], (person, { company, salt, oddities }) =>
    unitValue('Office', findUnit(company.offices, person.officeId), salt >>> 3, oddities),
  ),
  preset('department', 'Department', 'standard', ['departmentId'], (person, { company, salt, oddities }) =>
    unitValue('Department', findUnit(company.departments, person.departmentId), salt >>> 5, oddities),
  ),
  preset('team', 'Team', 'standard', ['teamId'], (person, { company, salt, oddities }) =>
    unitValue('Team', findUnit(company.teams, person.teamId), salt >>> 7, oddities),
  ),
  preset('cost_centers', 'Cost center', 'standard', ['costCenterIds'], costCenters),
  preset('holiday_calendar', 'Public holidays', 'standard', [], () => ({
    type: 'HolidayCalendar',
    attributes: { id: 7, name: 'DE (Berlin)', country: 'DE', state: 'Berlin' },
  })),
  preset('work_schedule', 'Work schedule', 'standard', [], () => workSchedule),
  preset('profile_picture', 'Profile picture', 'standard', [], () => null),
];

function custom({ key, label, type, options }: CustomAttribute): Attribute {
  const read: Readonly<Record<CustomAttribute['type'], Reader>> = {
    date: (person, { salt }) => customDate(textOf(person, key), salt >>> 8),
    tags: (person, { salt }) => tagsValue(listOf(person, key), salt >>> 9),
    integer: (person) => person.custom[key] ?? null,
    list: (person) => person.custom[key] ?? '',
    multiline: (person) => person.custom[key] ?? '',
    link: (person) => person.custom[key] ?? '',
  };
  return { key, label, type, universalId: null, options, fields: [key], value: read[type] };
}

function textOf(person: Person, key: string): string | null {
  const value = person.custom[key];
  return typeof value === 'string' ? value : null;
}

function listOf(person: Person, key: string): readonly string[] {
  const value = person.custom[key];
  return Array.isArray(value) ? value : [];
}
