import { describe, expect } from 'vitest';
import { type Connector, day, test } from '../support/connector.js';
import { expectedAccounts, heldAccounts } from '../support/expected.js';
import { middleManager, plainPerson, topManager } from '../support/people.js';

const inStep = async (connector: Connector): Promise<void> => {
  expect(heldAccounts(connector)).toMatchObject(expectedAccounts(connector.company, day(0)));
  connector.takeRequests();
  expect((await connector.imported()).changes).toEqual([]);
  expect(connector.takeRequests()).toEqual([]);
};

describe('people whose address changes', () => {
  test('a changed address updates the same account', async ({ connect }) => {
    const connector = await connect();
    await connector.imported();
    const person = plainPerson(connector.company);
    const { id } = connector.account(person);
    const accounts = connector.lms.list().length;
    connector.hr.apply({ kind: 'change_name', person: person.id, lastName: 'Neu', email: 'neu@new-domain.example' });
    const { changes } = await connector.imported();
    expect(changes).toMatchObject([{ kind: 'update', account: String(id) }]);
    expect(connector.account(person)).toMatchObject({ id, email: 'neu@new-domain.example', lastName: 'Neu' });
    expect(connector.lms.list()).toHaveLength(accounts);
    await inStep(connector);
  });

  test('two people who swap their addresses keep their accounts', async ({ connect }) => {
    const connector = await connect();
    await connector.imported();
    const one = plainPerson(connector.company);
    const other = plainPerson(connector.company, 1);
    const ids = [connector.account(one).id, connector.account(other).id];
    connector.hr.apply({ kind: 'swap_emails', person: one.id, with: other.id });
    await connector.imported();
    expect([connector.account(one).id, connector.account(other).id]).toEqual(ids);
    await inStep(connector);
  });

  test('an address that one person gives up is taken by another in the same night', async ({ connect }) => {
    const connector = await connect();
    await connector.imported();
    const one = plainPerson(connector.company);
    const other = plainPerson(connector.company, 1);
    const freed = one.email;
    connector.hr.apply({ kind: 'change_email', person: one.id, to: 'moved@acme.example' });
    connector.hr.apply({ kind: 'change_email', person: other.id, to: freed });
    connector.hr.apply({ kind: 'hire', firstName: 'Ada', lastName: 'L', email: 'ada@acme.example', on: day(0) });
    await connector.imported();
    await inStep(connector);
  });

  test('of two people with one address the one who has it keeps it, and the other is named', async ({ connect }) => {
    const connector = await connect();
    await connector.imported();
    const person = plainPerson(connector.company);
    const before = JSON.stringify(connector.account(person));
    const double = { firstName: 'Double', lastName: 'Take', email: person.email, on: day(0) };
    const newcomer = connector.hr.apply({ kind: 'hire', ...double });
    const { skipped, changes } = await connector.imported();
    expect(changes).toEqual([]);
    expect(skipped).toContainEqual(
      expect.objectContaining({
        employee: expect.objectContaining({ id: String(newcomer?.id) }),
        reason: 'duplicate_email',
      }),
    );
    expect(JSON.stringify(connector.account(person))).toBe(before);
  });
});

describe('people who come back', () => {
  test('a rehire under a new id takes over the old account, opened again, with team and manager', async ({
    connect,
  }) => {
    const connector = await connect();
    await connector.imported();
    const person = plainPerson(connector.company);
    const { id } = connector.account(person);
    connector.hr.apply({ kind: 'terminate', person: person.id, on: day(-1) });
    await connector.imported();
    expect(connector.account(person)).toMatchObject({ status: 'deactivated', primaryTeamId: null });
    const again = connector.hr.apply({ kind: 'rehire', person: person.id, on: day(0) });
    if (again === null) throw new Error('nobody was rehired');
    const { changes } = await connector.imported();
    expect(changes).toMatchObject([
      { kind: 'reactivate', employee: { id: String(again.id) }, account: String(id), outcome: 'done' },
    ]);
    expect(connector.account(again).id).toBe(id);
    expect(heldAccounts(connector)[again.id]?.team).not.toBeNull();
    expect(heldAccounts(connector)[again.id]?.manager).toBe(String(person.supervisorId));
    await inStep(connector);
  });

  test('a rehire in the night in which the old profile turns inactive keeps the one account', async ({ connect }) => {
    const connector = await connect();
    await connector.imported();
    const person = plainPerson(connector.company);
    const { id } = connector.account(person);
    const accounts = connector.lms.list().length;
    connector.hr.apply({ kind: 'terminate', person: person.id, on: day(-1) });
    const again = connector.hr.apply({ kind: 'rehire', person: person.id, on: day(0) });
    if (again === null) throw new Error('nobody was rehired');
    await connector.imported();
    expect(connector.account(again)).toMatchObject({ id, email: person.email?.replace(/_.*@/, '@') });
    expect(connector.account(again).status).not.toBe('deactivated');
    expect(connector.lms.list()).toHaveLength(accounts);
    await inStep(connector);
  });

  test('a manager who is rehired in the same night keeps the reports', async ({ connect }) => {
    const connector = await connect();
    await connector.imported();
    const boss = middleManager(connector.company);
    connector.hr.apply({ kind: 'terminate', person: boss.id, on: day(-1) });
    const again = connector.hr.apply({ kind: 'rehire', person: boss.id, on: day(0) });
    if (again === null) throw new Error('nobody was rehired');
    for (const { id, supervisorId } of connector.company.people) {
      if (supervisorId === boss.id) connector.hr.apply({ kind: 'change_manager', person: id, to: again.id });
    }
    await connector.imported();
    await inStep(connector);
  });

  test('somebody who is active again under the same id gets the account back', async ({ connect }) => {
    const connector = await connect();
    await connector.imported();
    const person = plainPerson(connector.company);
    connector.hr.apply({ kind: 'set_status', person: person.id, status: 'inactive' });
    await connector.imported();
    expect(connector.account(person).status).toBe('deactivated');
    connector.hr.apply({ kind: 'set_status', person: person.id, status: 'active' });
    const { changes } = await connector.imported();
    expect(changes).toMatchObject([{ kind: 'reactivate', because: 'employed again' }]);
    await inStep(connector);
  });
});

describe('managers', () => {
  test('a manager who arrives later is linked then', async ({ connect }) => {
    const connector = await connect();
    const person = plainPerson(connector.company);
    const late = connector.hr.apply({
      ...{ kind: 'hire', firstName: 'Late', lastName: 'Boss', email: null, on: day(-1) },
      supervisor: topManager(connector.company).id,
    });
    if (late === null) throw new Error('nobody was hired');
    connector.hr.apply({ kind: 'change_manager', person: person.id, to: late.id });
    await connector.imported();
    expect(connector.account(person).managerId).toBeNull();
    expect((await connector.imported()).changes).toEqual([]);
    connector.hr.apply({ kind: 'change_email', person: late.id, to: 'late.boss@acme.example' });
    await connector.imported();
    expect(connector.account(person).managerId).toBe(connector.account(late).id);
    await inStep(connector);
  });

  test('two people who are each other’s manager are linked both ways', async ({ connect }) => {
    const connector = await connect();
    const hire = (firstName: string) =>
      connector.hr.apply({ kind: 'hire', firstName, lastName: 'L', email: `${firstName}@acme.example`, on: day(-1) });
    const [one, other] = [hire('yin'), hire('yang')];
    if (!one || !other) throw new Error('nobody was hired');
    connector.hr.apply({ kind: 'change_manager', person: one.id, to: other.id });
    connector.hr.apply({ kind: 'change_manager', person: other.id, to: one.id });
    await connector.imported();
    expect(connector.account(one).managerId).toBe(connector.account(other).id);
    expect(connector.account(other).managerId).toBe(connector.account(one).id);
    await inStep(connector);
  });

  test('somebody who is their own manager in HR has none', async ({ connect }) => {
    const connector = await connect();
    const top = topManager(connector.company);
    connector.hr.apply({ kind: 'change_manager', person: top.id, to: top.id });
    await connector.imported();
    expect(connector.account(top).managerId).toBeNull();
    expect((await connector.imported()).changes).toEqual([]);
  });

  test('the reports of a manager who leaves are not handed to the owner', async ({ connect }) => {
    const connector = await connect();
    await connector.imported();
    const boss = middleManager(connector.company);
    connector.hr.apply({ kind: 'terminate', person: boss.id, on: day(-1) });
    await connector.imported();
    await inStep(connector);
  });
});
