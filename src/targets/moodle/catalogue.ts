import type { TargetFieldType, TypeTable } from '../../core/field-type.js';
import { TEXT_TYPES, TEXTS } from '../kit/text-types.js';
import type { TargetField } from '../target.js';

/** Our names of the fields that are one text of a user, and Moodle's. */
export const KEYS = {
  external_id: 'idnumber',
  email: 'email',
  first_name: 'firstname',
  last_name: 'lastname',
  username: 'username',
  department: 'department',
  organization: 'institution',
  city: 'city',
  country: 'country',
  language: 'lang',
  time_zone: 'timezone',
  phone: 'phone1',
} as const;

export type PlainField = keyof typeof KEYS;

const USERNAME = 'the address at creation, unless a line says otherwise; a mapped one changes with HR';

/** The left side of `mapping`, custom fields left out. */
export const FIELDS: readonly TargetField[] = [
  { ...field('first_name', 'text'), required: true },
  { ...field('last_name', 'text'), required: true },
  { ...field('email', 'email'), required: true },
  { ...field('username', 'text'), spelling: (name) => name.toLowerCase(), remark: USERNAME },
  field('department', 'text'),
  field('organization', 'text'),
  field('city', 'text'),
  { ...field('country', 'text'), spelling: (code) => code.toUpperCase() },
  field('language', 'text'),
  field('time_zone', 'text'),
  field('phone', 'text'),
  field('cohorts', 'multi_choice'),
  field('manager', 'employee'),
];

/** Yes and no go into checkboxes as well. */
export const TYPES: TypeTable = {
  ...TEXT_TYPES,
  boolean: [...TEXTS, 'boolean'],
  unknown: [...TEXTS, 'email', 'date', 'boolean', 'employee'],
};

/** Whether a field is one text of a user. */
export function isPlain(name: string): name is PlainField {
  return Object.hasOwn(KEYS, name);
}

function field(name: string, type: TargetFieldType): TargetField {
  return { name, type, required: false, choices: null };
}
