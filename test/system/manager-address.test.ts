import { describe, expect } from 'vitest';
import { type Connector, test } from '../support/connector.js';
import { configurePortal, connectPortal, customValue, portalUser, takePortalWrites } from '../support/learnupon.js';
import { middleManager, plainPeople, topManager } from '../support/people.js';

/** What LearnUpon holds as the address of their manager, for everybody below one. */
function heldBy(connector: Connector, managerId: number): readonly unknown[] {
  const { company, sandbox } = connector;
  const reports = company.people.filter(({ supervisorId }) => supervisorId === managerId);
  const users = reports.map(({ id }) =>
    sandbox.portal.list().find((user) => customValue(connector, user, 'Employee id') === String(id) && user.enabled),
  );
  return users.flatMap((user) => (user === undefined ? [] : [customValue(connector, user, 'Manager')]));
}

describe.concurrent('a manager whose address changes, where LearnUpon keeps it with the reports', () => {
  test('is written to every report in the same run, which leaves nothing for the next', async ({ connect }) => {
    const connector = await connectPortal(connect, { people: 20 });
    const first = await connector.imported();
    const manager = middleManager(connector.company);
    const before = heldBy(connector, manager.id);
    expect(before.length).toBeGreaterThan(0);
    expect(new Set(before)).toEqual(new Set([manager.email]));
    connector.hr.apply({ kind: 'change_email', person: manager.id, to: 'moved@acme.example' });
    const { summary, changes } = await connector.imported();
    const unchanged = first.summary.create - before.length - 1;
    expect(summary).toMatchObject({ update: before.length + 1, unchanged });
    const because = new Set(changes.map((change) => change.because));
    expect(because).toEqual(new Set(['email changed', `manager #${manager.id} has another e-mail address`]));
    expect(new Set(heldBy(connector, manager.id))).toEqual(new Set(['moved@acme.example']));
    expect((await connector.run(['verify'])).code).toBe(0);
    takePortalWrites(connector);
    await connector.imported();
    expect(takePortalWrites(connector)).toEqual([]);
  });

  test('is written together with what else changes of a report, and to those who change managers', async ({
    connect,
  }) => {
    const connector = await connectPortal(connect, { people: 20 });
    await connector.imported();
    const { company } = connector;
    const manager = middleManager(company);
    const [own] = company.people.filter(
      ({ supervisorId, status }) => supervisorId === manager.id && status === 'active',
    );
    const managers = new Set(company.people.map(({ supervisorId }) => supervisorId));
    const other = company.people.find(
      ({ id, supervisorId, status, email }) =>
        supervisorId !== manager.id &&
        supervisorId !== null &&
        !managers.has(id) &&
        status === 'active' &&
        email !== null,
    );
    if (own === undefined || other === undefined) throw new Error('too few people');
    connector.hr.apply({ kind: 'change_name', person: own.id, firstName: 'Renamed' });
    connector.hr.apply({ kind: 'change_manager', person: other.id, to: manager.id });
    connector.hr.apply({ kind: 'change_email', person: manager.id, to: 'moved@acme.example' });
    const { changes } = await connector.imported();
    expect(changes.filter(({ employee }) => employee.id === String(own.id))).toMatchObject([
      { fields: { first_name: { after: 'Renamed' }, manager: { after: String(manager.id) } } },
    ]);
    expect(new Set(heldBy(connector, manager.id))).toEqual(new Set(['moved@acme.example']));
    expect(customValue(connector, portalUser(connector, other.email), 'Manager')).toBe('moved@acme.example');
    takePortalWrites(connector);
    await connector.imported();
    expect(takePortalWrites(connector)).toEqual([]);
  });

  test('is written by the next run where this one is killed before the reports', async ({ connect }) => {
    const connector = await connectPortal(connect, { people: 20 });
    await connector.imported();
    const manager = middleManager(connector.company);
    const user = portalUser(connector, manager.email);
    connector.hr.apply({ kind: 'change_email', person: manager.id, to: 'moved@acme.example' });
    // The manager's own update is the first write; every one after it hangs before it is done.
    connector.sandbox.learnupon.faults.add({
      fault: { kind: 'timeout_before_commit' },
      match: { route: 'users.update' },
      from: 2,
      times: null,
    });
    const running = connector.start(['import-all']);
    const updates = () => connector.sandbox.learnupon.requests.list().filter(({ route }) => route === 'users.update');
    connector.sandbox.learnupon.requests.clear();
    while (updates().length < 2) await new Promise((resolve) => setTimeout(resolve, 5));
    running.child.kill('SIGKILL');
    await running.ended;
    connector.sandbox.learnupon.faults.clear();
    expect(user.email).toBe('moved@acme.example');
    expect(heldBy(connector, manager.id)).not.toContain('moved@acme.example');
    await connector.imported();
    expect(new Set(heldBy(connector, manager.id))).toEqual(new Set(['moved@acme.example']));
    takePortalWrites(connector);
    await connector.imported();
    expect(takePortalWrites(connector)).toEqual([]);
  });

  test('is written by the next run where the first was for the manager alone', async ({ connect }) => {
    const connector = await connectPortal(connect, { people: 20 });
    await connector.imported();
    const manager = topManager(connector.company);
    connector.hr.apply({ kind: 'change_email', person: manager.id, to: 'moved@acme.example' });
    expect((await connector.imported('--only', String(manager.id))).summary.update).toBe(1);
    const reports = heldBy(connector, manager.id);
    expect(reports.length).toBeGreaterThan(0);
    expect((await connector.imported()).summary.update).toBe(reports.length);
    expect(new Set(heldBy(connector, manager.id))).toEqual(new Set(['moved@acme.example']));
  });

  test('leaves the reports alone while the manager cannot be changed', async ({ connect }) => {
    const connector = await connectPortal(connect, { people: 20 });
    await connector.imported();
    const manager = middleManager(connector.company);
    const before = heldBy(connector, manager.id);
    connector.hr.apply({ kind: 'change_email', person: manager.id, to: 'moved@acme.example' });
    const fault = { kind: 'status', status: 422, body: { message: 'no' } } as const;
    connector.sandbox.learnupon.faults.add({ fault, match: { route: 'users.update' }, times: 1 });
    const { changes, exit_code } = await connector.json(['import-all']);
    expect(exit_code).toBe(4);
    expect(new Set(changes.map(({ outcome }) => outcome))).toEqual(new Set(['failed', 'deferred']));
    expect(heldBy(connector, manager.id)).toEqual(before);
    await connector.imported('--only', String(manager.id));
    await connector.imported();
    expect(new Set(heldBy(connector, manager.id))).toEqual(new Set(['moved@acme.example']));
  });

  test('is seen by verify where a report still has the old one, and mended', async ({ connect }) => {
    const connector = await connectPortal(connect, { people: 20 });
    await connector.imported();
    const manager = middleManager(connector.company);
    const report = connector.sandbox.portal
      .list()
      .find((user) => customValue(connector, user, 'Manager') === manager.email);
    if (report === undefined) throw new Error('nobody reports to the manager');
    connector.sandbox.portal.change(report, { custom: { ...report.custom, 502: 'old.address@acme.example' } });
    const { code, stdout } = await connector.run(['verify']);
    expect(code).toBe(3);
    expect(stdout).toContain('old.address@acme.example');
    expect((await connector.run(['verify', '--repair'])).code).toBe(0);
    expect(customValue(connector, report, 'Manager')).toBe(manager.email);
    expect((await connector.run(['verify'])).code).toBe(0);
  });

  test('means nothing to the reports where no field takes it', async ({ connect }) => {
    const connector = await connectPortal(connect, { people: 20, target: { manager_to: undefined } });
    await configurePortal(connector, { target: { manager_to: undefined }, mapping: { manager: null } });
    await connector.imported();
    const manager = middleManager(connector.company);
    connector.hr.apply({ kind: 'change_email', person: manager.id, to: 'moved@acme.example' });
    expect((await connector.imported()).summary.update).toBe(1);
  });
});

test('a manager named to Learn Amp by an address that moves the same night is named by the new one', async ({
  connect,
}) => {
  const connector = await connect({ config: { target: { manager_key: 'email' } } });
  await connector.imported();
  const manager = middleManager(connector.company);
  const person = plainPeople(connector.company).find(({ supervisorId }) => supervisorId !== manager.id);
  if (person === undefined) throw new Error('everybody reports to the manager already');
  connector.hr.apply({ kind: 'change_manager', person: person.id, to: manager.id });
  connector.hr.apply({ kind: 'change_email', person: manager.id, to: 'moved@acme.example' });
  await connector.imported();
  expect(connector.account(person).managerId).toBe(connector.account(manager).id);
  connector.takeWrites();
  await connector.imported();
  expect(connector.takeWrites()).toEqual([]);
});
