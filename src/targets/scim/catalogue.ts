import { CUSTOM_FIELD_PREFIX } from '../../core/account.js';
import type { TargetFieldType, TypeTable } from '../../core/field-type.js';
import type { TargetField } from '../target.js';

const CORE = 'urn:ietf:params:scim:schemas:core:2.0:User';
const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

/** The schema that every user is of. */
export const USER_SCHEMA = CORE;

/** The attribute of the enterprise extension that names somebody's manager. */
export const MANAGER_PATH = `${ENTERPRISE}:manager`;

/**
 * Our names of the attributes that hold one value, and their paths in
 * https://www.rfc-editor.org/rfc/rfc7643#section-4.1 and https://www.rfc-editor.org/rfc/rfc7643#section-4.3
 */
export const PATHS = {
  external_id: 'externalId',
  first_name: 'name.givenName',
  last_name: 'name.familyName',
  display_name: 'displayName',
  job_title: 'title',
  department: `${ENTERPRISE}:department`,
  division: `${ENTERPRISE}:division`,
  organization: `${ENTERPRISE}:organization`,
  cost_center: `${ENTERPRISE}:costCenter`,
  employee_number: `${ENTERPRISE}:employeeNumber`,
  language: 'preferredLanguage',
  locale: 'locale',
  time_zone: 'timezone',
  user_type: 'userType',
} as const;

/** The path of a field that holds one value; null for a field that is written in another way. */
export function pathOf(field: string): string | null {
  if (field.startsWith(CUSTOM_FIELD_PREFIX)) return field.slice(CUSTOM_FIELD_PREFIX.length);
  return isPlain(field) ? PATHS[field] : null;
}

/** Our names of the attributes that hold several entries, of which one is ours: that of the type "work". */
export const WORK_ENTRIES = { email: 'emails', phone: 'phoneNumbers' } as const;

/** The left side of `mapping`, custom fields left out. */
export const FIELDS: readonly TargetField[] = [
  field('first_name', 'text'),
  field('last_name', 'text'),
  field('email', 'email'),
  field('user_name', 'text'),
  field('display_name', 'text'),
  field('job_title', 'text'),
  field('department', 'text'),
  field('division', 'text'),
  field('organization', 'text'),
  field('cost_center', 'text'),
  field('employee_number', 'text'),
  field('phone', 'text'),
  field('language', 'text'),
  field('locale', 'text'),
  field('time_zone', 'text'),
  // What a type of user may do is the LMS's own affair: https://www.rfc-editor.org/rfc/rfc7643#section-4.1.1
  { ...field('user_type', 'text'), givesRights: true },
  { ...field('groups', 'multi_choice'), ignoresCase: true },
  field('manager', 'employee'),
];

const TEXTS = ['text', 'choice', 'multi_choice'] as const;

/** Every user has a user name: the mapped one, else the e-mail address (https://www.rfc-editor.org/rfc/rfc7643#section-4.1.1). */
export const IDENTIFIERS = ['user_name', 'email'] as const;

/** Attributes hold texts; those of other kinds are for single extensions, whose types a mapping gives. */
export const TYPES: TypeTable = {
  text: ['text', 'choice', 'email', 'multi_choice'],
  multiline: ['text'],
  link: ['text'],
  list: TEXTS,
  tags: TEXTS,
  date: ['text', 'date'],
  integer: ['text', 'integer'],
  decimal: ['text', 'decimal'],
  boolean: ['text', 'boolean'],
  employee: ['employee'],
  unknown: [...TEXTS, 'email', 'date', 'integer', 'decimal', 'boolean', 'employee'],
};

function isPlain(name: string): name is keyof typeof PATHS {
  return Object.hasOwn(PATHS, name);
}

function field(name: string, type: TargetFieldType): TargetField {
  return { name, type, required: false, choices: null };
}
