import { describe, expect } from 'vitest';
import { day, test } from '../support/connector.js';
import { activeAccounts, expectedAccounts } from '../support/expected.js';
import { hire, plainPerson } from '../support/people.js';

const taken = {
  kind: 'status',
  status: 422,
  body: { error: 'Validation failed: Email has already been taken' },
} as const;

describe('one person who fails', () => {
  test('changes nobody else’s outcome, is named, and rests before the next try', async ({ connect }) => {
    const connector = await connect();
    await connector.imported();
    const one = plainPerson(connector.company);
    const other = plainPerson(connector.company, 1);
    // Somebody outside HR holds the address that HR gives to this person now.
    connector.lms.add({ email: 'wanted@acme.example', firstName: 'Out', lastName: 'Sider' }, 'confirmed');
    const outsider = JSON.stringify(connector.lms.findByEmail('wanted@acme.example'));
    connector.hr.apply({ kind: 'change_email', person: one.id, to: 'wanted@acme.example' });
    connector.hr.apply({ kind: 'promote', person: other.id, to: 'Promoted' });
    hire(connector, 'Ada', day(0));
    const failed = await connector.run(['import-all']);
    expect(failed.code).toBe(4);
    expect(failed.stdout).toMatch(new RegExp(`Partly done .*1 failed.* exit_code=4 failed=${one.id}`));
    expect(failed.stderr).toMatch(/update failed: .*taken; tried again from \d{4}-\d\d-\d\d \d\d:\d\d UTC /);
    expect(connector.account(other).jobTitle).toBe('Promoted');
    expect(connector.mailed).toEqual(['ada@acme.example']);

    const status = await connector.run(['status']);
    expect(status.stdout).toMatch(new RegExp(`Keeps failing\n.*\n#${one.id} .*update +1 .*taken`));
    connector.takeRequests();
    const resting = await connector.json(['import-all']);
    expect(resting.exit_code).toBe(4);
    expect(resting.changes).toMatchObject([{ employee: { id: String(one.id) }, outcome: 'deferred' }]);
    expect(resting.changes[0]?.error).toContain('rests until');
    const logged = await connector.run(['import-all']);
    expect(logged.code).toBe(4);
    expect(logged.stdout).toMatch(/Nothing done .*: 1 not sent; 1 change waits for the next try after a failure/);
    expect(logged.stdout).toContain(`waiting=${one.id}`);
    expect(connector.takeRequests()).toEqual([]);

    expect(JSON.stringify(connector.lms.findByEmail('wanted@acme.example'))).toBe(outsider);
    connector.hr.apply({ kind: 'change_email', person: one.id, to: 'another@acme.example' });
    await connector.imported('--only', String(one.id));
    expect(connector.account(one).email).toBe('another@acme.example');
    expect((await connector.run(['status'])).stdout).not.toContain('Keeps failing');
    expect((await connector.imported()).changes).toEqual([]);
  });

  test('a new manager who cannot be made does not keep the reports from being made', async ({ connect }) => {
    const connector = await connect({ config: { target: { concurrency: 1 } } });
    await connector.imported();
    const boss = hire(connector, 'Boss', day(0));
    const report = hire(connector, 'Report', day(0));
    connector.hr.apply({ kind: 'change_manager', person: report.id, to: boss.id });
    connector.sandbox.learnamp.faults.add({ match: { route: 'users.create' }, fault: taken });
    const { exit_code, changes } = await connector.json(['import-all']);
    expect(exit_code).toBe(4);
    expect(changes.map(({ employee, outcome }) => [employee.id, outcome])).toEqual([
      [String(boss.id), 'failed'],
      [String(report.id), 'done'],
    ]);
    expect(connector.account(report).managerId).toBeNull();
    await connector.imported('--only', String(boss.id));
    await connector.imported();
    expect(connector.account(report).managerId).toBe(connector.account(boss).id);
    expect(connector.mailed).toHaveLength(2);
    expect(activeAccounts(connector.sandbox)).toEqual(expectedAccounts(connector.company, day(0)));
  });

  test('a custom field that Learn Amp does not know fails with its name, and stops before it fails for all', async ({
    connect,
  }) => {
    const connector = await connect({ config: { mapping: { custom_fields: { 'Badge number': 'dynamic_1234567' } } } });
    const { code, stderr } = await connector.run(['import-all']);
    expect(code).toBe(4);
    expect(stderr).toContain('Badge number');
    const left = connector.takeWrites().filter(({ route }) => route === 'users.create');
    expect(left.length).toBeLessThan(connector.company.people.length);
  });

  test('the same failure for ten in a row stops the run, and nobody after them is tried', async ({ connect }) => {
    const connector = await connect({ config: { target: { concurrency: 1 } } });
    const fault = { kind: 'status', status: 500 } as const;
    connector.sandbox.learnamp.faults.add({ match: { route: 'users.create' }, times: null, fault });
    expect((await connector.run(['import-all'])).code).toBe(4);
    expect(connector.takeWrites().filter(({ route }) => route === 'users.create')).toHaveLength(10);
    connector.sandbox.learnamp.faults.clear();
    await connector.imported();
    expect(activeAccounts(connector.sandbox)).toEqual(expectedAccounts(connector.company, day(0)));
  });

  test('a field that Learn Amp takes in silence without keeping it is a failure and no success', async ({
    connect,
  }) => {
    const connector = await connect();
    await connector.imported();
    const person = plainPerson(connector.company);
    connector.hr.apply({ kind: 'promote', person: person.id, to: 'Promoted' });
    const { id, jobTitle } = connector.account(person);
    const fault = { kind: 'status', status: 200, body: { id, jobTitle } } as const;
    connector.sandbox.learnamp.faults.add({ match: { route: 'users.update' }, fault });
    const { exit_code, changes } = await connector.json(['import-all']);
    expect(exit_code).toBe(4);
    expect(changes[0]?.error).toContain('did not take over job_title');
    await connector.imported('--only', String(person.id));
    expect(connector.account(person).jobTitle).toBe('Promoted');
  });
});
