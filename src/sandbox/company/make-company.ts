import type { Day } from '../../core/day.js';
import type { Company, Person } from './company.js';
import { makePerson } from './make-person.js';
import { makeOrganisation } from './organisation.js';
import { createRandom } from './random.js';

/** The number of the first profile. */
const firstId = 1001;

/** What a made-up company depends on, and all that it depends on. */
export interface CompanyRecipe {
  /** How many profiles, inactive ones included. */
  readonly size: number;
  readonly seed: number;
  readonly today: Day;
}

/**
 * Makes up a company: the same recipe gives the same people, everywhere. Of a hundred profiles about 92 are people who
 * should have an account; the rest has left or has no mailbox. The first profile is the CEO.
 */
export function makeCompany({ size, seed, today }: CompanyRecipe): Company {
  const random = createRandom(seed);
  const organisation = makeOrganisation(random);
  const frame = { ...organisation, name: 'Acme', seed, today, nextId: firstId + size };
  const people: Person[] = [];
  const addresses = new Map<string, number>();
  for (let index = 0; index < size; index += 1) {
    people.push(makePerson({ index, firstId, frame, people, addresses, random }));
  }
  return { ...frame, people };
}
