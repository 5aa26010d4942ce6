import { existsSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { day, test } from '../support/connector.js';
import { expectedAccounts, heldAccounts, isWanted } from '../support/expected.js';

describe('import-all for a company of 400', () => {
  test('a dry run shows the plan, sends no write, and leaves no file', async ({ connect }) => {
    const connector = await connect({ people: 400 });
    const before = JSON.stringify(connector.lms.list());
    const wanted = Object.keys(expectedAccounts(connector.company, day(0))).length;
    const { code, stdout, stderr } = await connector.run(['import-all', '--dry-run']);
    expect({ code, stderr }).toMatchObject({ code: 0 });
    expect(stdout).toContain(`${wanted} to create`);
    expect(stdout).toContain('Nothing was sent');
    expect(connector.takeWrites()).toEqual([]);
    expect(JSON.stringify(connector.lms.list())).toBe(before);
    expect(existsSync(join(connector.folder, 'state'))).toBe(false);
    expect(await readdir(connector.folder)).toEqual(['hrsync.yaml']);
  });

  test('the first run makes Learn Amp hold what the mapping says, and the second one says nothing to it', async ({
    connect,
  }) => {
    const connector = await connect({ people: 400 });
    const { company, lms } = connector;
    const first = await connector.run(['import-all']);
    expect(first).toMatchObject({ code: 0 });
    const expected = expectedAccounts(company, day(0));
    expect(heldAccounts(connector)).toEqual(expected);
    expect(lms.list()).toHaveLength(Object.keys(expected).length + lms.staff.length);
    expect(connector.mailed).toEqual([]);
    const { mode } = await stat(connector.stateFile);
    expect(mode & 0o077).toBe(0);

    connector.takeRequests();
    const held = JSON.stringify(lms.list());
    const second = await connector.run(['import-all']);
    expect(second.code).toBe(0);
    expect(connector.takeRequests()).toEqual([]);
    expect(JSON.stringify(lms.list())).toBe(held);
    expect(`${second.stdout}${second.stderr}`.trimEnd().split('\n')).toHaveLength(1);
    expect(second.stdout).toMatch(/^\S+Z info {2}acme: nothing to do: 400 employees read/);
  });

  test('a dry run and the run after it agree on every change', async ({ connect }) => {
    const connector = await connect({ people: 60 });
    const planned = await connector.json(['import-all', '--dry-run']);
    const done = await connector.imported();
    const essence = ({ changes }: typeof planned) =>
      changes.map(({ kind, employee, fields, because, invites }) => ({ kind, employee, fields, because, invites }));
    expect(essence(done)).toEqual(essence(planned));
    expect(done.summary).toEqual(planned.summary);
    expect(new Set(planned.changes.map(({ outcome }) => outcome))).toEqual(new Set(['planned']));
    expect(new Set(done.changes.map(({ outcome }) => outcome))).toEqual(new Set(['done']));
    expect(done.source).toMatchObject({ type: 'personio', employees: 60, complete: true });
  });

  test('people who are left out are named with a reason that HR can act on', async ({ connect }) => {
    const connector = await connect({ people: 60 });
    const { skipped } = await connector.imported();
    const logins = connector.company.people.filter(({ email }) => email?.includes('-personio-login@'));
    const withoutAddress = connector.company.people.filter(({ email }) => email === null);
    const reasons = new Map(skipped.map(({ employee, reason }) => [employee.id, reason]));
    for (const { id } of logins) expect(reasons.get(String(id))).toBe('out_of_scope');
    for (const { id } of withoutAddress) expect(reasons.get(String(id))).toBe('no_email');
    for (const person of connector.company.people.filter((one) => isWanted(one, day(0)))) {
      expect(reasons.has(String(person.id))).toBe(false);
    }
  });
});
