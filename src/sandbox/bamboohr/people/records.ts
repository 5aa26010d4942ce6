import { type Company, findPerson, type Person } from '../../company/company.js';
import type { CompanyView } from '../parts.js';

/** One employee of BambooHR: normally all employments of a person. */
export interface EmployeeRecord {
  /** Number of the first profile; it never changes. */
  readonly id: number;
  /** The profile of the first employment. */
  readonly first: Person;
  /** The profile of the present or last employment. */
  readonly person: Person;
  /** The profile of the employment before that. */
  readonly former: Person | null;
}

/** Everybody, ascending by id. */
export function recordsOf({ company, settings }: CompanyView): readonly EmployeeRecord[] {
  const { people } = company;
  const successors = new Map<number, Person>();
  if (settings.rehires === 'same_record') {
    for (const person of people) if (person.formerId !== undefined) successors.set(person.formerId, person);
  }
  if (successors.size === 0) return people.map((person) => ({ id: person.id, first: person, person, former: null }));
  return people.filter((person) => formerOf(company, person) === null).map((first) => follow(first, successors));
}

/** The record that a profile belongs to, by its id; null where there is none. */
export function recordIdOf(id: number | null, { company, settings }: CompanyView): number | null {
  let person = findPerson(company, id);
  if (settings.rehires === 'new_record') return person?.id ?? null;
  for (let former = person; former !== null; former = formerOf(company, former)) person = former;
  return person?.id ?? null;
}

function follow(first: Person, successors: ReadonlyMap<number, Person>): EmployeeRecord {
  let person = first;
  let former: Person | null = null;
  for (let next = successors.get(first.id); next !== undefined; next = successors.get(next.id)) {
    former = person;
    person = next;
  }
  return { id: first.id, first, person, former };
}

function formerOf(company: Company, { formerId }: Person): Person | null {
  return findPerson(company, formerId ?? null);
}
