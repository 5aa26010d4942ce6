import { describe, expect } from 'vitest';
import { type Connector, day, test } from '../support/connector.js';
import type { RunDocument } from '../support/document.js';
import { plainPeople, plainPerson } from '../support/people.js';

/** Dates as people type them reach a stand-in that would only make real ones. */
const GERMAN = '31.12.2020';

function skipOf({ skipped }: RunDocument, { id }: { readonly id: number }) {
  return skipped.find(({ employee }) => employee.id === String(id));
}

function withDates(connector: Connector, when: readonly string[]): Promise<void> {
  return connector.configure({ deactivation: { when } });
}

describe.concurrent('each fact of HR is read on its own', () => {
  test('dates that mean "none" mean none: everybody is served', async ({ connect }) => {
    const connector = await connect({ people: 60 });
    for (const [index, person] of connector.company.people.entries()) {
      person.terminationDate = ['0000-00-00', '0001-01-01', '9999-12-31'][index % 3] ?? null;
    }
    const employed = connector.company.people.filter(({ status }) => status === 'active' || status === 'leave');
    const { skipped, scheduled } = await connector.imported();
    const mailboxes = employed.filter(({ email }) => email !== null && !email.includes('-personio-login@'));
    expect(skipped.filter(({ reason }) => reason === 'invalid_value')).toEqual([]);
    for (const person of mailboxes) expect(connector.account(person).status).not.toBe('deactivated');
    expect(scheduled.filter(({ kind }) => kind === 'deactivate')).toEqual([]);
  });

  test('a date of another form is a skip that names field and value, and everybody else is served', async ({
    connect,
  }) => {
    const connector = await connect();
    const [person] = plainPeople(connector.company);
    if (person === undefined) throw new Error('nobody');
    person.hireDate = GERMAN;
    const run = await connector.json(['import-all']);
    expect(skipOf(run, person)).toMatchObject({
      reason: 'invalid_value',
      message: expect.stringMatching(/hire_date holds "31\.12\.2020.*correct it in Personio/),
    });
    expect(run.exit_code).toBe(0);
    expect(run.skipped.filter(({ reason }) => reason === 'invalid_value')).toHaveLength(1);
    expect(run.summary.create).toBeGreaterThan(20);
  });

  test('a leaver whose hire date cannot be read loses the account in the same run, and explain names the field', async ({
    connect,
  }) => {
    const connector = await connect();
    await connector.imported();
    const person = plainPerson(connector.company);
    Object.assign(person, { hireDate: GERMAN, status: 'inactive' });
    const before = await connector.run(['explain', String(person.id), '--fresh']);
    expect(before.stdout).toMatch(/deactivates it: HR status is inactive/);
    expect(before.stdout).toMatch(/Unreadable .*hire_date holds "31\.12\.2020/s);
    const { changes } = await connector.imported();
    expect(changes).toMatchObject([{ kind: 'deactivate', employee: { id: String(person.id) }, outcome: 'done' }]);
    expect(connector.account(person).status).toBe('deactivated');
  });

  test('a leaver by date alone loses the account although name, title and hire date cannot be read', async ({
    connect,
  }) => {
    const connector = await connect();
    await connector.imported();
    const person = plainPerson(connector.company);
    const broken: object = { hireDate: GERMAN, position: { odd: 'shape' }, email: 7, terminationDate: day(-1) };
    Object.assign(person, broken);
    const { changes } = await connector.imported();
    expect(changes).toMatchObject([{ kind: 'deactivate', employee: { id: String(person.id) } }]);
  });

  test('a hire date that cannot be read holds up no update that does not need it', async ({ connect }) => {
    const config = { mapping: { hire_date: null } };
    const connector = await connect({ config });
    await connector.imported();
    const [person, newcomer] = plainPeople(connector.company);
    if (person === undefined || newcomer === undefined) throw new Error('nobody');
    Object.assign(person, { hireDate: GERMAN, position: 'Principal' });
    const hired = connector.hr.apply({ kind: 'hire', firstName: 'Ada', lastName: 'New', email: 'ada@acme.example' });
    if (hired === null) throw new Error('nobody was hired');
    hired.hireDate = GERMAN;
    const run = await connector.json(['import-all']);
    expect(run.changes).toMatchObject([{ kind: 'update', fields: { job_title: { after: 'Principal' } } }]);
    expect(skipOf(run, hired)).toMatchObject({
      reason: 'invalid_value',
      message: expect.stringContaining('hire_date'),
    });
  });

  test('with inactive alone no date decides: somebody at work whose last day lies 400 days back has an account', async ({
    connect,
  }) => {
    const connector = await connect({ config: { deactivation: { when: ['inactive'] } } });
    const person = plainPerson(connector.company);
    Object.assign(person, { hireDate: '2019-01-01', terminationDate: day(-400) });
    await connector.imported();
    expect(connector.account(person).status).not.toBe('deactivated');
    const { stdout } = await connector.run(['explain', String(person.id)]);
    expect(stdout).toContain(`#${person.id}`);
  });

  test('somebody at work whose last day lies more than 14 days back is a contradiction, and neither made nor ended', async ({
    connect,
  }) => {
    const connector = await connect();
    const [linked, unlinked, late] = plainPeople(connector.company);
    if (linked === undefined || unlinked === undefined || late === undefined) throw new Error('nobody');
    unlinked.terminationDate = day(-15);
    const first = await connector.imported();
    expect(skipOf(first, unlinked)).toMatchObject({
      reason: 'contradiction',
      message: expect.stringMatching(/lies 15 days back, and the HR status is active: correct one of the two in HR/),
    });
    linked.terminationDate = day(-15);
    late.terminationDate = day(-14);
    const second = await connector.imported();
    expect(skipOf(second, linked)).toMatchObject({ reason: 'contradiction' });
    expect(second.changes).toMatchObject([{ kind: 'deactivate', employee: { id: String(late.id) } }]);
    expect(connector.account(linked).status).not.toBe('deactivated');
    // The one who ended is a contradiction a day later, which opens nothing.
    late.terminationDate = day(-15);
    const third = await connector.imported();
    expect(third.changes).toEqual([]);
    expect(connector.account(late).status).toBe('deactivated');
  });

  test('an ending that safety held back is no contradiction when its day lies far back at last', async ({
    connect,
  }) => {
    const connector = await connect({ config: { safety: { max_deactivations: 0 } } });
    await connector.imported();
    const person = plainPerson(connector.company);
    person.terminationDate = day(-14);
    expect((await connector.run(['import-all'])).code).toBe(5);
    person.terminationDate = day(-15);
    expect((await connector.run(['import-all'])).code).toBe(5);
    const { changes } = await connector.imported('--allow', 'deactivate=1');
    expect(changes).toMatchObject([{ kind: 'deactivate', employee: { id: String(person.id) } }]);
  });

  test('dates that the lifecycle does not believe are not sent to the LMS', async ({ connect }) => {
    const custom_fields = { 'Certified on': { from: 'termination_date', type: 'date' }, Badge: 'last_working_day' };
    const connector = await connect({ config: { mapping: { custom_fields } } });
    const [rehired, endless, leaving] = plainPeople(connector.company);
    if (rehired === undefined || endless === undefined || leaving === undefined) throw new Error('nobody');
    Object.assign(rehired, { hireDate: day(-10), terminationDate: day(-30), lastWorkingDay: day(-40) });
    Object.assign(endless, { terminationDate: '9999-12-31', lastWorkingDay: '0000-00-00' });
    Object.assign(leaving, { terminationDate: day(30), lastWorkingDay: day(20) });
    const { changes } = await connector.imported();
    const sent = (person: { readonly id: number }) => {
      const change = changes.find(({ employee }) => employee.id === String(person.id));
      return Object.keys(change?.fields ?? {}).filter((field) => /Certified on|Badge/.test(field));
    };
    expect([sent(rehired), sent(endless)]).toEqual([[], []]);
    expect(sent(leaving)).toHaveLength(2);
  });

  test('a status that is empty makes no account and changes none', async ({ connect }) => {
    const connector = await connect();
    await connector.imported();
    const [person, quiet] = plainPeople(connector.company);
    if (person === undefined || quiet === undefined) throw new Error('nobody');
    const hired = connector.hr.apply({ kind: 'hire', firstName: 'Ada', lastName: 'New', email: 'ada@acme.example' });
    if (hired === null) throw new Error('nobody was hired');
    for (const one of [person, quiet, hired]) Object.assign(one, { status: '' });
    person.position = 'Principal';
    const run = await connector.imported();
    expect(run.changes).toEqual([]);
    expect(skipOf(run, hired)?.message).toMatch(/^status is empty: enter it in HR/);
    expect(skipOf(run, person)?.message).toMatch(/^status is empty: enter it in HR/);
    expect(skipOf(run, quiet)).toBeUndefined();
  });

  test('an ending by date needs no status', async ({ connect }) => {
    const connector = await connect();
    await connector.imported();
    const person = plainPerson(connector.company);
    Object.assign(person, { status: '', terminationDate: day(-1) });
    const { changes } = await connector.imported();
    expect(changes).toMatchObject([{ kind: 'deactivate', employee: { id: String(person.id) } }]);
    await withDates(connector, ['inactive', 'termination_date']);
  });
});
