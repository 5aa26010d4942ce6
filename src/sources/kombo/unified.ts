import type { SourceFieldType } from '../../core/field-type.js';
import type { Value } from '../../core/value.js';
import { NAMELESS } from '../kit/nameless.js';
import type { GroupTree, GroupType } from './groups.js';
import { entryOf, isNothing, type ReadValue, readDay, readId, readPlain } from './value.js';

/** Where an HR field comes from: a field of one of Kombo's models. */
export interface Need {
  readonly model: 'employees' | 'groups' | 'locations' | 'legal_entities';
  readonly field: string;
}

/** One HR field that Kombo has for every HR system, as far as that supplies it. */
export interface UnifiedField {
  readonly name: string;
  readonly label: string;
  readonly type: SourceFieldType;
  /** Ways to come by it; of one way, all must be supplied. None is needed for what always comes. */
  readonly ways: readonly (readonly Need[])[];
  /** Its value on an employee's record: undefined when it is not understood, `NAMELESS` where a unit has no name. */
  readonly read: (record: unknown, groups: GroupTree) => Value | undefined | typeof NAMELESS;
  /** The key of the record that holds it, where that key may be left out. */
  readonly optionalKey?: string;
  /** The keys of the record that hold it, of which every record has at least one. */
  readonly keys?: readonly string[];
}

/** Keys that a record may lack, of those that are read. https://api.kombo.dev/openapi.json */
export const OPTIONAL_KEYS: ReadonlySet<string> = new Set([
  'work_email',
  'personal_email',
  'gender',
  'employment_status',
  'employment_type',
]);

/** Every one; of the rest that Kombo knows, such as bank accounts, nothing is ever looked at. */
const FIELDS: readonly UnifiedField[] = [
  { name: 'id', label: 'Kombo id', type: 'text', ways: [[]], read: (record) => readId(entryOf(record, 'id')) },
  { name: 'remote_id', label: 'Id in the HR system', type: 'text', ways: [[]], read: at('remote_id', readPlain) },
  own('employee_number', 'Employee number'),
  own('first_name', 'First name'),
  own('last_name', 'Last name'),
  {
    name: 'display_name',
    label: 'Display name',
    type: 'text',
    ways: [[needed('display_full_name')], [needed('first_name'), needed('last_name')]],
    read: readDisplayName,
  },
  own('work_email', 'Work e-mail'),
  own('personal_email', 'Personal e-mail'),
  own('job_title', 'Job title'),
  group('department', 'Department', 'DEPARTMENT'),
  group('team', 'Team', 'TEAM'),
  group('cost_center', 'Cost centre', 'COST_CENTER'),
  related('work_location', 'Work location', 'work_location', 'locations', ['name']),
  related('work_location_city', 'City of the work location', 'work_location', 'locations', ['address', 'city']),
  related('work_location_country', 'Country of the work location', 'work_location', 'locations', [
    'address',
    'country',
  ]),
  related('legal_entity', 'Legal entity', 'legal_entity', 'legal_entities', ['name']),
  own('start_date', 'Start date', 'date', readDay),
  own('termination_date', 'Termination date', 'date', readDay),
  // What its words mean the config may say: see `createRecordReader`.
  own('status', 'Employment status', 'list', readPlain, 'employment_status'),
  own('employment_type', 'Employment type', 'list'),
  {
    name: 'manager',
    label: 'Manager',
    type: 'employee',
    ways: [[needed('manager_id')]],
    keys: ['manager_id', 'manager'],
    read: (record) => readId(entryOf(record, 'manager_id') ?? entryOf(entryOf(record, 'manager'), 'id') ?? null),
  },
  own('avatar', 'Picture', 'link'),
  own('mobile_phone_number', 'Mobile phone number'),
  own('nationality', 'Nationality'),
  own('gender', 'Gender', 'list'),
  own('weekly_hours', 'Weekly hours', 'decimal'),
  own('date_of_birth', 'Date of birth', 'date', readDay),
];

/** HR field → how Kombo has it. */
export const UNIFIED: ReadonlyMap<string, UnifiedField> = new Map(FIELDS.map((field) => [field.name, field]));

/** HR fields that Kombo has for no HR system at all. */
export const NOT_IN_KOMBO: ReadonlySet<string> = new Set(['preferred_name', 'last_working_day']);

function own(
  name: string,
  label: string,
  type: SourceFieldType = 'text',
  read: ReadValue = readPlain,
  key = name,
): UnifiedField {
  const field = { name, label, type, ways: [[needed(key)]], read: at(key, read) };
  return OPTIONAL_KEYS.has(key) ? { ...field, optionalKey: key } : { ...field, keys: [key] };
}

function group(name: string, label: string, type: GroupType): UnifiedField {
  const needs: readonly Need[] = [
    { model: 'groups', field: 'name' },
    { model: 'groups', field: 'type' },
  ];
  return {
    name,
    label,
    type: 'list',
    ways: [needs],
    keys: ['groups'],
    read: (record, groups) => groups.namesIn(entryOf(record, 'groups'), type),
  };
}

function related(
  name: string,
  label: string,
  relation: string,
  model: Need['model'],
  path: readonly [field: string, ...inner: string[]],
): UnifiedField {
  return {
    name,
    label,
    type: 'list',
    ways: [[needed(`${relation}_id`), { model, field: path[0] }]],
    keys: [relation, `${relation}_id`],
    read: (record) => {
      const unit = entryOf(record, relation);
      const value = readPlain(path.reduce(entryOf, unit) ?? null);
      if (value !== null || path[0] !== 'name') return value;
      // Somebody belongs to a place or a company of which only the id is known.
      const belongs = !isNothing(unit ?? null) || !isNothing(entryOf(record, `${relation}_id`) ?? null);
      return belongs ? NAMELESS : null;
    },
  };
}

function needed(field: string): Need {
  return { model: 'employees', field };
}

function at(key: string, read: ReadValue): UnifiedField['read'] {
  return (record) => read(entryOf(record, key) ?? null);
}

function readDisplayName(record: unknown): Value | undefined {
  const shown = readPlain(entryOf(record, 'display_full_name') ?? null);
  if (shown !== null) return shown;
  const parts = ['first_name', 'last_name'].map((key) => readPlain(entryOf(record, key) ?? null));
  return parts.filter((part) => typeof part === 'string').join(' ') || null;
}
