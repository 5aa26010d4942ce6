import { isDay } from '../../core/day.js';
import type { Company, Person } from '../company/company.js';
import { customKeys } from '../company/organisation.js';
import type { KomboSettings } from './settings.js';

/** A field that somebody defined in Kombo, and what it is mapped to in the HR system. */
export interface CustomField {
  readonly key: string;
  readonly label: string;
  /** Key of the integration field, or null where it is mapped to nothing. */
  readonly from: string | null;
  readonly value: (person: Person) => unknown;
}

const DEFINED: readonly CustomField[] = [
  { key: 'badge', label: 'Badge number', from: customKeys.badge, value: (person) => person.custom[customKeys.badge] },
  { key: 'skills', label: 'Skills', from: customKeys.skills, value: (person) => person.custom[customKeys.skills] },
  {
    key: 'certified_on',
    label: 'Certified on',
    from: customKeys.certified,
    value: (person) => instantOf(person.custom[customKeys.certified]),
  },
  { key: 'lms_first_name', label: 'First name for the LMS', from: 'GIVEN_NAME', value: (person) => person.firstName },
  { key: 'lms_last_name', label: 'Last name for the LMS', from: 'FAMILY_NAME', value: (person) => person.lastName },
  { key: 'lms_email', label: 'E-mail for the LMS', from: 'EMAIL_ADDRESS', value: (person) => person.email },
  { key: 'lms_language', label: 'Language for the LMS', from: null, value: () => null },
];

/** The custom fields of the account; what they are mapped to depends on the integration. */
export function customFields(settings: KomboSettings): readonly CustomField[] {
  return DEFINED.map((field) => (settings.unmapped.includes(field.key) ? { ...field, from: null } : field));
}

/** A field of the HR system itself. */
export interface IntegrationField {
  readonly key: string;
  readonly label: string | null;
  readonly value: (person: Person) => unknown;
}

/** What the HR system has beyond Kombo's own fields. */
export function integrationFields(company: Company): readonly IntegrationField[] {
  const attributes = company.customAttributes.map(({ key, label }) => {
    return { key, label, value: (person: Person) => person.custom[key] ?? null };
  });
  return [...attributes, { key: 'GIVEN_NAME', label: null, value: (person) => person.firstName }];
}

/** A day as Kombo writes it: midnight UTC. What is no day stays as it is. */
export function instantOf(day: unknown): string | null {
  if (typeof day !== 'string') return null;
  return isDay(day) ? `${day}T00:00:00.000Z` : day;
}
