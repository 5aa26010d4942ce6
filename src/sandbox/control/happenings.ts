import * as z from 'zod';
import { isDay } from '../../core/day.js';
import { UnknownInCompanyError } from '../company/change.js';
import type { Company, Person } from '../company/company.js';
import { plusDays } from '../company/days.js';
import type { CompanyEvent } from '../company/events.js';
import { NO_MAILBOX } from '../company/organisation.js';

/** What people let happen in HR, in their own words. */
export const HAPPENINGS = {
  hire: 'somebody new: --name, --on DAY (today), --department',
  leave: 'PERSON leaves: --on DAY, the last one (yesterday)',
  rename: 'PERSON gets another last name: --to NAME',
  email: 'PERSON gets another address: --to ADDRESS',
  promote: 'PERSON gets another job title: --to TITLE',
  move: 'PERSON moves: --to DEPARTMENT',
  manager: 'PERSON reports to somebody else: --to PERSON',
  rehire: 'PERSON, who has left, comes back under a new number: --on DAY (today)',
  vanish: 'PERSON is missing from HR without a word',
  reorganise: 'a department is called otherwise: --department, --to NAME',
} as const;

export type Happening = keyof typeof HAPPENINGS;

const KINDS = Object.keys(HAPPENINGS) as [Happening, ...Happening[]];
const day = z.string().refine(isDay, 'must be a calendar day, YYYY-MM-DD');

/** One thing that is to happen. What is left out is chosen: a person to whom nothing has happened yet, a new title. */
export const wishSchema = z.strictObject({
  kind: z.enum(KINDS),
  /** A number, an e-mail address or a whole name. */
  person: z.string().min(1).optional(),
  to: z.string().min(1).optional(),
  on: day.optional(),
  name: z.string().min(1).optional(),
  department: z.string().min(1).optional(),
});

export type Wish = z.infer<typeof wishSchema>;

/** What happened, and what it should lead to. */
export interface Happened {
  readonly told: string;
  /** What the next `hrsync import-all --dry-run` should show. */
  readonly next: string;
}

/** Makes an event of a wish. */
export function eventFor(company: Company, wish: Wish): Happened & { readonly event: CompanyEvent } {
  const { kind } = wish;
  if (kind === 'hire') return hire(company, wish);
  if (kind === 'reorganise') return reorganise(company, wish);
  if (kind === 'rehire') return rehire(company, wish);
  const who = wish.person === undefined ? someone(company) : personNamed(company, wish.person);
  const person = who.id;
  const name = nameOf(who);
  const is = (event: CompanyEvent, told: string, next: string) => ({
    event,
    told: `${name} (#${person}) ${told}.`,
    next,
  });
  switch (kind) {
    case 'leave': {
      const on = wish.on ?? plusDays(company.today, -1);
      const next = on < company.today ? `Deactivate: ${name}` : `Scheduled: deactivate ${name} on ${plusDays(on, 1)}`;
      return is(
        { kind: 'terminate', person, on },
        on < company.today ? `left; the last day was ${on}` : `will leave; the last day is ${on}`,
        next,
      );
    }
    case 'rename': {
      const lastName = wish.to ?? (who.lastName === 'Lovelace' ? 'Hopper' : 'Lovelace');
      return is({ kind: 'change_name', person, lastName }, `is called ${lastName} now`, `Update: last_name of ${name}`);
    }
    case 'email': {
      const to = wish.to ?? `new.${who.email ?? 'address@acme.example'}`;
      return is({ kind: 'change_email', person, to }, `has the address ${to} now`, `Update: email of ${name}`);
    }
    case 'promote': {
      const to = wish.to ?? (who.position === 'Head of Everything' ? 'Chief of Everything' : 'Head of Everything');
      return is({ kind: 'promote', person, to }, `is ${to} now`, `Update: job title of ${name}`);
    }
    case 'move': {
      const to = wish.to ?? company.departments.find(({ id }) => id !== who.departmentId)?.name ?? '';
      const told = `works in the department ${to} now`;
      return is({ kind: 'change_department', person, to }, told, `Update: what the department of ${name} is mapped to`);
    }
    case 'manager': {
      const boss = wish.to === undefined ? someone(company, person) : personNamed(company, wish.to);
      return is(
        { kind: 'change_manager', person, to: boss.id },
        `reports to ${nameOf(boss)} now`,
        `Update: manager of ${name}`,
      );
    }
    case 'vanish':
      return is(
        { kind: 'delete', person },
        'is not in HR any more',
        `Missing: ${name}, who counts as gone after two nights at the earliest`,
      );
  }
}

function hire(company: Company, { name, on = company.today, department }: Wish) {
  const [firstName = '', ...rest] = (name ?? freeName(company)).split(/\s+/);
  const lastName = rest.join(' ');
  if (lastName === '') throw new UnknownInCompanyError('a name has a first and a last part, such as "Ada Lovelace"');
  const email = `${addressPart(firstName)}.${addressPart(lastName)}@acme.example`;
  const boss = company.people.find(({ supervisorId }) => supervisorId === null);
  const event: CompanyEvent = {
    ...{ kind: 'hire', firstName, lastName, email, on, position: 'Analyst' },
    ...(boss !== undefined && { supervisor: boss.id }),
    department: department ?? company.departments[0]?.name,
  };
  const full = `${firstName} ${lastName}`;
  const next =
    on > company.today
      ? `Scheduled: invite ${full} on ${on}`
      : `Create: ${full}, with an invitation where the config mails one`;
  return { event, told: `${full} <${email}> was hired; the first day is ${on}.`, next };
}

function rehire(company: Company, { person, on, to }: Wish) {
  const again = new Set(company.people.map(({ formerId }) => formerId));
  const left = company.people.filter(
    ({ id, status, email }) => status === 'inactive' && email !== null && !again.has(id),
  );
  const who = person === undefined ? left.at(-1) : personNamed(company, person);
  if (who === undefined) throw new UnknownInCompanyError('nobody has left: let somebody leave first');
  const event: CompanyEvent = { kind: 'rehire', person: who.id, ...(on && { on }), ...(to && { position: to }) };
  const told = `${nameOf(who)} (#${who.id}) is back, as #${company.nextId}.`;
  return { event, told, next: `Reactivate: ${nameOf(who)}, or Create where there never was an account` };
}

function reorganise(company: Company, { department = company.departments[0]?.name ?? '', to }: Wish) {
  const name = to ?? `${department} & Partners`;
  const unit = company.departments.find((one) => one.name === department);
  const people = company.people.filter(({ departmentId }) => departmentId === unit?.id).length;
  const event: CompanyEvent = { kind: 'rename_department', department, to: name };
  const next = `Update: what the department is mapped to, for up to ${people} people`;
  return { event, told: `The department ${department} is called ${name} now.`, next };
}

const NEWCOMERS = [
  ...['Ada Lovelace', 'Grace Hopper', 'Alan Turing', 'Katherine Johnson', 'Edsger Dijkstra', 'Barbara Liskov'],
  ...['Donald Knuth', 'Margaret Hamilton', 'John McCarthy', 'Frances Allen', 'Tony Hoare', 'Radia Perlman'],
];

function freeName(company: Company): string {
  const taken = new Set(company.people.map(nameOf));
  return NEWCOMERS.find((name) => !taken.has(name)) ?? `Newcomer No${company.nextId}`;
}

function addressPart(name: string): string {
  return name
    .normalize('NFD')
    .replace(/[^\p{ASCII}]/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-');
}

/** Somebody to whom nothing has happened yet: employed, with a mailbox and without reports. */
function someone(company: Company, except = 0): Person {
  const bosses = new Set(company.people.map(({ supervisorId }) => supervisorId));
  const found = company.people.find(
    ({ id, status, terminationDate, email, changedAt }) =>
      status === 'active' &&
      terminationDate === null &&
      email !== null &&
      !email.includes(NO_MAILBOX) &&
      id !== except &&
      !bosses.has(id) &&
      Object.keys(changedAt).length === 0,
  );
  if (found === undefined) throw new UnknownInCompanyError('something has happened to everybody: name a person');
  return found;
}

/** @throws UnknownInCompanyError where nobody, or more than one, is called so */
function personNamed({ people }: Company, named: string): Person {
  const meant = named.replace(/^#/, '').trim().toLowerCase();
  const found = people.filter(
    (person) =>
      String(person.id) === meant || person.email?.toLowerCase() === meant || nameOf(person).toLowerCase() === meant,
  );
  const [who, ...others] = found;
  if (who === undefined)
    throw new UnknownInCompanyError(`nobody is called ${named}: name a person by number, e-mail address or whole name`);
  if (others.length > 0)
    throw new UnknownInCompanyError(
      `${named} is the name of ${found.map(({ id }) => `#${id}`).join(', ')}: name one of these`,
    );
  return who;
}

function nameOf({ firstName, lastName }: Pick<Person, 'firstName' | 'lastName'>): string {
  return `${firstName} ${lastName}`;
}
