import { readFile } from 'node:fs/promises';
import { describe, expect } from 'vitest';
import { importAt } from '../support/clock.js';
import { day, test } from '../support/connector.js';
import { hire, plainPerson } from '../support/people.js';

const waiting = (id: number, on: string) =>
  expect.objectContaining({ kind: 'invite', on, employee: expect.objectContaining({ id: String(id) }) });

describe('invitations', () => {
  test('existing staff get none, and the dry run says how many they are', async ({ connect }) => {
    const connector = await connect();
    const { notices, summary } = await connector.json(['import-all', '--dry-run']);
    expect(notices.join()).toContain(`${summary.create} people hired before the first import`);
    expect(summary.invite).toBe(0);
    await connector.imported();
    await connector.imported();
    expect(connector.mailed).toEqual([]);
  });

  test('existing_staff: send invites everybody, once', async ({ connect }) => {
    const connector = await connect({ config: { invitations: { existing_staff: 'send' } } });
    const { summary } = await connector.imported();
    expect(summary.invite).toBe(summary.create);
    await connector.imported();
    expect(connector.mailed).toHaveLength(summary.create);
    expect(new Set(connector.mailed).size).toBe(summary.create);
  });

  test('on_hire_date makes account and mail on the first day, and not before', async ({ connect }) => {
    const connector = await connect();
    await connector.imported();
    const ada = hire(connector, 'Ada', day(0));
    const grace = hire(connector, 'Grace', day(9));
    const { scheduled } = await connector.imported();
    expect(scheduled).toContainEqual(waiting(grace.id, day(9)));
    expect(connector.mailed).toEqual(['ada@acme.example']);
    expect(connector.account(ada).status).toBe('invite_pending');
    expect(connector.lms.findByEmail('grace@acme.example')).toBeNull();
    const eve = await connector.imported('--dry-run', '--as-of', day(8));
    expect(eve.summary).toMatchObject({ create: 0, invite: 0 });
    const first = await connector.imported('--dry-run', '--as-of', day(9));
    expect(first.changes).toContainEqual(
      expect.objectContaining({ kind: 'create', invites: true, because: expect.stringContaining('starts on') }),
    );
  });

  test('a hire date that moves takes the invitation along', async ({ connect }) => {
    const connector = await connect();
    await connector.imported();
    const ada = hire(connector, 'Ada', day(3));
    await connector.imported();
    connector.hr.apply({ kind: 'move_hire_date', person: ada.id, to: day(20) });
    const later = await connector.imported();
    expect(later.scheduled).toContainEqual(waiting(ada.id, day(20)));
    expect(later.scheduled).not.toContainEqual(waiting(ada.id, day(3)));
    expect((await connector.imported('--dry-run', '--as-of', day(3))).summary.invite).toBe(0);
    connector.hr.apply({ kind: 'move_hire_date', person: ada.id, to: day(0) });
    expect((await connector.imported()).summary.invite).toBe(1);
    connector.hr.apply({ kind: 'move_hire_date', person: ada.id, to: day(2) });
    await connector.imported();
    connector.hr.apply({ kind: 'move_hire_date', person: ada.id, to: day(0) });
    await connector.imported();
    expect(connector.mailed).toEqual(['ada@acme.example']);
  });

  test('days_before invites so many days ahead', async ({ connect }) => {
    const connector = await connect({ config: { invitations: { days_before: 7 } } });
    await connector.imported();
    hire(connector, 'Ada', day(7));
    const grace = hire(connector, 'Grace', day(8));
    const { scheduled } = await connector.imported();
    expect(connector.mailed).toEqual(['ada@acme.example']);
    expect(scheduled).toContainEqual(waiting(grace.id, day(1)));
  });

  test('immediately invites whoever is entered, and never invites nobody', async ({ connect }) => {
    const connector = await connect({ config: { invitations: { send: 'immediately' } } });
    const soon = connector.company.people.filter(({ status }) => status === 'onboarding');
    await connector.imported();
    expect(connector.mailed).toEqual(soon.map(({ email }) => email));
    connector.lms.mails.length = 0;
    hire(connector, 'Ada', day(30));
    await connector.imported();
    expect(connector.mailed).toEqual(['ada@acme.example']);
    await connector.configure({ invitations: { send: 'never' } });
    const grace = hire(connector, 'Grace', day(30));
    await connector.imported();
    expect(connector.account(grace).status).toBe('not_invited');
    expect(connector.mailed).toEqual(['ada@acme.example']);
  });

  test.for(['delete', 'inactive'] as const)('a hire that is withdrawn (%s) cancels it', async (how, { connect }) => {
    const connector = await connect();
    await connector.imported();
    const ada = hire(connector, 'Ada', day(3));
    await connector.imported();
    expect((await connector.run(['invite', 'list'])).stdout).toContain('ada@acme.example');
    connector.hr.apply({ kind: 'withdraw_hire', person: ada.id, how });
    const { scheduled } = await connector.imported();
    expect(scheduled).not.toContainEqual(waiting(ada.id, day(3)));
    expect((await connector.run(['invite', 'list'])).stdout).not.toContain('ada@acme.example');
    expect((await connector.imported('--dry-run', '--as-of', day(3))).summary.invite).toBe(0);
    expect(connector.mailed).toEqual([]);
  });

  describe('on the very day', () => {
    const withdrawals = ['delete', 'inactive', 'out of scope'] as const;

    test.for(withdrawals)(
      'a hire that is withdrawn (%s) cancels it, and prune keeps no name',
      async (how, { connect }) => {
        const connector = await connect();
        const at = (offset: number) => new Date(`${day(offset)}T06:00:00Z`);
        await importAt(connector, () => at(-9));
        const ada = hire(connector, 'Ada', day(-5));
        await importAt(connector, () => at(-8));
        expect((await connector.run(['invite', 'list'])).stdout).toContain('ada@acme.example');
        if (how === 'out of scope') {
          const filter = [{ field: 'work_email', not_matching: '^ada@' }];
          await connector.configure({ employees: { filter } });
        } else connector.hr.apply({ kind: 'withdraw_hire', person: ada.id, how });
        await importAt(connector, () => at(-5));
        expect((await connector.run(['invite', 'list'])).stdout).not.toContain('ada@acme.example');
        expect((await connector.run(['prune', '--older-than', '2d'])).code).toBe(0);
        expect(connector.mailed).toEqual([]);
        expect((await readFile(connector.stateFile)).includes('ada@acme.example')).toBe(false);
      },
    );

    test('it waits for somebody who is skipped, or whose mail could not be sent, and then it goes', async ({
      connect,
    }) => {
      const connector = await connect();
      const at = (offset: number) => new Date(`${day(offset)}T06:00:00Z`);
      await importAt(connector, () => at(0));
      const [ada, grace] = [hire(connector, 'Ada', day(2)), hire(connector, 'Grace', day(2))];
      await importAt(connector, () => at(1));
      const rival = hire(connector, 'Rival', day(2));
      connector.hr.apply({ kind: 'change_email', person: rival.id, to: 'grace@acme.example' });
      const fault = { kind: 'status', status: 422, body: { error: 'no seats' } } as const;
      connector.sandbox.learnamp.faults.add({ match: { route: 'users.create' }, times: null, fault });
      await importAt(connector, () => at(2));
      const listed = (await connector.run(['invite', 'list'])).stdout;
      for (const { email } of [ada, grace]) expect(listed).toContain(email);
      connector.sandbox.learnamp.faults.clear();
      connector.hr.apply({ kind: 'change_email', person: rival.id, to: 'rival@acme.example' });
      await importAt(connector, () => at(3));
      expect(connector.mailed.toSorted()).toEqual(['ada@acme.example', 'grace@acme.example', 'rival@acme.example']);
    });
  });

  describe('a newcomer', () => {
    test('is whom no earlier read showed, whatever the start date says, and stays one until the mail is out', async ({
      connect,
    }) => {
      const connector = await connect();
      await connector.imported();
      hire(connector, 'Ada', day(-2));
      const fault = { kind: 'status', status: 422, body: { error: 'no seats' } } as const;
      connector.sandbox.learnamp.faults.add({ match: { route: 'users.create' }, fault });
      expect((await connector.run(['import-all'])).code).toBe(4);
      const ada = connector.company.people.at(-1);
      await connector.imported('--only', String(ada?.id));
      expect(connector.mailed).toEqual(['ada@acme.example']);
      await connector.imported();
      expect(connector.mailed).toHaveLength(1);
    });

    test('is nobody whom the first import showed, though skipped, out of scope or not chosen then', async ({
      connect,
    }) => {
      const filter = [{ field: 'work_email', not_matching: '^(grace|-personio-login)' }];
      const connector = await connect({ config: { employees: { filter } } });
      const [ada, , alan] = [
        hire(connector, 'Ada', day(-9)),
        hire(connector, 'Grace', day(-9)),
        hire(connector, 'Alan', day(-9)),
      ];
      connector.hr.apply({ kind: 'change_email', person: ada.id, to: null });
      await connector.imported('--only', String(plainPerson(connector.company).id));
      await connector.imported();
      connector.hr.apply({ kind: 'change_email', person: ada.id, to: 'ada@acme.example' });
      await connector.configure({});
      const { summary, changes } = await connector.imported();
      expect(summary).toMatchObject({ create: 2, invite: 0 });
      expect(changes.map(({ because }) => because).join()).toContain('hired before the first import');
      expect(connector.account(alan).status).toBe('not_invited');
      expect(connector.mailed).toEqual([]);
    });
  });

  test('a hire that is entered again after it was withdrawn is invited after all', async ({ connect }) => {
    const connector = await connect();
    await connector.imported();
    const ada = hire(connector, 'Ada', day(3));
    await connector.imported();
    connector.hr.apply({ kind: 'withdraw_hire', person: ada.id, how: 'inactive' });
    await connector.imported();
    connector.hr.apply({ kind: 'set_status', person: ada.id, status: 'onboarding' });
    connector.hr.apply({ kind: 'move_hire_date', person: ada.id, to: day(0) });
    await connector.imported();
    await connector.imported();
    expect(connector.mailed).toEqual(['ada@acme.example']);
  });

  test('create_early makes the account before, without mail, and says that the mail is sent by hand', async ({
    connect,
  }) => {
    const connector = await connect({ config: { target: { create_early: true } } });
    await connector.imported();
    const ada = hire(connector, 'Ada', day(3));
    const { notices } = await connector.imported();
    expect(notices.join()).toMatch(/1 person get.* an account early: .* by hand/);
    expect(connector.account(ada).status).toBe('not_invited');
    connector.hr.apply({ kind: 'move_hire_date', person: ada.id, to: day(0) });
    await connector.imported();
    expect(connector.mailed).toEqual([]);
    expect((await connector.run(['invite', 'list'])).stdout).toContain('ada@acme.example');
  });

  test('a run that fails in between invites nobody twice', async ({ connect }) => {
    const connector = await connect({ config: { target: { concurrency: 1 } } });
    await connector.imported();
    for (const name of ['Ada', 'Grace', 'Alan']) hire(connector, name, day(0));
    const { faults } = connector.sandbox.learnamp;
    faults.add({ match: { route: 'users.create' }, fault: { kind: 'reset_after_commit' } });
    faults.add({ match: { route: 'users.list' }, from: 2, times: null, fault: { kind: 'status', status: 401 } });
    expect((await connector.run(['import-all'])).code).not.toBe(0);
    faults.clear();
    await connector.imported();
    await connector.imported();
    expect(connector.mailed.toSorted()).toEqual(['ada@acme.example', 'alan@acme.example', 'grace@acme.example']);
  });

  test('max_per_run defers the rest with exit code 10, and the next runs go on', async ({ connect }) => {
    const connector = await connect({ config: { invitations: { max_per_run: 2 } } });
    await connector.imported();
    for (const name of ['Ada', 'Grace', 'Alan', 'Edsger', 'Barbara']) hire(connector, name, day(0));
    const first = await connector.json(['import-all']);
    expect(first.exit_code).toBe(10);
    expect(first.changes.filter(({ outcome }) => outcome === 'deferred')).toHaveLength(3);
    expect(first.summary).toMatchObject({ create: 5, invite: 5 });
    expect(connector.mailed).toHaveLength(2);
    expect((await connector.run(['import-all'])).code).toBe(10);
    expect((await connector.run(['import-all'])).code).toBe(0);
    expect(new Set(connector.mailed).size).toBe(5);
    expect(connector.mailed).toHaveLength(5);
  });
});
