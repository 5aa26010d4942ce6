import fc from 'fast-check';
import { addressOf, hire } from './events.js';
import { type Hr, OUR_ENTITY, type Person } from './hr.js';
import type { Lms } from './lms.js';

/** What somebody does who can write into HR and is after other people's accounts. `promote` happens in the LMS. */
const CLERK_TYPES = ['plant', 'readdress', 'readdress', 'pose', 'rename_entity', 'empty', 'promote'] as const;

/** One deed; `who` chooses the record that is used, `victim` whose account is meant. */
export interface ClerkEvent {
  readonly type: (typeof CLERK_TYPES)[number];
  readonly who: number;
  readonly victim: number;
}

export const someClerkEvent: fc.Arbitrary<ClerkEvent> = fc.record({
  type: fc.constantFrom(...CLERK_TYPES),
  who: fc.nat({ max: 11 }),
  victim: fc.nat({ max: 19 }),
});

/** Accounts with more rights than a learner, of people whom no HR system knows. */
const PRIVILEGED = [
  { role: 'owner', email: 'owner@acme.example', first_name: 'Olga', last_name: 'Oberst' },
  { role: 'admin', email: 'admin@acme.example', first_name: 'Anton', last_name: 'Amtmann' },
] as const;

const GUESTS = ['guest@else.example', 'trainer@else.example'];

/** The number of the first record that the clerk plants; people of the company have lower ones. */
const PLANTED = 50;

/** Puts the accounts into the LMS that a clerk may be after besides those of the staff. */
export function addVictims(lms: Lms): void {
  const rest = { externalId: null, state: 'active' as const, manager: null };
  for (const { role, email, ...names } of PRIVILEGED)
    lms.add({ ...rest, role, email, fields: { ...names, job_title: 'Operator', primary_team: 'IT' } });
  const trainer = { first_name: 'Tom', last_name: 'Trainer', job_title: 'Freelance', primary_team: 'Else' };
  lms.add({ ...rest, email: 'trainer@else.example', fields: trainer });
}

/** Lets one deed of the clerk happen. What does not apply to the record that it falls on is no deed. */
export function scheme({ hr, lms }: { readonly hr: Hr; readonly lms: Lms }, event: ClerkEvent, today: string): void {
  const { type, who, victim } = event;
  const people = [...hr.people.values()];
  const person = people[who % Math.max(people.length, 1)];
  switch (type) {
    case 'plant':
      plant(hr, who, addressOfVictim(hr, victim), today);
      return;
    case 'readdress':
      if (person !== undefined) person.work_email = addressOfVictim(hr, victim);
      return;
    case 'pose':
      pose(hr, victim);
      return;
    case 'rename_entity':
      renameEntity(hr, victim);
      return;
    case 'empty':
      if (person !== undefined) empty(person, victim);
      return;
    case 'promote':
      for (const account of person === undefined ? [] : lms.withExternalId(person.id)) account.role = 'admin';
      return;
  }
}

/** The address of an administrator, of a guest, of a colleague (who may have left), or of a joiner to come. */
function addressOfVictim(hr: Hr, victim: number): string {
  const others = [...PRIVILEGED.map(({ email }) => email), ...GUESTS];
  const colleagues = [...hr.people.values(), ...hr.vanished.values()].flatMap(({ work_email }) => work_email ?? []);
  const choice = victim % 3 === 0 ? others : victim % 3 === 1 && colleagues.length > 0 ? colleagues : null;
  return choice?.[Math.floor(victim / 3) % choice.length] ?? addressOf(8 + (victim % 5));
}

function plant(hr: Hr, who: number, address: string, today: string): void {
  const number = PLANTED + (who % PRIVILEGED.length);
  hire(hr, number, today);
  const record = hr.people.get(String(number));
  if (record !== undefined) record.work_email = address;
}

// Each planted record poses as an administrator of its own: with the same names, nothing but the rights tells them apart.
function pose(hr: Hr, victim: number): void {
  const at = victim % PRIVILEGED.length;
  const record = hr.people.get(String(PLANTED + at));
  const posed = PRIVILEGED[at];
  if (record === undefined || posed === undefined) return;
  record.first_name = posed.first_name;
  record.last_name = posed.last_name;
  record.work_email = posed.email;
}

function renameEntity(hr: Hr, victim: number): void {
  const name = victim % 2 === 0 ? OUR_ENTITY : 'Acme Holding GmbH';
  for (const person of hr.people.values()) if (person.legal_entity.startsWith('Acme')) person.legal_entity = name;
}

function empty(person: Person, victim: number): void {
  const what = victim % 6;
  if (what === 0) person.first_name = null;
  if (what === 1) person.last_name = null;
  if (what === 2) person.work_email = null;
  if (what === 3) person.job_title = null;
  if (what === 4) person.legal_entity = '';
  if (what === 5) person.manager = null;
}
