import type { TargetFieldType, TypeTable } from '../../core/field-type.js';
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

const TEXTS = ['text', 'choice', 'multi_choice'] as const;

/** Everything is sent as text, so only days, addresses and people ask for an attribute of their own kind. */
export const TYPES: TypeTable = {
  text: [...TEXTS, 'email'],
  multiline: ['text'],
  link: ['text'],
  list: TEXTS,
  tags: TEXTS,
  date: ['date', 'text'],
  integer: TEXTS,
  decimal: TEXTS,
  boolean: [...TEXTS, 'boolean'],
  employee: ['employee'],
  unknown: [...TEXTS, 'email', 'date', 'boolean', 'employee'],
};

/** Whether a field is one text of a user. */
export function isPlain(name: string): name is PlainField {
  return Object.hasOwn(KEYS, name);
}

function field(name: string, type: TargetFieldType): TargetField {
  return { name, type, required: false, choices: null };
}
