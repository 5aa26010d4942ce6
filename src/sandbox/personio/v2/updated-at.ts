import type { Person } from '../../company/company.js';
import { lastModified } from '../attributes.js';
import type { PersonioSettings } from '../settings.js';

/** What stands on a person in v2; all else but custom attributes stands on the employment. */
const ON_PERSON: ReadonlySet<string> = new Set(['firstName', 'lastName', 'preferredName', 'email', 'gender']);

/**
 * When a person was last changed. That a promotion does not count follows from where its field stands, and is documented
 * nowhere. https://developer.personio.de/reference/get_v2-persons
 */
export function personUpdatedAt(person: Person, { personUpdatedAt: what }: PersonioSettings): string {
  return what === 'own' ? lastModified(person, changed(person).filter(isOnPerson(person))) : lastModified(person);
}

/** When an employment was last changed. */
export function employmentUpdatedAt(person: Person): string {
  const isOwn = isOnPerson(person);
  return lastModified(
    person,
    changed(person).filter((field) => !isOwn(field)),
  );
}

function changed({ changedAt }: Person): readonly string[] {
  return Object.keys(changedAt);
}

function isOnPerson({ custom }: Person): (field: string) => boolean {
  return (field) => ON_PERSON.has(field) || Object.hasOwn(custom, field);
}
