import { CUSTOM_FIELD_PREFIX } from '../../core/account.js';
import type { TargetFieldType } from '../../core/field-type.js';
import type { TargetField } from '../target.js';

/** Codes that `language` takes, exactly as written: https://developers.learnamp.com/#supported-language-codes */
const LANGUAGES = [
  'en',
  'en-US',
  'de',
  'es',
  'es-CO',
  'fr',
  'fr-CA',
  'it',
  'nl',
  'pt-BR',
  'pt-PT',
  'pl',
  'ru',
  'no',
  'sv',
  'da',
  'zh-CN',
  'zh-TW',
  'ja',
  'ar',
  'sk',
  'ca',
  'cy',
  'el',
  'hu',
  'ro',
  'tr',
] as const;

/** Roles that the API gives; the owner's rights never come from a mapping: https://developers.learnamp.com/#create-a-user */
const ROLES = ['viewer', 'curator', 'reporter', 'learning_designer', 'hr', 'admin'] as const;

/** Our names of the fields that are written as one text, and Learn Amp's: https://developers.learnamp.com/#update-a-user */
export const KEYS = {
  first_name: 'firstName',
  last_name: 'lastName',
  email: 'email',
  external_id: 'integrationExternalId',
  job_title: 'jobTitle',
  primary_location: 'location',
  department: 'department',
  hire_date: 'hireDate',
  language: 'language',
  role: 'role',
  occupation_role: 'occupationRole',
} as const;

/** Keys that the documented API has already, so that no setting may name them. */
export const DOCUMENTED_KEYS: readonly string[] = [
  ...Object.values(KEYS),
  'primaryTeamId',
  'primaryTeamIntegrationExternalId',
  'secondaryTeamIds',
  'secondaryTeamIntegrationExternalIds',
  'managerId',
  'managerEmail',
  'customFields',
  'skipInvitation',
  'reactivate',
];

/** The left side of `mapping`, custom fields left out. */
export const FIELDS: readonly TargetField[] = [
  field('first_name', 'text', { required: true }),
  field('last_name', 'text', { required: true }),
  field('email', 'email', { required: true }),
  field('job_title', 'text'),
  named('primary_team', 'text'),
  named('secondary_teams', 'multi_choice'),
  named('primary_location', 'text'),
  named('department', 'text'),
  field('hire_date', 'date'),
  field('manager', 'employee'),
  field('language', 'choice', { choices: LANGUAGES }),
  // https://developers.learnamp.com/#create-a-user: a viewer learns; every other role may do more.
  { ...field('role', 'choice', { choices: ROLES }), givesRights: true, learnerValues: ['viewer'] },
  { ...named('occupation_role', 'text'), givesRights: true },
  field('leave_date', 'date'),
  field('avatar', 'text'),
];

export { TEXT_TYPES as TYPES } from '../kit/text-types.js';

/** Whether a mapping may name this field. */
export function isField(name: string): boolean {
  return name.startsWith(CUSTOM_FIELD_PREFIX) || FIELDS.some((one) => one.name === name);
}

function field(
  name: string,
  type: TargetFieldType,
  { required = false, choices = null }: Partial<Pick<TargetField, 'required' | 'choices'>> = {},
): TargetField {
  return { name, type, required, choices };
}

// The name of something that stands in Learn Amp already, in the capitals that it has there.
function named(name: string, type: TargetFieldType): TargetField {
  return { ...field(name, type), ignoresCase: true };
}
