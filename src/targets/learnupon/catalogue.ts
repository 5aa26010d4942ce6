import type { TargetFieldType, TypeTable } from '../../core/field-type.js';
import type { TargetField } from '../target.js';

/** Codes that `language` takes, exactly as written: https://docs.learnupon.com/api/ */
const LANGUAGES =
  'en en_gb cs da nl nl_be fi_fl fr fr_ca de hu id it ja ko nb_no pl pt pt_br ru sk es sv tr vi_vn zh_cn zh_tw'.split(
    ' ',
  );

/** Our names of the attributes that are written as one text, and LearnUpon's: https://docs.learnupon.com/api/ */
export const KEYS = {
  first_name: 'first_name',
  last_name: 'last_name',
  email: 'email',
  username: 'username',
  language: 'language',
  time_zone: 'timezone_id',
  leave_date: 'account_expires',
} as const;

/** The left side of `mapping`, custom fields left out. */
export const FIELDS: readonly TargetField[] = [
  field('first_name', 'text'),
  field('last_name', 'text'),
  field('email', 'email', { required: true }),
  field('username', 'text'),
  field('language', 'choice', { choices: LANGUAGES }),
  field('time_zone', 'text'),
  field('leave_date', 'date'),
  { ...field('groups', 'multi_choice'), ignoresCase: true },
  field('manager', 'employee'),
];

/**
 * The map of LearnUpon's own Personio connector: https://support.learnupon.com/hc/en-us/articles/9484808639389. There is
 * no boolean type, so a yes or no becomes one of two texts.
 */
export const TYPES: TypeTable = {
  text: ['text', 'email', 'choice'],
  multiline: ['text'],
  link: ['text'],
  list: ['text', 'choice'],
  tags: ['text', 'multi_choice'],
  date: ['date'],
  integer: ['integer', 'integer_choice'],
  decimal: ['decimal', 'decimal_choice'],
  boolean: ['text', 'choice', 'boolean'],
  employee: ['employee'],
  unknown: [
    'text',
    'email',
    'date',
    'integer',
    'decimal',
    'boolean',
    'choice',
    'integer_choice',
    'decimal_choice',
    'multi_choice',
    'employee',
  ],
};

function field(
  name: string,
  type: TargetFieldType,
  { required = false, choices = null }: Partial<Pick<TargetField, 'required' | 'choices'>> = {},
): TargetField {
  return { name, type, required, choices };
}
