import fc from 'fast-check';
import { addDays } from '../../../src/core/day.js';
import { type Hr, OUR_ENTITY, type Person } from './hr.js';
import { userOf } from './lms.js';

/** Everything that can happen in the HR system between two nights. */
export const EVENT_TYPES = [
  'hire',
  'hire',
  'move_hire',
  'withdraw_hire',
  'leave',
  'terminate',
  'withdraw_termination',
  'inactivate',
  'rehire_same',
  'rehire_new',
  'swap_emails',
  'rename_department',
  'manager',
  'manager_loop',
  'no_manager',
  'clear_field',
  'title',
  'rename',
  'clear_email',
  'own_email',
  'duplicate_email',
  'email_case',
  'out_of_scope',
  'in_scope',
  'vanish',
  'come_back',
] as const;

/** One event; `who` and `other` choose among the people there are, `days` is a distance from today. */
export interface HrEvent {
  readonly type: (typeof EVENT_TYPES)[number];
  readonly who: number;
  readonly other: number;
  readonly days: number;
}

export const someEvent: fc.Arbitrary<HrEvent> = fc.record({
  type: fc.constantFrom(...EVENT_TYPES),
  who: fc.nat({ max: 11 }),
  other: fc.nat({ max: 11 }),
  days: fc.integer({ min: -3, max: 5 }),
});

/** The address that somebody is given when they are hired. */
export function addressOf(number: number): string {
  return `p${number}@acme.example`;
}

/** The names that somebody bears when they are hired. */
export function namesOf({ namesApart }: Hr, number: number): { first_name: string; last_name: string } {
  if (!namesApart) return { first_name: `Mia ${number}`, last_name: 'Adler' };
  return { first_name: `Mia${number}`, last_name: `Adler${number}` };
}

/** Hires person number `number`, unless they are, or have been, in HR already. */
export function hire(hr: Hr, number: number, start: string): void {
  const id = String(number);
  if (hr.people.has(id) || hr.vanished.has(id)) return;
  hr.people.set(id, {
    id,
    ...namesOf(hr, number),
    work_email: addressOf(number),
    job_title: 'Engineer',
    department: number % 2 === 0 ? 'Sales' : 'Care',
    status: 'employed',
    start_date: start,
    termination_date: null,
    manager: number % 3 === 0 ? '1' : null,
    legal_entity: OUR_ENTITY,
    hires: 1,
  });
}

/** Lets one event happen on a day. What does not apply to the person whom it falls on is no event. */
export function happen(hr: Hr, event: HrEvent, today: string): void {
  const day = addDays(today, event.days);
  if (event.type === 'hire') hire(hr, event.who + 1, day);
  if (event.type === 'come_back') comeBack(hr, event.who);
  const people = [...hr.people.values()];
  const person = people[event.who % Math.max(people.length, 1)];
  const other = people[event.other % Math.max(people.length, 1)];
  if (person !== undefined && other !== undefined) happenTo(hr, event, today, day, person, other);
}

function happenTo(hr: Hr, event: HrEvent, today: string, day: string, person: Person, other: Person): void {
  switch (event.type) {
    case 'hire':
    case 'come_back':
      return;
    case 'move_hire':
      if (person.start_date > today) person.start_date = day > today ? day : addDays(today, 1);
      return;
    case 'withdraw_hire':
      if (person.start_date > today && person.hires === 1) hr.people.delete(person.id);
      return;
    case 'leave':
      if (person.status !== 'inactive') person.status = person.status === 'leave' ? 'employed' : 'leave';
      return;
    case 'terminate':
      person.termination_date = day;
      return;
    case 'withdraw_termination':
      person.termination_date = null;
      return;
    case 'inactivate':
      person.status = 'inactive';
      return;
    case 'rehire_same':
      if (hasLeft(person, today)) Object.assign(person, employedFrom(day), { hires: person.hires + 1 });
      return;
    case 'rehire_new':
      rehireNew(hr, person, today, day, event.other % 2 === 0);
      return;
    case 'swap_emails':
      [person.work_email, other.work_email] = [other.work_email, person.work_email];
      return;
    case 'rename_department':
      for (const one of hr.people.values())
        if (one.department === person.department) one.department = `Team ${event.other % 3}`;
      return;
    case 'manager':
      person.manager = other.id;
      return;
    case 'manager_loop':
      person.manager = other.id;
      other.manager = person.id;
      return;
    case 'no_manager':
      person.manager = null;
      return;
    case 'clear_field':
      person.job_title = null;
      return;
    case 'title':
      person.job_title = `Title ${event.other % 3}`;
      return;
    case 'rename':
      person.first_name = hr.namesApart ? `Ada${userOf(person.id)}` : `Ada ${event.other % 3}`;
      return;
    case 'clear_email':
      person.work_email = null;
      return;
    case 'own_email':
      person.work_email = `own${event.other % 3}.${person.id}@acme.example`;
      return;
    case 'duplicate_email':
      person.work_email = other.work_email;
      return;
    case 'email_case':
      person.work_email = person.work_email === null ? null : person.work_email.toUpperCase();
      return;
    case 'out_of_scope':
      person.legal_entity = 'Acme Ltd';
      return;
    case 'in_scope':
      person.legal_entity = OUR_ENTITY;
      return;
    case 'vanish':
      hr.people.delete(person.id);
      hr.vanished.set(person.id, person);
      return;
  }
}

function comeBack(hr: Hr, who: number): void {
  const people = [...hr.vanished.values()];
  const person = people[who % Math.max(people.length, 1)];
  if (person === undefined) return;
  hr.vanished.delete(person.id);
  hr.people.set(person.id, person);
}

function hasLeft(person: Person, today: string): boolean {
  return person.status === 'inactive' || (person.termination_date !== null && person.termination_date < today);
}

function employedFrom(start: string): Pick<Person, 'status' | 'start_date' | 'termination_date'> {
  return { status: 'employed', start_date: start, termination_date: null };
}

// The new record takes the address along; the old one keeps it in some HR systems, and loses it in others.
function rehireNew(hr: Hr, person: Person, today: string, start: string, keepsAddress: boolean): void {
  const id = `${person.id}r`;
  if (!hasLeft(person, today) || hr.people.has(id) || hr.vanished.has(id)) return;
  hr.people.set(id, { ...person, ...employedFrom(start), id, hires: 1 });
  if (!keepsAddress) person.work_email = null;
}
