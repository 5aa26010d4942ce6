import type { Company, Person, Sandbox } from '../../src/sandbox/index.js';

/** Plain employees: at work for long, with an address, a department and a manager, and nobody below them. */
export function plainPeople(company: Company): readonly Person[] {
  const managers = new Set(company.people.map(({ supervisorId }) => supervisorId));
  return company.people.filter(
    (person) =>
      person.status === 'active' &&
      person.terminationDate === null &&
      person.email !== null &&
      !person.email.includes('-personio-login@') &&
      person.position !== null &&
      person.officeId !== null &&
      person.departmentId !== null &&
      person.supervisorId !== null &&
      !managers.has(person.id),
  );
}

/** One of the plain employees, who must exist. */
export function plainPerson(company: Company, index = 0): Person {
  const person = plainPeople(company)[index];
  if (person === undefined) throw new RangeError(`the company has no ${index + 1} plain employees`);
  return person;
}

/** The one at the top, who has an account and no manager. */
export function topManager(company: Company): Person {
  const person = company.people.find(({ supervisorId }) => supervisorId === null);
  if (person === undefined) throw new RangeError('the company has nobody at the top');
  return person;
}

/** Somebody at work who has a manager and is one. */
export function middleManager({ people }: Company): Person {
  const managers = new Set(people.map(({ supervisorId }) => supervisorId));
  const person = people.find(({ id, status, supervisorId }) => {
    return status === 'active' && supervisorId !== null && managers.has(id);
  });
  if (person === undefined) throw new RangeError('the company has nobody in the middle');
  return person;
}

/** Name of a unit, which must exist. */
export function unitName(units: Company['departments'], id: number | null): string {
  const unit = units.find((one) => one.id === id);
  if (unit === undefined) throw new RangeError(`no unit has the id ${id}`);
  return unit.name;
}

/** Enters a newcomer, whose address is made of the name; those who start later than today are onboarding. */
export function hire({ hr }: Pick<Sandbox, 'hr'>, name: string, on: string): Person {
  const email = `${name.toLowerCase()}@acme.example`;
  const person = hr.apply({ kind: 'hire', firstName: name, lastName: 'Newcomer', email, on });
  if (person === null) throw new Error('nobody was hired');
  return person;
}
