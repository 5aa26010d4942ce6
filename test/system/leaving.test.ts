import { describe, expect } from 'vitest';
import { day, test } from '../support/connector.js';
import { expectedAccounts, heldAccounts } from '../support/expected.js';
import { plainPerson } from '../support/people.js';

describe('terminations', () => {
  test('one in the future is scheduled and shown, and unscheduled when it is withdrawn', async ({ connect }) => {
    const connector = await connect();
    await connector.imported();
    const person = plainPerson(connector.company);
    const mine = { employee: expect.objectContaining({ id: String(person.id) }), kind: 'deactivate', on: day(15) };
    connector.hr.apply({ kind: 'terminate', person: person.id, on: day(14) });
    const noticed = await connector.imported();
    expect(noticed.changes).toEqual([]);
    expect(noticed.scheduled).toContainEqual(mine);
    expect((await connector.run(['status'])).stdout).toContain(`${day(15)}  deactivate`);
    connector.hr.apply({ kind: 'withdraw_termination', person: person.id });
    const withdrawn = await connector.imported();
    expect(withdrawn.changes).toEqual([]);
    expect(withdrawn.scheduled).not.toContainEqual(mine);
    expect((await connector.run(['status'])).stdout).not.toContain(`${day(15)}  deactivate`);
    expect(connector.account(person).status).not.toBe('deactivated');
  });

  test('one that is known before the account is made is scheduled with it', async ({ connect }) => {
    const connector = await connect();
    const person = plainPerson(connector.company);
    connector.hr.apply({ kind: 'terminate', person: person.id, on: day(14) });
    const mine = { employee: expect.objectContaining({ id: String(person.id) }), kind: 'deactivate', on: day(15) };
    const { scheduled } = await connector.imported();
    expect(scheduled).toContainEqual(mine);
    expect((await connector.imported()).scheduled).toEqual(scheduled);
  });

  test('the last day itself is worked, and the account ends on the day after', async ({ connect }) => {
    const connector = await connect();
    await connector.imported();
    const today = plainPerson(connector.company);
    const yesterday = plainPerson(connector.company, 1);
    const later = plainPerson(connector.company, 2);
    connector.hr.apply({ kind: 'terminate', person: today.id, on: day(0) });
    connector.hr.apply({ kind: 'terminate', person: yesterday.id, on: day(-1) });
    connector.hr.apply({ kind: 'set_status', person: yesterday.id, status: 'active' });
    connector.hr.apply({ kind: 'terminate', person: later.id, on: day(30), lastWorkingDay: day(-5) });
    const ended = (document: Awaited<ReturnType<typeof connector.json>>) =>
      document.changes.filter(({ kind }) => kind === 'deactivate').map(({ employee }) => Number(employee.id));
    expect(ended(await connector.imported())).toEqual([yesterday.id]);
    expect(ended(await connector.imported('--dry-run', '--as-of', day(1)))).toEqual([today.id]);
    expect(ended(await connector.imported('--dry-run', '--as-of', day(30)))).not.toContain(later.id);
    const asOf = await connector.json(['import-all', '--dry-run', '--as-of', day(31), '--allow', 'deactivate=40']);
    expect(ended(asOf)).toContain(later.id);
    expect(connector.account(today).status).not.toBe('deactivated');
    expect(connector.account(yesterday).status).toBe('deactivated');
  });

  test('without termination_date in the config only the status ends an account', async ({ connect }) => {
    const connector = await connect({ config: { deactivation: { when: ['inactive'] } } });
    await connector.imported();
    const person = plainPerson(connector.company);
    connector.hr.apply({ kind: 'terminate', person: person.id, on: day(-1) });
    connector.hr.apply({ kind: 'set_status', person: person.id, status: 'active' });
    expect((await connector.imported()).changes).toEqual([]);
    connector.hr.apply({ kind: 'set_status', person: person.id, status: 'inactive' });
    expect((await connector.imported()).changes).toMatchObject([{ kind: 'deactivate' }]);
  });

  test('somebody whom a pattern protects stays, and is named', async ({ connect }) => {
    const connector = await connect();
    const person = plainPerson(connector.company);
    await connector.configure({ deactivation: { protect: [`${person.email?.slice(0, 5).toUpperCase()}*`] } });
    await connector.imported();
    connector.hr.apply({ kind: 'set_status', person: person.id, status: 'inactive' });
    const { changes, skipped } = await connector.imported();
    expect(changes).toEqual([]);
    expect(skipped).toContainEqual(expect.objectContaining({ reason: 'protected' }));
    expect(connector.account(person).status).not.toBe('deactivated');
  });

  test('action none keeps the accounts of leavers, and action delete removes them', async ({ connect }) => {
    const connector = await connect({ config: { deactivation: { action: 'none' } } });
    await connector.imported();
    const person = plainPerson(connector.company);
    const { id } = connector.account(person);
    connector.hr.apply({ kind: 'set_status', person: person.id, status: 'inactive' });
    expect((await connector.imported()).changes).toEqual([]);
    await connector.configure({ deactivation: { action: 'delete' } });
    expect((await connector.imported()).changes).toMatchObject([{ kind: 'delete', account: String(id) }]);
    expect(connector.lms.find(id)).toBeNull();
    expect((await connector.imported()).changes).toEqual([]);
  });

  test('people who no longer pass the filter keep their account unless the config ends it', async ({ connect }) => {
    const connector = await connect();
    await connector.imported();
    const person = plainPerson(connector.company);
    const filter = [{ field: 'id', not_in: [String(person.id)] }];
    const logins = { field: 'work_email', not_matching: '-personio-login@' };
    await connector.configure({ employees: { filter: [logins, ...filter] } });
    const kept = await connector.imported();
    expect(kept.changes).toEqual([]);
    expect(kept.skipped).toContainEqual(expect.objectContaining({ reason: 'out_of_scope' }));
    const config = { employees: { filter: [logins, ...filter] }, deactivation: { out_of_scope: 'deactivate' } };
    await connector.configure(config);
    const { changes } = await connector.imported();
    expect(changes).toMatchObject([{ kind: 'deactivate', employee: { id: String(person.id) } }]);
  });
});

describe('people who are gone from HR', () => {
  test('absence alone ends nothing in the first nights, however often the day is run', async ({ connect }) => {
    const connector = await connect();
    await connector.imported();
    const person = plainPerson(connector.company);
    connector.hr.apply({ kind: 'delete', person: person.id });
    for (let run = 0; run < 3; run++) {
      const { changes, notices } = await connector.imported();
      expect(changes).toEqual([]);
      expect(notices.join()).toContain('1 person did not come from Personio');
    }
    const countdown = [{ employee: { id: String(person.id) }, since: day(0), reads: 4, gone_on: day(2) }];
    expect((await connector.imported('--dry-run')).missing).toMatchObject(countdown);
    const shown = await connector.run(['import-all', '--dry-run', '--verbose']);
    expect(shown.stdout).toMatch(new RegExp(`Missing from HR 1\\n.*#${person.id}: since ${day(0)}, in 4 complete`));
    const status = await connector.run(['status', '--json']);
    expect(JSON.parse(status.stdout).missing).toMatchObject([{ since: day(0), reads: 3, gone_on: day(2) }]);
    const later = await connector.imported('--dry-run', '--as-of', day(2));
    expect(later.changes).toMatchObject([{ kind: 'deactivate', employee: { id: String(person.id) } }]);
    expect(connector.account(person).status).not.toBe('deactivated');
  });

  test('they count as leavers after the configured number of complete reads', async ({ connect }) => {
    const connector = await connect({ config: { deactivation: { missing: { after_runs: 2, after_days: 0 } } } });
    await connector.imported();
    const person = plainPerson(connector.company);
    connector.hr.apply({ kind: 'delete', person: person.id });
    expect((await connector.imported()).changes).toEqual([]);
    for (let run = 0; run < 2; run++) await connector.imported('--dry-run');
    const { changes } = await connector.imported();
    expect(changes).toMatchObject([{ kind: 'deactivate', employee: { id: String(person.id) } }]);
    expect(connector.account(person).status).toBe('deactivated');
    expect((await connector.imported()).changes).toEqual([]);
  });

  test('whoever returns in between starts again from nothing', async ({ connect }) => {
    const connector = await connect({ config: { deactivation: { missing: { after_runs: 2, after_days: 0 } } } });
    await connector.imported();
    const person = plainPerson(connector.company);
    const { people } = connector.company;
    const place = people.indexOf(person);
    const vanish = () => people.splice(place, 1);
    vanish();
    expect((await connector.imported()).changes).toEqual([]);
    people.splice(place, 0, person);
    expect((await connector.imported()).changes).toEqual([]);
    vanish();
    expect((await connector.imported()).changes).toEqual([]);
    expect((await connector.imported()).changes).toMatchObject([{ kind: 'deactivate' }]);
    people.splice(place, 0, person);
    expect((await connector.imported()).changes).toMatchObject([{ kind: 'reactivate' }]);
    expect(heldAccounts(connector)).toEqual(expectedAccounts(connector.company, day(0)));
  });

  test('a read that was not believed counts for nothing', async ({ connect }) => {
    const connector = await connect({ config: { deactivation: { missing: { after_runs: 2, after_days: 0 } } } });
    await connector.imported();
    connector.hr.apply({ kind: 'delete', person: plainPerson(connector.company).id });
    connector.sandbox.personio.faults.add({
      ...{ match: { route: 'employees' }, times: null },
      fault: { kind: 'short_list', keep: 0.5 },
    });
    for (let run = 0; run < 2; run++) expect((await connector.run(['import-all'])).code).toBe(6);
    connector.sandbox.personio.faults.clear();
    expect((await connector.imported()).changes).toEqual([]);
    expect((await connector.imported()).changes).toMatchObject([{ kind: 'deactivate' }]);
  });

  test('with missing: never nobody is ended by absence', async ({ connect }) => {
    const connector = await connect({ config: { deactivation: { missing: 'never' } } });
    await connector.imported();
    connector.hr.apply({ kind: 'delete', person: plainPerson(connector.company).id });
    for (let run = 0; run < 3; run++) expect((await connector.imported()).changes).toEqual([]);
    expect((await connector.imported('--dry-run', '--as-of', day(99), '--allow', 'deactivate=40')).changes).not.toEqual(
      expect.arrayContaining([expect.objectContaining({ because: expect.stringContaining('missing') })]),
    );
  });
});
