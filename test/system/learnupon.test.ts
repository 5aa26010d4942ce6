import { describe, expect } from 'vitest';
import { day, test } from '../support/connector.js';
import { errorDocument } from '../support/document.js';
import { configurePortal, connectPortal, customValue, portalUser, takePortalWrites } from '../support/learnupon.js';
import { plainPerson } from '../support/people.js';

describe.concurrent('Personio to LearnUpon', () => {
  test('imports everybody whole, and sends nothing when nothing changed', async ({ connect }) => {
    const connector = await connectPortal(connect);
    const { summary } = await connector.imported();
    expect(summary.create).toBeGreaterThan(10);
    const person = plainPerson(connector.company);
    const user = portalUser(connector, person.email);
    expect(user).toMatchObject({ first_name: person.firstName, enabled: true, changesPassword: true });
    expect(customValue(connector, user, 'Employee id')).toBe(String(person.id));
    expect(customValue(connector, user, 'Hire date')).toBe(person.hireDate);
    const boss = connector.company.people.find(({ id }) => id === person.supervisorId);
    expect(customValue(connector, user, 'Manager')).toBe(boss?.email);
    const passwords = connector.sandbox.portal.list().map(({ password }) => password);
    expect(new Set(passwords).size).toBe(passwords.length);

    connector.sandbox.learnupon.requests.clear();
    await connector.imported();
    expect(connector.sandbox.learnupon.requests.list()).toEqual([]);
  });

  test('carries changes, a leave date, leavers and returners across', async ({ connect }) => {
    const connector = await connectPortal(connect);
    await connector.imported();
    const [mover, leaver] = [plainPerson(connector.company), plainPerson(connector.company, 1)];
    const user = portalUser(connector, mover.email);
    connector.hr.apply({ kind: 'change_email', person: mover.id, to: 'moved@acme.example' });
    connector.hr.apply({ kind: 'terminate', person: mover.id, on: day(40) });
    const gone = portalUser(connector, leaver.email);
    connector.hr.apply({ kind: 'terminate', person: leaver.id, on: day(-1) });
    const { summary } = await connector.imported();
    expect(summary).toMatchObject({ update: 1, deactivate: 1 });
    expect(portalUser(connector, 'moved@acme.example')).toMatchObject({ id: user.id, account_expires: day(40) });
    expect(gone.enabled).toBe(false);
    connector.hr.apply({ kind: 'withdraw_termination', person: leaver.id });
    expect((await connector.imported()).summary.reactivate).toBe(1);
    expect(gone).toMatchObject({ enabled: true, account_expires: null });
    // No password but the first one is ever sent.
    expect(gone.changesPassword).toBe(true);
  });

  test('finds a write that was answered with success and did nothing', async ({ connect }) => {
    const connector = await connectPortal(connect);
    await connector.imported();
    const [renamed, leaver] = [plainPerson(connector.company), plainPerson(connector.company, 1)];
    connector.sandbox.learnupon.settings.change({ ignoredKeys: ['enabled', 'first_name'] });
    connector.hr.apply({ kind: 'change_name', person: renamed.id, firstName: 'Renamed' });
    connector.hr.apply({ kind: 'terminate', person: leaver.id, on: day(-1) });
    const { exit_code, changes } = await connector.json(['import-all']);
    expect(exit_code).toBe(4);
    const errorOf = (kind: string) => changes.find((change) => change.kind === kind)?.error;
    expect(errorOf('update')).toBe('the LMS did not take over first_name');
    expect(errorOf('deactivate')).toContain('the account is active still');
  });

  test('empties fields in the way that the portal takes, and says which ones it did not', async ({ connect }) => {
    const connector = await connectPortal(connect, { sandbox: { learnupon: { clearedBy: 'empty' } } });
    const person = plainPerson(connector.company);
    connector.hr.apply({ kind: 'terminate', person: person.id, on: day(40) });
    connector.hr.apply({ kind: 'set_custom', person: person.id, key: 'dynamic_1234567', value: 7 });
    await connector.imported();
    const user = portalUser(connector, person.email);
    expect([user.account_expires, customValue(connector, user, 'Badge')]).toEqual([day(40), 7]);
    connector.hr.apply({ kind: 'withdraw_termination', person: person.id });
    connector.hr.apply({ kind: 'set_custom', person: person.id, key: 'dynamic_1234567', value: null });
    const { changes } = await connector.json(['import-all']);
    expect(changes.map(({ error }) => error)).toEqual(['the LMS did not take over leave_date, custom_fields.Badge']);
    await configurePortal(connector, { target: { clear_value: '' } });
    await connector.imported('--only', String(person.id));
    expect([user.account_expires, customValue(connector, user, 'Badge')]).toEqual([null, undefined]);
  });

  test('counts enabled as text where LearnUpon heeds nothing else', async ({ connect }) => {
    const connector = await connectPortal(connect, { sandbox: { learnupon: { stringOnlyBooleans: true } } });
    await connector.imported();
    const leaver = plainPerson(connector.company);
    connector.hr.apply({ kind: 'terminate', person: leaver.id, on: day(-1) });
    expect((await connector.json(['import-all'])).exit_code).toBe(4);
    await configurePortal(connector, { target: { boolean_encoding: 'string' } });
    expect((await connector.json(['import-all', '--only', String(leaver.id)])).exit_code).toBe(0);
    expect(portalUser(connector, leaver.email).enabled).toBe(false);
  });

  test('rebuilds the links from the employee ids when the state is lost', async ({ connect }) => {
    const connector = await connectPortal(connect);
    await connector.imported();
    const person = plainPerson(connector.company);
    const user = portalUser(connector, person.email);
    connector.sandbox.portal.change(user, { email: 'renamed.by.hand@acme.example' });
    await configurePortal(connector, { config: { document: { state: './state/new.db' } } });
    const { summary } = await connector.imported();
    expect(summary.create).toBe(0);
    expect(user.email).toBe(person.email);
    takePortalWrites(connector);
    await connector.imported();
    expect(takePortalWrites(connector)).toEqual([]);
  });

  test('owns the groups that it is told to own, and no others', async ({ connect }) => {
    const target = { groups: 'own', owned_groups: ['*'], process_enrollments: false };
    const mapping = { groups: { from: 'department', type: 'multi_choice' } };
    const connector = await connectPortal(connect, { target, mapping });
    await connector.imported();
    const { portal } = connector.sandbox;
    const person = plainPerson(connector.company);
    const user = portalUser(connector, person.email);
    const titles = () => portal.groupsOf(user.id).map(({ title }) => title);
    const [before] = titles();
    const other = connector.company.departments.find(({ name }) => name !== before)?.name ?? '';
    await configurePortal(connector, { target: { ...target, owned_groups: [before, other] }, mapping });
    portal.join(portal.addGroup('By hand').id, user.id);
    connector.hr.apply({ kind: 'change_department', person: person.id, to: other });
    await connector.imported('--only', String(person.id));
    expect(titles().sort()).toEqual(['By hand', other].sort());
    expect(new Set([...portal.groups.values()].map(({ title }) => title)).size).toBe(portal.groups.size);
  });

  test('a value that a choice does not know is refused before it is sent, and one person’s failure', async ({
    connect,
  }) => {
    const mapping = { custom_fields: { Employment: { from: 'employment_type', type: 'choice' } } };
    const definitions = [
      { label: 'Employee id' },
      { label: 'Manager' },
      { label: 'Employment', type: 4, values: ['internal'] },
    ];
    const connector = await connectPortal(connect, { mapping, sandbox: { learnupon: { definitions } } });
    const odd = plainPerson(connector.company);
    odd.employmentType = 'external';
    const { exit_code, changes } = await connector.json(['import-all', '--only', String(odd.id)]);
    expect(exit_code).toBe(4);
    expect(changes.map(({ error }) => error)).toEqual(['custom field "Employment": "external" is none of internal']);
    expect(takePortalWrites(connector)).toEqual([]);
    const { changes: all } = await connector.json(['import-all']);
    expect(all.filter(({ outcome }) => outcome === 'done').length).toBeGreaterThan(5);
  });

  test('names every line of the mapping that does not fit, before anything is sent', async ({ connect }) => {
    const fitting = { Badge: 'dynamic_1234567', Notes: 'dynamic_4567890', Skills: 'dynamic_2345678' };
    const mismatching = { 'Hire date': 'department', 'Weekly hours': 'start_date', 'Shoe size': 'last_name' };
    const connector = await connectPortal(connect, { mapping: { custom_fields: { ...fitting, ...mismatching } } });
    const { code, stdout } = await connector.run(['import-all', '--json']);
    expect(code).toBe(2);
    const { what } = errorDocument(stdout).error;
    for (const label of Object.keys(mismatching)) expect(what).toContain(label);
    for (const label of Object.keys(fitting)) expect(what).not.toContain(label);
    expect(takePortalWrites(connector)).toEqual([]);
  });

  test('ends with 10 when the week or the run is used up, and goes on the next time', async ({ connect }) => {
    const connector = await connectPortal(connect, { target: { max_requests_per_run: 24, concurrency: 1 } });
    const first = await connector.json(['import-all']);
    expect(first.exit_code).toBe(10);
    const made = connector.sandbox.portal.users.size - 1;
    expect(made).toBeGreaterThan(0);
    expect(first.changes.filter(({ outcome }) => outcome === 'deferred').length).toBeGreaterThan(0);
    await configurePortal(connector, { target: { weekly_floor: 499_999 } });
    expect((await connector.json(['import-all'])).exit_code).toBe(10);
    await configurePortal(connector);
    await connector.imported();
    const addresses = connector.sandbox.portal.list().map(({ email }) => email);
    expect(new Set(addresses).size).toBe(addresses.length);
  });

  test('killed while it writes, the next run finds what was made', async ({ connect }) => {
    const connector = await connectPortal(connect);
    connector.sandbox.learnupon.faults.add({
      match: { route: 'users.create' },
      from: 4,
      times: null,
      fault: { kind: 'timeout_after_commit' },
    });
    const running = connector.start(['import-all']);
    while (connector.sandbox.portal.users.size < 5) await new Promise((resolve) => setTimeout(resolve, 5));
    running.child.kill('SIGKILL');
    await running.ended;
    connector.sandbox.learnupon.faults.clear();
    await connector.imported();
    const ids = connector.sandbox.portal.list().map((user) => customValue(connector, user, 'Employee id'));
    expect(new Set(ids).size).toBe(ids.length);
    connector.sandbox.learnupon.requests.clear();
    await connector.imported();
    expect(connector.sandbox.learnupon.requests.list()).toEqual([]);
  });

  test('check names every field that is missing, or of the wrong kind, at once', async ({ connect }) => {
    const connector = await connectPortal(connect, {
      target: { employee_id_field: 'Badge', manager_to: 'Boss' },
      mapping: { custom_fields: { 'Shoe size': 'dynamic_1234567' } },
    });
    const { code, stdout } = await connector.run(['check']);
    expect(code).toBe(2);
    expect(stdout).toMatch(/custom field Shoe size/);
    expect(stdout).toMatch(/custom field Boss/);
    expect(stdout).toMatch(/custom field Badge +takes integer: it must be a String/);
    await configurePortal(connector);
    expect((await connector.run(['check'])).code).toBe(0);
  });

  test('says what is wrong with the keys', async ({ connect }) => {
    const connector = await connectPortal(connect, { target: { username: 'old-key' } });
    const { code, stdout } = await connector.run(['import-all', '--json']);
    expect(code).toBe(8);
    expect(errorDocument(stdout).error.next).toContain('API Keys in LearnUpon');
  });
});
