import type { CompanyEvent, Person } from '../../../src/sandbox/index.js';
import { type Connector, day } from '../../support/connector.js';
import { hire, plainPeople, unitName } from '../../support/people.js';
import type { Story } from './situation.js';

/** The first import of a small company, into an LMS that knows one of them already. */
export const firstImport: Story = {
  company: companyOf(5),
  async tell({ connector }) {
    const { company, hr, lms } = connector;
    hr.moveTo(day(0));
    const [known] = plainPeople(company);
    if (!known?.email) throw new Error('nobody to be known');
    lms.add({ email: known.email, firstName: known.firstName, lastName: 'Before' }, 'confirmed');
    hire(connector, 'Newcomer', day(0));
    hire(connector, 'Tomorrow', day(60));
  },
  kinds: ['adopt', 'create', 'create with mail'],
  fewest: 4,
};

/** A night on which something of every kind is to be done. */
export const busyNight: Story = {
  company: companyOf(60),
  async tell({ connector }) {
    const { company, hr, lms } = connector;
    hr.moveTo(day(0));
    lms.add({ email: 'guest@partner.example', firstName: 'Gerda', lastName: 'Guest' }, 'confirmed');
    lms.add({ email: 'trainer@acme.example', firstName: 'Theo', lastName: 'Trainer' }, 'not_invited');
    const people = plainPeople(company);
    const staff = ['Staff', 'Oldtimer'].map((name) => staffWithoutAddress(connector, name));
    await connector.imported();
    hr.apply({ kind: 'set_status', person: at(people, 10).id, status: 'inactive' });
    hr.apply({ kind: 'terminate', person: at(people, 11).id, on: day(-1) });
    await connector.imported();
    changeThings(connector, people);
    addNewcomers(connector, at(people, 0));
    for (const giveAddress of staff) giveAddress();
    lms.add({ email: 'adopted@acme.example', firstName: 'Already', lastName: 'Newcomer' }, 'confirmed');
    lms.add({ email: 'reopened@acme.example', firstName: 'Once', lastName: 'Newcomer' }, 'deactivated');
  },
  kinds: ['adopt', 'create', 'create with mail', 'deactivate', 'reactivate', 'update'],
  fewest: 30,
};

function changeThings({ company, hr }: Connector, people: readonly Person[]): void {
  const id = (index: number) => at(people, index).id;
  const department = unitName(company.departments, at(people, 19).departmentId);
  const events: readonly CompanyEvent[] = [
    { kind: 'promote', person: id(0), to: 'Principal' },
    { kind: 'promote', person: id(1), to: 'Fellow' },
    { kind: 'clear', person: id(2), field: 'officeId' },
    { kind: 'change_name', person: id(3), lastName: 'Wedded', email: 'wedded@acme.example' },
    // A chain: what one gives up, the next one takes.
    { kind: 'change_email', person: id(4), to: 'brand.new@acme.example' },
    { kind: 'change_email', person: id(5), to: at(people, 4).email },
    { kind: 'swap_emails', person: id(6), with: id(7) },
    { kind: 'change_manager', person: id(8), to: id(9) },
    { kind: 'change_manager', person: id(9), to: null },
    { kind: 'set_status', person: id(10), status: 'active' },
    // One came back after the account was closed, the other before that.
    { kind: 'rehire', person: id(11), on: day(0) },
    { kind: 'terminate', person: id(12), on: day(-1) },
    { kind: 'rehire', person: id(12), on: day(0) },
    { kind: 'terminate', person: id(13), on: day(-1) },
    { kind: 'terminate', person: id(14), on: day(-2) },
    { kind: 'terminate', person: middleManager(company.people).id, on: day(-1) },
    // Not there any more, which is no reason to end an account at once.
    { kind: 'delete', person: id(16) },
    { kind: 'set_custom', person: id(17), key: 'dynamic_2345678', value: ['SQL'] },
    { kind: 'change_manager', person: id(18), to: id(20) },
    { kind: 'change_manager', person: id(20), to: id(18) },
    { kind: 'rename_department', department, to: 'A New Name' },
  ];
  for (const event of events) hr.apply(event);
}

function addNewcomers(connector: Connector, manager: Person): void {
  const newcomer = (name: string, on: string) => hire(connector, name, on);
  const [chief, second] = [newcomer('Chief', day(0)), newcomer('Second', day(0))];
  const [yin, yang] = [newcomer('Yin', day(0)), newcomer('Yang', day(0))];
  for (const name of ['Adopted', 'Reopened']) newcomer(name, day(-40));
  newcomer('Tomorrow', day(60));
  const managers: readonly (readonly [Person, Person])[] = [
    [chief, manager],
    [second, chief],
    // These two wait for each other.
    [yin, yang],
    [yang, yin],
  ];
  for (const [{ id }, to] of managers) connector.hr.apply({ kind: 'change_manager', person: id, to: to.id });
}

/** Enters somebody whom the first import shows and skips; gives what enters the address, so that an account is made without a mail. */
export function staffWithoutAddress(connector: Connector, name: string): () => void {
  const { id: person, email } = hire(connector, name, day(-40));
  connector.hr.apply({ kind: 'change_email', person, to: null });
  return () => void connector.hr.apply({ kind: 'change_email', person, to: email });
}

/** Made long ago, so that nothing in its calendar falls due while the real clock runs on. */
export function companyOf(size: number): Story['company'] {
  return { size, today: day(-70) };
}

function middleManager(people: readonly Person[]): Person {
  const manager = people.find(
    ({ id, status, supervisorId }) =>
      status === 'active' && supervisorId !== null && people.some((one) => one.supervisorId === id),
  );
  if (manager === undefined) throw new Error('nobody in the middle');
  return manager;
}

function at(people: readonly Person[], index: number): Person {
  const person = people[index];
  if (person === undefined) throw new RangeError(`the company has no ${index + 1} plain employees`);
  return person;
}
