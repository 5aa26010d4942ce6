import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect } from 'vitest';
import { type Connect, type Connector, day, test } from '../support/connector.js';
import { activeAccounts, expectedAccounts, heldAccounts } from '../support/expected.js';
import { hire, plainPerson, topManager, unitName } from '../support/people.js';

const V2 = { source: { api: 'v2' } } as const;
const NO_LIMITS = { personsRefillPerSecond: null, otherRefillPerSecond: null } as const;

/** A connector that reads by v2; its company has two pages of persons. */
function connectV2(connect: Connect, personio: object = {}, people = 60): Promise<Connector> {
  return connect({ people, sandbox: { personio: { ...NO_LIMITS, ...personio } }, config: V2 });
}

/** Something of every kind, within a month. */
function letAMonthPass({ company, hr, sandbox }: Connector): void {
  const [promoted, leaver, rehired, one, other] = [0, 1, 2, 3, 4].map((index) => plainPerson(company, index).id);
  const { id } = hire({ hr: sandbox.hr }, 'Ada', day(0));
  hr.apply({ kind: 'change_manager', person: id, to: topManager(company).id });
  const { departmentId } = plainPerson(company);
  hr.apply({ kind: 'rename_department', department: unitName(company.departments, departmentId), to: 'A New Name' });
  hr.apply({ kind: 'promote', person: promoted ?? 0, to: 'Principal' });
  hr.apply({ kind: 'swap_emails', person: one ?? 0, with: other ?? 0 });
  hr.apply({ kind: 'terminate', person: leaver ?? 0, on: day(-1) });
  hr.apply({ kind: 'terminate', person: rehired ?? 0, on: day(-1) });
  hr.apply({ kind: 'rehire', person: rehired ?? 0, on: day(0) });
}

const inStep = (connector: Connector) =>
  expect(activeAccounts(connector)).toEqual(expectedAccounts(connector.company, day(0)));

describe('Personio by v2', () => {
  test('a first import, a month of HR events, and an empty night', async ({ connect }) => {
    const connector = await connectV2(connect);
    const { stdout, code } = await connector.run(['check']);
    expect(code, stdout).toBe(0);
    expect(stdout).toContain('60 readable');
    const first = await connector.imported();
    expect(first.source).toMatchObject({ type: 'personio', employees: 60, complete: true });
    expect(heldAccounts(connector)).toEqual(expectedAccounts(connector.company, day(0)));

    letAMonthPass(connector);
    expect((await connector.imported()).summary).toMatchObject({ create: 1, deactivate: 1 });
    inStep(connector);

    connector.takeRequests();
    connector.sandbox.personio.requests.clear();
    const night = await connector.run(['import-all']);
    expect(night.code).toBe(0);
    expect(`${night.stdout}${night.stderr}`.trimEnd().split('\n')).toHaveLength(1);
    expect(connector.takeRequests()).toEqual([]);
    // A token, two listings of two pages, four lists of names, one request a person, and a last look at a few.
    const requests = connector.sandbox.personio.requests.list().length - connector.company.people.length;
    expect(requests).toBeGreaterThan(1 + 4 + 4);
    expect(requests).toBeLessThan(1 + 4 + 4 + 15);
  });

  test('a connector moves from v1 to v2 and back with its state, and sends nothing for it', async ({ connect }) => {
    const connector = await connectV2(connect);
    await connector.configure({});
    await connector.imported();
    connector.takeRequests();
    for (const api of ['v2', 'v1']) {
      await connector.configure({ source: { api } });
      expect((await connector.imported()).changes).toEqual([]);
    }
    expect(connector.takeRequests()).toEqual([]);
  });

  test('a short read is not believed, whether it comes once or always', async ({ connect }) => {
    const connector = await connectV2(connect);
    await connector.imported();
    const leaver = plainPerson(connector.company);
    connector.hr.apply({ kind: 'terminate', person: leaver.id, on: day(-1) });
    connector.takeRequests();
    const { faults } = connector.sandbox.personio;
    const match = { route: 'persons' };
    faults.add({ match, times: null, fault: { kind: 'short_list', keep: 0.5 } });
    const always = await connector.run(['import-all']);
    expect(always.code).toBe(6);
    expect(always.stderr).toMatch(/30 employees against 60/);
    expect(connector.takeRequests()).toEqual([]);
    faults.clear();
    faults.add({ match, from: 3, fault: { kind: 'short_page' } });
    expect((await connector.imported()).summary).toMatchObject({ deactivate: 1, update: 0 });
    expect(faults.list()[0]?.struck).toBe(1);
    inStep(connector);
  });

  test('somebody whose employments cannot be read is skipped, neither gone nor emptied, and the run says so', async ({
    connect,
  }) => {
    const connector = await connectV2(connect);
    await connector.configure({ ...V2, deactivation: { missing: { after_runs: 1, after_days: 0 } } });
    await connector.imported();
    const person = plainPerson(connector.company);
    const held = JSON.stringify(connector.account(person));
    const match = { path: `/${person.id}/employments` };
    connector.sandbox.personio.faults.add({ match, times: null, fault: { kind: 'status', status: 502 } });
    connector.takeRequests();
    const { changes, skipped, exit_code } = await connector.json(['import-all']);
    expect(changes).toEqual([]);
    expect(exit_code).toBe(4);
    expect(skipped.map(({ employee }) => employee.id)).toContain(String(person.id));
    const other = plainPerson(connector.company, 1);
    expect((await connector.run(['import-all', '--only', String(other.id)])).code).toBe(0);
    const explained = await connector.run(['explain', person.email ?? '', '--fresh']);
    expect(explained.stdout).toContain('the employments of this person could not be read');
    connector.takeRequests();
    expect((await connector.run(['import-all', '--dry-run'])).code).toBe(4);
    expect(JSON.stringify(connector.account(person))).toBe(held);
    expect(connector.takeRequests()).toEqual([]);
  });

  test('closed beta routes stop a mapping that needs them before anything is cleared', async ({ connect }) => {
    const connector = await connectV2(connect);
    await connector.imported();
    connector.sandbox.personio.settings.change({ betaRoutes: 'closed' });
    connector.takeRequests();
    const { code, stderr } = await connector.run(['import-all']);
    expect(code).toBe(8);
    expect(stderr).toMatch(/office: .*\/v2\/workplaces/);
    const check = await connector.run(['check']);
    expect(check.code).toBe(8);
    expect(check.stdout).toMatch(/work_location.*\/v2\/workplaces/s);
    expect(connector.takeWrites()).toEqual([]);
  });

  test('a right that is taken away is no million of empty values', async ({ connect }) => {
    const connector = await connectV2(connect);
    await connector.imported();
    connector.takeRequests();
    const { faults } = connector.sandbox.personio;
    faults.add({ times: null, fault: { kind: 'lost_attribute', attributes: ['supervisor', 'dynamic_2345678'] } });
    const { code, stderr } = await connector.run(['import-all']);
    expect(code).toBe(8);
    expect(stderr).toMatch(/does not allow supervisor, dynamic_2345678/);
    expect(connector.takeRequests()).toEqual([]);
  });

  test('a token that ends half-way is renewed', async ({ connect }) => {
    const connector = await connectV2(connect);
    const { faults } = connector.sandbox.personio;
    faults.add({ match: { route: 'employments' }, from: 20, fault: { kind: 'revoke_tokens' } });
    await connector.imported();
    expect(faults.list()[0]?.struck).toBe(1);
    inStep(connector);
  });

  test('a run that is killed while it reads and while it writes is made good by the next one', async ({ connect }) => {
    const connector = await connectV2(connect);
    const { personio, learnamp } = connector.sandbox;
    const employments = () => personio.requests.list().filter(({ route }) => route === 'employments').length;
    for (const isDue of [() => employments() >= 30, () => learnamp.requests.writes().length >= 9]) {
      const running = connector.start(['import-all']);
      let ended = false;
      const end = running.ended.then(() => {
        ended = true;
      });
      while (!isDue() && !ended) await wait(1);
      running.child.kill('SIGKILL');
      await end;
    }
    await connector.imported();
    inStep(connector);
    expect((await connector.imported()).changes).toEqual([]);
  });

  test('a night of 400 people at the pace that the answers tell meets no 429', async ({ connect }) => {
    const bucket = { personsRefillPerSecond: 400, otherRefillPerSecond: 100, bucketSize: 20 };
    const connector = await connectV2(connect, bucket, 400);
    await connector.configure({ source: { api: 'v2', requests_per_second: 200 } });
    const started = Date.now();
    const { exit_code } = await connector.json(['import-all', '--dry-run']);
    const seconds = (Date.now() - started) / 1_000;
    expect(exit_code).toBe(0);
    const requests = connector.sandbox.personio.requests.list();
    expect(requests.filter(({ status }) => status === 429)).toEqual([]);
    expect(requests.length).toBeLessThan(400 + 1 + 16 + 4 + 15);
    // At the usual five a second these took 84.
    expect(seconds).toBeLessThan(40);
  });

  test('a 429 that does not say for how long is waited for', async ({ connect }) => {
    const connector = await connectV2(connect, { tellsBuckets: false });
    const { faults } = connector.sandbox.personio;
    faults.add({ match: { route: 'employments' }, from: 10, times: 2, fault: { kind: 'status', status: 429 } });
    await connector.imported();
    expect(faults.list()[0]?.struck).toBe(2);
    inStep(connector);
  });
});
