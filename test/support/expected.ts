import type { Company, Person, Sandbox } from '../../src/sandbox/index.js';
import type { Account } from '../../src/sandbox/learnamp/account.js';

/** One account as people see it: teams by name, the manager by employee id. */
interface Shown {
  readonly email: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly jobTitle: string | null;
  readonly team: string | null;
  readonly department: string | null;
  readonly location: string | null;
  readonly hireDate: string | null;
  readonly manager: string | null;
  readonly customFields: Readonly<Record<string, string>>;
  readonly active: boolean;
}

type IdOf = (person: Pick<Person, 'id'>) => string;

type Accounts = Readonly<Record<string, Shown>>;

/** What Learn Amp holds of the people who bear an employee id, by that id. */
export function heldAccounts({ lms }: Pick<Sandbox, 'lms'>): Accounts {
  const linked = lms.list().filter(({ integrationExternalId }) => integrationExternalId !== null);
  return Object.fromEntries(linked.map((account) => [account.integrationExternalId, shown(account, lms)]));
}

/** The same without those who cannot log in. */
export function activeAccounts(sandbox: Pick<Sandbox, 'lms'>): Accounts {
  return Object.fromEntries(Object.entries(heldAccounts(sandbox)).filter(([, { active }]) => active));
}

/**
 * What Learn Amp should hold of a company after a first import with the usual config, told from HR's own records: who
 * works here, has a mailbox of their own, and has started. `idOf` is the employee id that a source gives to somebody.
 */
export function expectedAccounts(company: Company, today: string, idOf: IdOf = ({ id }) => String(id)): Accounts {
  const staff = company.people.filter((person) => isWanted(person, today));
  const ids = new Map(staff.map((person) => [person.id, idOf(person)]));
  return Object.fromEntries(staff.map((person) => [idOf(person), accountOf(person, company, ids)]));
}

/** Whether somebody should have an account that can log in. */
export function isWanted(person: Person, today: string): boolean {
  const { status, terminationDate, hireDate, email } = person;
  const works = status !== 'inactive' && !(terminationDate !== null && terminationDate < today);
  const hasStarted = hireDate === null || hireDate <= today;
  return works && hasStarted && email !== null && !email.includes('-personio-login@');
}

function accountOf(person: Person, company: Company, staff: ReadonlyMap<number, string>): Shown {
  const { departments, teams, offices, costCenters } = company;
  const named = (units: Company['departments'], id: number | null) =>
    units.find((unit) => unit.id === id)?.name ?? null;
  const { dynamic_1234567: badge, dynamic_2345678: skills, dynamic_5678901: certified } = person.custom;
  const centers = person.costCenterIds.map((id) => named(costCenters, id) ?? '');
  const customFields = {
    'Cost centre': centers.toSorted().join(', '),
    Badge: String(badge ?? ''),
    Skills: Array.isArray(skills) ? skills.toSorted().join(', ') : '',
    'Certified on': String(certified ?? ''),
  };
  const { supervisorId } = person;
  return {
    email: person.email ?? '',
    firstName: person.firstName,
    lastName: person.lastName,
    jobTitle: person.position,
    team: named(departments, person.departmentId),
    department: named(teams, person.teamId),
    location: named(offices, person.officeId),
    hireDate: person.hireDate,
    manager: supervisorId === null ? null : (staff.get(supervisorId) ?? null),
    customFields: Object.fromEntries(Object.entries(customFields).filter(([, text]) => text !== '')),
    active: true,
  };
}

function shown(account: Account, lms: Sandbox['lms']): Shown {
  const { email, firstName, lastName, jobTitle, department, location, hireDate, customFields } = account;
  const team = lms.teams.get(account.primaryTeamId ?? 0)?.name ?? null;
  const manager = lms.find(account.managerId);
  return {
    ...{ email, firstName, lastName, jobTitle, team, department, location, hireDate, customFields },
    manager: manager === null ? null : (manager.integrationExternalId ?? manager.email),
    active: account.status !== 'deactivated',
  };
}
