import type { TargetFieldType, TypeTable } from '../../core/field-type.js';
import type { MappedField } from '../../core/mapping.js';

/** Codes of https://360learning.readme.io/docs/ (v2 reference, `lang` of a user). */
const LANGUAGES =
  'bg cs da de el en es fi fr hr ht_HT hu id it ja kar_MM ko lt mh_MH nl nl_BE no pl pt ro ru rw_RW sk sl so_SO sv sw_KE th ti_ET tr uk zh vi'.split(
    ' ',
  );

/** Our names of the fields that are plain texts of a user, and 360Learning's. */
export const KEYS = {
  first_name: 'firstName',
  last_name: 'lastName',
  email: 'mail',
  username: 'username',
  job_title: 'job',
  organization: 'organization',
  phone: 'phone',
  language: 'lang',
  additional_information: 'custom',
} as const;

/** The place in the org chart, as the id of a group; managed where the settings have levels. */
export const GROUP = 'group';

/** The left side of `mapping`, custom fields left out. */
export const FIELDS: readonly MappedField[] = [
  field('first_name', 'text'),
  field('last_name', 'text'),
  { ...field('email', 'email'), required: true, spelling: (address) => address.toLowerCase() },
  field('username', 'text'),
  field('job_title', 'text'),
  field('organization', 'text'),
  field('phone', 'text'),
  { ...field('language', 'choice'), choices: LANGUAGES, spelling: languageCode },
  field('additional_information', 'text'),
  field('manager', 'employee'),
  field('leave_date', 'date'),
];

const TEXTS = ['text', 'choice', 'email'] as const;

/** Days are days, and everything else is text. */
export const TYPES: TypeTable = {
  text: TEXTS,
  multiline: ['text'],
  link: ['text'],
  list: TEXTS,
  tags: ['text', 'choice'],
  date: ['date', 'text'],
  integer: ['text', 'choice'],
  decimal: ['text', 'choice'],
  boolean: ['text', 'choice'],
  employee: ['employee'],
  unknown: [...TEXTS, 'date', 'employee'],
};

/** The code for a locale: `de-DE` → `de`, `nl-be` → `nl_BE`, `en_GB` → `en`. Without one the text stays as it is. */
export function languageCode(locale: string): string {
  const folded = locale.trim().replace('-', '_').toLowerCase();
  const language = folded.split('_', 1)[0] ?? '';
  const code = (wanted: string) => LANGUAGES.find((one) => one.toLowerCase() === wanted);
  return code(folded) ?? code(language) ?? LANGUAGES.find((one) => one.startsWith(`${language}_`)) ?? locale;
}

/** Whether 360Learning has a language of that code. */
export function isLanguage(code: string): boolean {
  return LANGUAGES.includes(code);
}

function field(name: string, type: TargetFieldType): MappedField {
  return { name, type, required: false, choices: null };
}
