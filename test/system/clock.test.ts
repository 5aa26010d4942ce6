import { describe, expect } from 'vitest';
import { importAt } from '../support/clock.js';
import { type Connector, day, test } from '../support/connector.js';
import { expectedAccounts, heldAccounts } from '../support/expected.js';
import { hire, plainPerson } from '../support/people.js';

const at = (offset: number, time = '12:00:00') => new Date(`${day(offset)}T${time}Z`);

async function inStep(connector: Connector): Promise<void> {
  const { exit_code } = await importAt(connector, () => at(0));
  expect(exit_code).toBe(0);
  connector.takeRequests();
}

describe('the clock', () => {
  test('a run that crosses midnight judges everybody by the day on which it began', async ({ connect }) => {
    const connector = await connect();
    await inStep(connector);
    const leaver = plainPerson(connector.company);
    connector.hr.apply({ kind: 'terminate', person: leaver.id, on: day(1) });
    const newcomer = hire(connector, 'Tomorrow', day(2));
    let looks = 0;
    // Ten seconds to midnight, and a second passes with every look.
    const now = () => new Date(at(1, '23:59:50').getTime() + 1_000 * looks++);
    const crossing = await importAt(connector, now);
    expect(looks).toBeGreaterThan(12);
    expect(crossing).toMatchObject({ exit_code: 0, changes: [] });
    expect(crossing.scheduled).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ kind: 'deactivate', on: day(2) }),
        expect.objectContaining({ kind: 'invite', on: day(2) }),
      ]),
    );
    const { changes } = await importAt(connector, () => at(2, '00:00:01'));
    expect(changes.map(({ kind, employee }) => `${kind} ${employee.id}`).sort()).toEqual(
      [`create ${newcomer.id}`, `deactivate ${leaver.id}`].sort(),
    );
  });

  test('one that is set back by a week ends nobody, mails nobody twice and sends nothing', async ({ connect }) => {
    const connector = await connect();
    hire(connector, 'Joiner', day(0));
    await inStep(connector);
    const mailed = [...connector.mailed];
    connector.hr.apply({ kind: 'delete', person: plainPerson(connector.company).id });
    expect((await importAt(connector, () => at(0))).missing).toMatchObject([{ since: day(0), reads: 1 }]);
    connector.takeRequests();
    for (const offset of [-7, -6]) {
      expect(await importAt(connector, () => at(offset))).toMatchObject({ exit_code: 0, changes: [] });
    }
    expect(connector.takeRequests()).toEqual([]);
    expect(connector.mailed).toEqual(mailed);
  });

  test('one that ran ahead leaves nobody resting until a time that is far away', async ({ connect }) => {
    const connector = await connect();
    await inStep(connector);
    const person = plainPerson(connector.company);
    connector.hr.apply({ kind: 'promote', person: person.id, to: 'Lead' });
    connector.sandbox.learnamp.faults.add({
      match: { method: 'PUT' },
      times: null,
      fault: { kind: 'status', status: 422, body: { error: 'jobTitle is not liked today' } },
    });
    expect((await importAt(connector, () => at(30))).exit_code).toBe(4);
    connector.sandbox.learnamp.faults.clear();
    const { changes } = await importAt(connector, () => at(0, '13:00:00'));
    expect(changes).toMatchObject([{ kind: 'update', outcome: 'done' }]);
  });

  test('nights on both sides of a change of summer time each end as they should', async ({ connect }) => {
    const connector = await connect({
      sandbox: { company: { size: 30, today: '2027-03-20' } },
      config: { document: { timezone: 'Europe/Berlin' } },
    });
    const first = await importAt(connector, () => new Date('2027-03-26T01:30:00Z'));
    expect(first.exit_code).toBe(0);
    const leaver = plainPerson(connector.company);
    connector.hr.apply({ kind: 'terminate', person: leaver.id, on: '2027-03-27' });
    // Half past two on the last day; half past three on the day without an hour, which begins one hour earlier in UTC.
    const eve = await importAt(connector, () => new Date('2027-03-27T22:59:59Z'));
    expect(eve.changes).toEqual([]);
    const morning = await importAt(connector, () => new Date('2027-03-27T23:00:00Z'));
    expect(morning.changes).toMatchObject([{ kind: 'deactivate', employee: { id: String(leaver.id) } }]);
    expect(heldAccounts(connector)[String(leaver.id)]?.active).toBe(false);
    expect(expectedAccounts(connector.company, '2027-03-28')[String(leaver.id)]).toBeUndefined();
  });
});
