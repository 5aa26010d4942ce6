import { type Company, findPerson, type Person, type PersonData, type Unit } from './company.js';
import { hash } from './random.js';

/** An event names somebody or something that this company does not have. */
export class UnknownInCompanyError extends Error {
  override readonly name = 'UnknownInCompanyError';
}

/** @throws UnknownInCompanyError */
export function requirePerson(company: Company, id: number): Person {
  const person = findPerson(company, id);
  if (person === null) throw new UnknownInCompanyError(`nobody has the id ${id}`);
  return person;
}

/** @throws UnknownInCompanyError */
export function requireUnit(units: readonly Unit[], name: string): Unit {
  const unit = units.find((one) => one.name === name);
  if (unit === undefined) {
    throw new UnknownInCompanyError(`${name} does not exist; there is ${units.map((one) => one.name).join(', ')}`);
  }
  return unit;
}

/** Changes fields of a profile and remembers when each of them really changed. */
export function changePerson(person: Person, changes: Partial<PersonData>, at: string): Person {
  const before = flat(person);
  Object.assign(person, changes);
  const differing = Object.entries(flat(person)).filter(([field, value]) => value !== before[field]);
  person.changedAt = { ...person.changedAt, ...Object.fromEntries(differing.map(([field]) => [field, at])) };
  return person;
}

/** A profile in which nothing is filled in yet, under the next free id. */
export function freshProfile(company: Company, at: string): Person {
  return {
    id: company.nextId,
    createdAt: at,
    changedAt: {},
    firstName: '',
    lastName: '',
    preferredName: null,
    email: null,
    gender: null,
    status: 'active',
    position: null,
    supervisorId: null,
    employmentType: 'internal',
    weeklyHours: 40,
    hireDate: null,
    contractEndDate: null,
    probationEnd: null,
    terminationDate: null,
    terminationType: null,
    terminationReason: null,
    lastWorkingDay: null,
    legalEntityId: company.legalEntities[0]?.id ?? null,
    officeId: company.offices[0]?.id ?? null,
    departmentId: null,
    teamId: null,
    costCenterIds: [],
    custom: {},
  };
}

/** The address that a former profile keeps once its own has moved to the new one. */
export function markReused(email: string, where: 'local_part' | 'end', ...seeds: readonly number[]): string {
  const mark = `_${hash(...seeds)
    .toString(36)
    .padStart(5, '0')
    .slice(-5)}`;
  return where === 'end' ? `${email}${mark}` : email.replace('@', `${mark}@`);
}

/** Fields and custom values side by side, as text, for comparing. */
function flat({ custom, changedAt: _, ...fields }: Person): Readonly<Record<string, string>> {
  const all = Object.entries({ ...fields, ...custom });
  return Object.fromEntries(all.map(([field, value]) => [field, JSON.stringify(value)]));
}
