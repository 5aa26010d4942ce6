import type { Day } from '../../core/day.js';
import { changePerson, freshProfile, markReused, requirePerson, requireUnit } from './change.js';
import { type Company, indexOfPerson, type Person, type Unit } from './company.js';
import { plusDays } from './days.js';
import { type CompanyEvent, companyEventSchema, type ParsedEvent } from './events.js';

/**
 * Lets one thing happen, in place, at an instant that becomes the profile's time of modification.
 *
 * @returns the profile concerned (the new one after `hire` and `rehire`), or null where none is left or none was meant
 * @throws UnknownInCompanyError when the event names a person or department that does not exist
 */
export function applyEvent(company: Company, event: CompanyEvent, at: Date): Person | null {
  return carryOut(company, companyEventSchema.parse(event), at.toISOString());
}

function carryOut(company: Company, event: ParsedEvent, at: string): Person | null {
  if (event.kind === 'hire') return hire(company, event, at);
  if (event.kind === 'rename_department') return rename(company.departments, event.department, event.to, at);
  if (event.kind === 'rename_unit') return rename(unitsOf(company, event.of), event.unit, event.to, at);
  const person = requirePerson(company, event.person);
  switch (event.kind) {
    case 'move_hire_date':
      return changePerson(person, { hireDate: event.to, status: statusOnHire(company, event.to) }, at);
    case 'withdraw_hire':
      return event.how === 'delete' ? remove(company, person) : changePerson(person, { status: 'inactive' }, at);
    case 'promote':
      return changePerson(person, { position: event.to }, at);
    case 'change_department':
      return changePerson(person, { departmentId: requireUnit(company.departments, event.to).id, teamId: null }, at);
    case 'change_manager':
      return changePerson(person, { supervisorId: event.to }, at);
    case 'change_name':
      return changePerson(person, withoutUndefined(event), at);
    case 'change_email':
      return changePerson(person, { email: event.to }, at);
    case 'swap_emails':
      return swapEmails(person, requirePerson(company, event.with), at);
    case 'terminate':
      return terminate(company, person, event, at);
    case 'withdraw_termination':
      return changePerson(
        person,
        { ...noTermination, ...(person.status === 'inactive' && { status: 'active' as const }) },
        at,
      );
    case 'set_status':
      return changePerson(person, { status: event.status }, at);
    case 'rehire':
      return rehire(company, person, event, at);
    case 'clear':
      return changePerson(person, { [event.field]: null }, at);
    case 'set_custom':
      return changePerson(person, { custom: { ...person.custom, [event.key]: event.value } }, at);
    case 'delete':
      return remove(company, person);
  }
}

/**
 * Lets the days pass up to and including `day`: people join on their hire date and are inactive on the day after their
 * termination date. No profile counts as modified by it. Earlier days than today are refused: time does not go back.
 */
export function moveTo(company: Company, day: Day): void {
  if (day < company.today) throw new RangeError(`it is ${company.today} already; ${day} lies before it`);
  const before = company.today;
  company.today = day;
  for (const person of company.people) {
    if (person.status === 'onboarding' && person.hireDate !== null && person.hireDate <= day) person.status = 'active';
    // Only on the day itself: a status that HR sets by hand afterwards stays.
    const lastDay = person.terminationDate;
    if (lastDay !== null && lastDay >= before && lastDay < day) person.status = 'inactive';
  }
}

type EventOf<Kind extends ParsedEvent['kind']> = Extract<ParsedEvent, { kind: Kind }>;

function rename(units: readonly Unit[], name: string, to: string, at: string): null {
  Object.assign(requireUnit(units, name), { name: to, renamedAt: at });
  return null;
}

function unitsOf(company: Company, kind: EventOf<'rename_unit'>['of']): readonly Unit[] {
  switch (kind) {
    case 'team':
      return company.teams;
    case 'office':
      return company.offices;
    case 'legal_entity':
      return company.legalEntities;
    case 'cost_center':
      return company.costCenters;
  }
}

const noTermination = {
  terminationDate: null,
  terminationType: null,
  terminationReason: null,
  lastWorkingDay: null,
} as const;

function statusOnHire(company: Company, hireDate: Day): 'onboarding' | 'active' {
  return hireDate > company.today ? 'onboarding' : 'active';
}

function hire(company: Company, event: EventOf<'hire'>, at: string): Person {
  const hireDate = event.on ?? company.today;
  const supervisor = event.supervisor === undefined ? null : requirePerson(company, event.supervisor);
  const department = event.department === undefined ? null : requireUnit(company.departments, event.department);
  return add(company, {
    ...freshProfile(company, at),
    firstName: event.firstName,
    lastName: event.lastName,
    email: event.email,
    position: event.position ?? null,
    supervisorId: supervisor?.id ?? null,
    departmentId: department?.id ?? null,
    hireDate,
    status: statusOnHire(company, hireDate),
  });
}

/** A former employment must be over before the next one begins. */
function firstPossibleDay(today: Day, terminationDate: Day | null): Day {
  return terminationDate === null || terminationDate < today ? today : plusDays(terminationDate, 1);
}

function rehire(company: Company, former: Person, event: EventOf<'rehire'>, at: string): Person {
  const hireDate = event.on ?? firstPossibleDay(company.today, former.terminationDate);
  const { email } = former;
  if (email !== null) changePerson(former, { email: markReused(email, event.mark, company.seed, former.id) }, at);
  return add(company, {
    ...former,
    ...noTermination,
    id: company.nextId,
    formerId: former.id,
    createdAt: at,
    changedAt: {},
    email,
    position: event.position ?? former.position,
    hireDate,
    status: statusOnHire(company, hireDate),
  });
}

function terminate(company: Company, person: Person, event: EventOf<'terminate'>, at: string): Person {
  const termination = {
    terminationDate: event.on,
    terminationType: event.type,
    terminationReason: event.reason ?? null,
    lastWorkingDay: event.lastWorkingDay ?? event.on,
  };
  return changePerson(person, { ...termination, ...(event.on < company.today && { status: 'inactive' }) }, at);
}

function swapEmails(one: Person, other: Person, at: string): Person {
  const { email } = one;
  changePerson(one, { email: other.email }, at);
  changePerson(other, { email }, at);
  return one;
}

function add(company: Company, person: Person): Person {
  company.people.push(person);
  company.nextId = person.id + 1;
  return person;
}

function remove(company: Company, person: Person): null {
  company.people.splice(indexOfPerson(company, person.id), 1);
  return null;
}

function withoutUndefined({ firstName, lastName, email }: EventOf<'change_name'>): Partial<Person> {
  return {
    ...(firstName !== undefined && { firstName }),
    ...(lastName !== undefined && { lastName }),
    ...(email !== undefined && { email }),
  };
}
