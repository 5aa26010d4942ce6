import { randomInt } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { makePassword } from '../../../../src/targets/kit/password.js';
import { Budget } from '../../../../src/targets/learnupon/budget.js';
import { findAccounts } from '../../../../src/targets/learnupon/find.js';
import { accountFrom } from '../../../../src/targets/learnupon/record.js';
import { definitionsSchema, type User, usersSchema } from '../../../../src/targets/learnupon/schema.js';
import { portalFields, settingsWith } from './made-up.js';

const reading = (changes: object = {}) => {
  const settings = settingsWith({ employee_id_field: 'Employee id', manager_to: 'Manager', ...changes });
  return { settings, custom: portalFields(settings), today: '2026-11-24' };
};
const user = (json: object): User => usersSchema.parse({ user: [{ id: 7, ...json }] })[0] as User;

describe('settings', () => {
  it('want the whole address of the API', () => {
    expect(() => settingsWith({ base_url: 'https://acme.learnupon.com' })).toThrow(/api\/v1/);
    expect(settingsWith({ base_url: 'https://acme.learnuponau.com/api/v1/' }).base_url).toMatch(/v1$/);
  });

  it('want to know which groups belong to hrsync', () => {
    expect(() => settingsWith({ groups: 'own' })).toThrow(/owned_groups/);
    expect(() => settingsWith({ employee_id_field: 'A', manager_to: 'A' })).toThrow(/employee id already/);
  });
});

describe('a password', () => {
  it('has the length and every class that the policy asks for, and is never the same', () => {
    const policy = { length: 12, classes: ['lower', 'upper', 'digit', 'symbol'] as const };
    const made = Array.from({ length: 200 }, () =>
      makePassword({ ...policy, classes: [...policy.classes] }, (n) => randomInt(n)),
    );
    expect(new Set(made).size).toBe(200);
    for (const password of made) {
      expect(password).toHaveLength(12);
      for (const kind of [/[a-z]/, /[A-Z]/, /\d/, /[^a-zA-Z\d]/]) expect(password).toMatch(kind);
    }
    expect(makePassword({ length: 8, classes: ['digit'] }, () => 0)).toBe('22222222');
  });
});

describe('the budget', () => {
  const pauses: number[] = [];
  const world = {
    now: () => new Date('2026-11-24T02:00:45Z'),
    sleep: async (milliseconds: number) => {
      pauses.push(milliseconds);
    },
  };
  const call = (headers: Record<string, string>) => async () => ({ headers });

  it('of a run ends with its calls', async () => {
    const budget = new Budget({ max_requests_per_run: 2, weekly_floor: 0, concurrency: 1 }, world);
    for (const _ of [1, 2]) {
      budget.admit();
      await budget.spend(call({}));
    }
    expect(() => budget.admit()).toThrow(
      expect.objectContaining({ name: 'BudgetError', exitCode: 10, setting: 'max_requests_per_run' }),
    );
  });

  it('of the week ends at the floor, and an answer that does not say leaves it as it was', async () => {
    const budget = new Budget({ max_requests_per_run: 99, weekly_floor: 100, concurrency: 1 }, world);
    await budget.spend(call({ 'x-lu-rate-limit-remaining-week': '101' }));
    await budget.spend(call({ 'x-lu-rate-limit-remaining-week': 'soon' }));
    budget.admit();
    await budget.spend(call({ 'x-lu-rate-limit-remaining-week': '100' }));
    expect(() => budget.admit()).toThrow(expect.objectContaining({ setting: 'weekly_floor' }));
  });

  it('of the minute is waited for', async () => {
    const budget = new Budget({ max_requests_per_run: 99, weekly_floor: 0, concurrency: 2 }, world);
    await budget.spend(call({ 'x-lu-rate-limit-remaining-minute': '2' }));
    await budget.spend(call({ 'x-lu-rate-limit-remaining-minute': '1' }));
    expect(pauses).toEqual([]);
    await budget.spend(call({}));
    expect(pauses).toEqual([15_000]);
  });
});

describe('a reply', () => {
  const definitions = [{ id: 1, type_id: 1, label: 'A' }];
  it.each(['customDataFieldDefinitions', 'customDataFieldDefintions'])('is read by key, definitions as %s', (key) => {
    expect(definitionsSchema.parse({ [key]: definitions })).toEqual([{ ...definitions[0] }]);
    expect(usersSchema.parse({ [key]: definitions, user: [{ id: 7 }] })).toMatchObject([{ id: 7 }]);
    expect(() => definitionsSchema.parse({ definitions })).toThrow();
  });

  it('shows custom values by id or by label, in either spelling', () => {
    const byId = user({
      customDataFieldValues: [
        { definition_id: 3, value: 42 },
        { definition_id: 1, value: 'E-1' },
      ],
    });
    const byLabel = user({ CustomData: { badge: 42, employee_id: 'E-1', manager: 'a@b.example' } });
    for (const one of [byId, byLabel]) {
      expect(accountFrom(one, reading())).toMatchObject({
        externalId: 'E-1',
        fields: { 'custom_fields.Badge': '42', 'custom_fields.Cost centre': null },
      });
      expect(Object.keys(accountFrom(one, reading()).fields)).not.toContain('custom_fields.Manager');
    }
  });

  it('that shows no custom values says nothing of them', () => {
    expect(Object.keys(accountFrom(user({ enabled: true }), reading()).fields)).toEqual([]);
    expect(accountFrom(user({ CustomData: null }), reading()).fields).toMatchObject({ 'custom_fields.Badge': null });
  });

  it.each([
    [{ enabled: true }, 'enabled', 'active'],
    [{ enabled: false }, 'enabled', 'deactivated'],
    [{}, 'enabled', 'unknown'],
    [{ enabled: true, account_expires: '2026-11-23' }, 'expiry', 'deactivated'],
    [{ enabled: true, account_expires: '2026-11-24' }, 'expiry', 'active'],
    [{ enabled: true, account_expires: '2026-11-23' }, 'enabled', 'active'],
  ])('%j under %s is %s', (json, deactivate_how, state) => {
    expect(accountFrom(user(json), reading({ deactivate_how })).state).toBe(state);
  });
});

describe('looking for somebody', () => {
  const listed = [
    user({ id: 1, email: 'a@b.example', CustomData: { 'Employee id': 'E-1' } }),
    user({ id: 2, email: 'c@d.example' }),
    user({ id: 4, email: 'C@D.example' }),
    user({ id: 3, email: 'e@f.example', CustomData: { 'Employee id': 'E-1' } }),
  ];
  const calls: string[] = [];
  const client = {
    usersByEmail: async (email: string) => {
      calls.push(email);
      return listed.filter((one) => one.email === email);
    },
    async *users() {
      calls.push('list');
      yield listed;
    },
  };
  const looking = { concurrency: 1, read: (one: User) => accountFrom(one, reading()) };

  it('walks through the list once besides each search: a second account may bear the id, or the address', async () => {
    const keys = [
      { externalId: 'E-1', email: 'a@b.example' },
      { externalId: 'nobody', email: 'c@d.example' },
    ];
    const found = await findAccounts(client, keys, looking);
    expect(found.map(({ id }) => id).sort()).toEqual(['1', '2', '3', '4']);
    expect(calls.splice(0)).toEqual(['a@b.example', 'c@d.example', 'list']);
    const moved = [{ externalId: 'E-1', email: 'new@b.example' }];
    expect(await findAccounts(client, moved, looking)).toMatchObject([{ id: '1' }, { id: '3' }]);
    calls.splice(0);
    expect(await findAccounts(client, [], looking)).toEqual([]);
    expect(calls).toEqual([]);
  });
});
