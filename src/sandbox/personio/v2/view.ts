import {
  type Company,
  type CustomAttribute,
  type CustomValue,
  findPerson,
  type Person,
} from '../../company/company.js';
import { hash } from '../../company/random.js';
import { asWritten, withOddities } from '../../oddities.js';
import type { PersonioSettings } from '../settings.js';
import { employmentUpdatedAt, personUpdatedAt } from './updated-at.js';

/** What one request may see of people, and in which forms. */
export interface V2View {
  readonly company: Company;
  readonly settings: PersonioSettings;
  /** What links begin with. */
  readonly origin: string;
  /** Whether an attribute, by its key in v1, is on the credential's list. */
  readonly mayRead: (attribute: string) => boolean;
}

type Json = Readonly<Record<string, unknown>>;

/**
 * A person as `/v2/persons` shows them: what belongs to the employment is not here. An empty value is null, as in the vendor's
 * examples, though no schema allows null; types of custom attributes are in lower case, as in the examples and unlike the
 * schema. `emptyValues` and `customTypes` switch both. https://developer.personio.de/reference/get_v2-persons
 */
export function personJson(profile: Person, view: V2View): Json {
  const { mayRead, company, origin, settings } = view;
  const person = asWritten(profile, company, settings);
  const shown: Json = {
    ...(mayRead('email') && { email: person.email }),
    ...(mayRead('first_name') && { first_name: person.firstName }),
    ...(mayRead('last_name') && { last_name: person.lastName }),
    ...(mayRead('preferred_name') && { preferred_name: person.preferredName }),
    ...(mayRead('gender') && { gender: person.gender?.toUpperCase() ?? 'UNSPECIFIED' }),
    ...(mayRead('profile_picture') && { profile_picture: null }),
    ...(mayRead('status') && { status: person.status === 'inactive' ? 'INACTIVE' : 'ACTIVE' }),
    ...(mayRead('created_at') && { created_at: person.createdAt }),
    ...(mayRead('last_modified_at') && { updated_at: personUpdatedAt(person, view.settings) }),
  };
  const attributes = company.customAttributes.filter(({ key }) => mayRead(key));
  const custom = attributes.flatMap((attribute) => customJson(person, attribute, view));
  const path = `${origin}/v2/persons/${person.id}`;
  const row = {
    id: String(person.id),
    ...asConfigured(person, shown, view),
    ...(attributes.length > 0 && { custom_attributes: custom }),
    employments: [{ id: employmentId(person.id, 0) }],
    _meta: { links: { self: { href: path }, employments: { href: `${path}/employments` } } },
  };
  return withOddities<Json>(row, person.id, settings);
}

/**
 * The current employment of a person, as `/v2/persons/{id}/employments` shows it. An empty value is null here too, which the
 * examples have and the schema has not: https://developer.personio.de/reference/get_v2-persons-person-id-employments
 */
export function employmentJson(profile: Person, view: V2View): Json {
  const { mayRead, company, settings, origin } = view;
  const person = asWritten(profile, company, settings);
  const units = [
    ...(mayRead('team') ? unit('team', person.teamId) : []),
    ...(mayRead('department') ? unit('department', person.departmentId) : []),
  ];
  const supervisor = findPerson(company, person.supervisorId);
  const costCenters = person.costCenterIds.map((id) => ({ id: String(id), weight: 100 / person.costCenterIds.length }));
  const shown: Json = {
    ...(mayRead('employment_type') && { type: person.employmentType.toUpperCase() }),
    ...(mayRead('position') && { position: person.position === null ? null : { title: person.position } }),
    ...(mayRead('weekly_working_hours') && { weekly_working_hours: person.weeklyHours }),
    ...(mayRead('hire_date') && { employment_start_date: person.hireDate }),
    ...(mayRead('termination_date') && { employment_end_date: person.terminationDate }),
    ...(mayRead('probation_period_end') && { probation_end_date: person.probationEnd }),
    ...(mayRead('contract_end_date') && { contract_end_date: person.contractEndDate }),
    ...(mayRead('supervisor') && { supervisor: supervisor === null ? null : reference(supervisor.id) }),
    ...(mayRead('office') && { office: reference(person.officeId) }),
    ...(mayRead('subcompany') && { legal_entity: reference(person.legalEntityId) }),
    ...((mayRead('team') || mayRead('department')) && { org_units: units }),
    ...(mayRead('cost_centers') && { cost_centers: costCenters }),
    ...(mayRead('termination_date') && { termination: termination(person, settings) }),
    ...(mayRead('created_at') && { created_at: person.createdAt }),
    ...(mayRead('last_modified_at') && { updated_at: employmentUpdatedAt(person) }),
  };
  const row = {
    id: employmentId(person.id, 0),
    person: { id: String(person.id) },
    // Shown whatever may be read, and so is who the supervisor is, below.
    status: person.status.toUpperCase(),
    ...asConfigured(person, shown, view),
    _meta: {
      links: {
        person: { href: `${origin}/v2/persons/${person.id}` },
        ...(supervisor !== null && { supervisor: { href: `${origin}/v2/persons/${supervisor.id}` } }),
      },
    },
  };
  return withOddities<Json>(row, person.id, settings);
}

/** The id of somebody's employment, a UUID; 0 is the current one. */
export function employmentId(person: number, index: number): string {
  const digits = hash(person, index, 17).toString(16).padStart(8, '0');
  return `${digits}-0000-4000-8000-${String(person).padStart(12, '0')}`;
}

function reference(id: number | null): { readonly id: string } | null {
  return id === null ? null : { id: String(id) };
}

function unit(type: 'team' | 'department', id: number | null): readonly Json[] {
  return id === null ? [] : [{ type, id: String(id) }];
}

// Also on somebody who still works: that it is there does not mean that it has happened.
function termination(person: Person, { lastWorkingDayKey }: PersonioSettings): Json | null {
  const { terminationDate, lastWorkingDay, terminationType, terminationReason } = person;
  if (terminationDate === null && lastWorkingDay === null) return null;
  const type = terminationType?.toUpperCase() ?? 'UNSPECIFIED';
  const dates = { termination_date: terminationDate, [lastWorkingDayKey]: lastWorkingDay };
  return { ...dates, terminated_at: null, type, reason: terminationReason };
}

function customJson(person: Person, { key, type }: CustomAttribute, view: V2View): readonly Json[] {
  const { customIds, customTypes, emptyValues } = view.settings;
  const value: CustomValue = person.custom[key] ?? null;
  const isEmpty = value === null || (Array.isArray(value) && value.length === 0);
  if (isEmpty && emptyValues === 'omitted') return [];
  const digits = Number(key.replace(/\D/g, ''));
  const id = customIds === 'v1' ? key : `dynamic_${hash(digits).toString(16)}.${digits}`;
  const word = customTypeWords[type];
  const isUpper = customTypes === 'upper' || (customTypes === 'mixed' && hash(person.id, digits) % 2 === 0);
  return [{ id, type: isUpper ? word.toUpperCase() : word, value, global_id: String(digits) }];
}

const customTypeWords: Readonly<Record<CustomAttribute['type'], string>> = {
  integer: 'int',
  tags: 'string_list',
  list: 'string',
  multiline: 'string',
  link: 'string',
  date: 'date',
};

function asConfigured({ id }: Person, whole: Json, { settings }: V2View): Json {
  const lacking = settings.lacks[id] ?? [];
  const shown = Object.fromEntries(Object.entries(whole).filter(([key]) => !lacking.includes(key)));
  if (settings.emptyValues === 'null') return shown;
  const held = ([, value]: [string, unknown]) => value !== null && !(Array.isArray(value) && value.length === 0);
  return Object.fromEntries(Object.entries(shown).filter(held));
}
