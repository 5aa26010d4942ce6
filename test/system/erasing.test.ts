import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect } from 'vitest';
import { type Connector, day, test } from '../support/connector.js';
import { hire, plainPerson } from '../support/people.js';

/** Whether a text stands anywhere in the state file or beside it. */
function stateHolds(connector: Connector, text: string): boolean {
  const folder = dirname(connector.stateFile);
  return readdirSync(folder).some((file) => readFileSync(join(folder, file)).includes(text));
}

describe('forget', () => {
  test('erases a leaver from the state down to the last byte, and says what it cannot reach', async ({ connect }) => {
    const connector = await connect();
    await connector.imported();
    const person = plainPerson(connector.company);
    expect(stateHolds(connector, person.email ?? '')).toBe(true);

    const early = await connector.run(['forget', String(person.id)]);
    expect(early.code).toBe(2);
    expect(early.stderr).toContain('is open');

    connector.hr.apply({ kind: 'terminate', person: person.id, on: day(-1) });
    await connector.imported();
    const { code, stdout } = await connector.run(['forget', person.email ?? '']);
    expect(code).toBe(0);
    expect(stdout).toContain(`forgot #${person.id}: 1 link, 2 attempts`);
    expect(stdout).toContain('saved elsewhere');
    expect(stateHolds(connector, person.email ?? '')).toBe(false);
    expect((await connector.run(['forget', String(person.id)])).code).toBe(2);
    expect((await connector.imported()).changes).toEqual([]);
  });

  test('erases somebody who never had an account from what the last run said of them', async ({ connect }) => {
    const connector = await connect({
      config: { employees: { filter: [{ field: 'job_title', not_in: ['Contractor'] }] } },
    });
    const person = hire(connector, 'Erasable', day(0));
    connector.hr.apply({ kind: 'promote', person: person.id, to: 'Contractor' });
    await connector.imported();
    expect(stateHolds(connector, person.email ?? '')).toBe(true);
    const { code, stdout } = await connector.run(['forget', person.email ?? '']);
    expect(code).toBe(0);
    expect(stdout).toContain(
      `forgot #${person.id}: 0 links, 0 attempts, 0 invitations, 0 scheduled, 0 failures, 1 skip`,
    );
    for (const text of [person.email ?? '', 'Erasable']) expect(stateHolds(connector, text)).toBe(false);
    expect((await connector.run(['explain', String(person.id)])).code).toBe(2);
  });

  test('whoever is forgotten and still works here is linked again, without a second account or mail', async ({
    connect,
  }) => {
    const connector = await connect();
    await connector.imported();
    const person = plainPerson(connector.company);
    const accounts = connector.lms.list().length;
    expect((await connector.run(['forget', String(person.id), '--leave-account-open'])).code).toBe(0);
    const { changes } = await connector.imported();
    expect(changes).toMatchObject([{ kind: 'adopt', invites: false, employee: { id: String(person.id) } }]);
    expect(connector.lms.list()).toHaveLength(accounts);
    expect((await connector.imported()).changes).toEqual([]);
  });
});

describe('prune', () => {
  test('takes out what is older and leaves the state as good as before', async ({ connect }) => {
    const connector = await connect();
    await connector.imported();
    const person = plainPerson(connector.company);
    connector.hr.apply({ kind: 'terminate', person: person.id, on: day(-1) });
    await connector.imported();
    const young = await connector.run(['prune', '--older-than', '1d', '--leavers', '--json']);
    expect(JSON.parse(young.stdout)).toMatchObject({ erased: { accounts: 0, attempts: 0, runs: 0 } });

    const flags = ['prune', '--older-than', '0m', '--leavers', '--json'];
    const before = readFileSync(connector.stateFile);
    const rehearsed = JSON.parse((await connector.run([...flags, '--dry-run'])).stdout);
    expect(readFileSync(connector.stateFile).equals(before)).toBe(true);
    const pruned = JSON.parse((await connector.run(flags)).stdout);
    expect(pruned.erased).toEqual(rehearsed.erased);
    expect(pruned.erased).toMatchObject({ runs: 1 });
    expect(pruned.erased.attempts).toBeGreaterThan(20);
    expect((await connector.imported()).changes).toEqual([]);
    expect((await connector.run(['status'])).stdout).toContain('run 3 (import-all)');
  });

  test('an age that is none is refused with words about what to write', async ({ connect }) => {
    const connector = await connect();
    const { code, stderr } = await connector.run(['prune', '--older-than', 'soon']);
    expect(code).toBe(2);
    expect(stderr).toContain('--older-than takes a duration such as 90d');
  });
});
