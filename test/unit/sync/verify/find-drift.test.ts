import { describe, expect, it } from 'vitest';
import type { Account, Snapshot } from '../../../../src/core/account.js';
import type { MappingRule } from '../../../../src/core/mapping.js';
import { ShortListError } from '../../../../src/errors.js';
import { type Drifted, findDrift } from '../../../../src/sync/verify/find-drift.js';
import { account, fields, snapshot } from '../../core/made-up.js';

const RULES: readonly MappingRule[] = ['job_title', 'manager', 'custom_fields.Badge'].map((field) => ({
  ...{ field, from: ['x'], whenEmpty: 'clear', write: 'always' },
}));

const linked = (id: number, values: object = {}, partial: Partial<Snapshot> = {}) =>
  snapshot({
    employeeId: `${id}`,
    accountId: `a${id}`,
    fields: fields({ job_title: 'Engineer', ...values }),
    ...partial,
  });
const held = (id: number, values: object = {}, partial: Partial<Account> = {}) =>
  account({ id: `a${id}`, externalId: `${id}`, fields: fields({ job_title: 'Engineer', ...values }), ...partial });

/** Compares an LMS that lists these pages, and knows these accounts by id, with a snapshot. */
async function compare(
  snapshots: readonly Snapshot[],
  lms: {
    pages: readonly (readonly Account[])[];
    known?: readonly Account[];
    listShowsAll?: boolean;
    looksUpAtMost?: number;
    isShort?: boolean;
  },
) {
  const asked: string[] = [];
  let listed = false;
  const drifted: Drifted[] = [];
  const rows = snapshots.map((one, index) => ({ ...one, row: index + 1 }));
  const known = lms.known ?? lms.pages.flat();
  const comparison = await findDrift(
    {
      store: {
        async *snapshots() {
          for (const row of rows) yield [row];
        },
        snapshotsByAccount: async (ids) => rows.filter(({ accountId }) => ids.includes(accountId)),
        snapshotsByEmail: async (keys) => rows.filter(({ email }) => email !== null && keys.includes(email)),
        keysOf: async (ids) => rows.filter(({ employeeId }) => ids.includes(employeeId)),
        countSnapshots: async () => ({ active: rows.length, pending: 0, deactivated: 0, deleted: 0 }),
      },
      target: {
        async *list() {
          listed = true;
          yield* lms.pages;
          if (lms.isShort) throw new ShortListError({ system: 'LMS', method: 'GET', url: '/', attempts: 1 }, 'short');
        },
        async get(id) {
          asked.push(id);
          return known.find((one) => one.id === id) ?? null;
        },
        capabilities: {
          ...{ inviteByHand: false, externalId: true, listShowsAll: lms.listShowsAll ?? true },
          ...(lms.looksUpAtMost !== undefined && { looksUpAtMost: lms.looksUpAtMost }),
        },
        concurrency: 3,
      },
      mapping: { rules: RULES },
      reporter: { matching: () => undefined },
    },
    { keep: async (items) => void drifted.push(...items.map(({ item }) => item)) },
  );
  return { ...comparison, listed, asked: asked.toSorted(), drift: drifted.map(({ drift }) => drift), drifted };
}

describe('comparing the LMS with the snapshot', () => {
  it.each([
    [2, false],
    [1, true],
    [Number.POSITIVE_INFINITY, false],
  ])('with a target that looks up %d accounts at most lists two: %s', async (looksUpAtMost, lists) => {
    const pages = [[held(1), held(2, { job_title: 'Made up' })]];
    const result = await compare([linked(1), linked(2)], { pages, looksUpAtMost });
    expect(result).toMatchObject({ listed: lists, accounts: 2, compared: 2, asked: lists ? [] : ['a1', 'a2'] });
    expect(result.drift).toMatchObject([{ kind: 'changed', employee: { id: '2' } }]);
  });

  it('goes on one by one where the list proves short', async () => {
    const known = [held(1), held(2), held(3, { job_title: 'Made up' })];
    const result = await compare([linked(1), linked(2), linked(3)], { pages: [[held(1)]], known, isShort: true });
    expect(result).toMatchObject({ accounts: 3, compared: 3, asked: ['a2', 'a3'] });
    expect(result.drift).toMatchObject([{ kind: 'changed', employee: { id: '3' } }]);
  });

  it('asks for nobody whom the list shows, and never for accounts that nobody is linked to', async () => {
    const result = await compare([linked(1), linked(2)], {
      pages: [
        [held(1), held(9)],
        [held(2), held(1)],
      ],
    });
    expect(result).toMatchObject({ accounts: 4, compared: 2, asked: [], drift: [] });
  });

  it('asks for those who are not on the list before they count as gone', async () => {
    const ended = linked(3, {}, { state: 'deleted' });
    const snapshots = [linked(1), linked(2), ended, linked(4, {}, { state: 'pending' })];
    const result = await compare(snapshots, { pages: [[]], known: [held(1)] });
    expect(result).toMatchObject({ asked: ['a1', 'a2'], compared: 2 });
    expect(result.drift).toMatchObject([{ kind: 'gone', account: 'a2' }]);
    expect(result.counts).toEqual({ gone: 1, deactivated: 0, active: 0, changed: 0 });
  });

  it('asks for the rest of each open account where the list does not show it', async () => {
    const brief = (id: number, partial: Partial<Account> = {}) => held(id, { job_title: 'Engineer' }, partial);
    const snapshots = [1, 2, 3].map((id) => linked(id, { 'custom_fields.Badge': 5 }));
    const pages = [[brief(1), brief(2), brief(3, { state: 'deactivated' }), brief(9)]];
    const known = [held(1, { 'custom_fields.Badge': '5' }), held(2, { 'custom_fields.Badge': null })];
    const result = await compare(snapshots, { pages, known, listShowsAll: false });
    expect(result.asked).toEqual(['a1', 'a2']);
    expect(result.drift).toMatchObject([
      { account: 'a2', fields: { 'custom_fields.Badge': { before: 5, after: null } } },
      { account: 'a3', kind: 'deactivated' },
    ]);
  });

  it('reads a manager by account and tells them by employee', async () => {
    const snapshots = [
      linked(1),
      linked(2, { manager: '1' }),
      linked(3, { manager: '1' }),
      linked(4, { manager: '1' }),
    ];
    const pages = [[held(1), held(2, { manager: 'a1' }), held(3, { manager: 'a2' }), held(4, { manager: 'a9' })]];
    const result = await compare(snapshots, { pages });
    expect(result.showsManagers).toBe(true);
    expect(result.drift.map(({ account, fields: { manager } }) => [account, manager?.after])).toEqual([
      ['a3', '2'],
      ['a4', 'account a9'],
    ]);
  });

  it('believes the link that stands when somebody had the account before', async () => {
    const former = snapshot({ ...linked(1), accountId: 'a2', state: 'deleted', fields: fields({}) });
    for (const snapshots of [
      [former, linked(2)],
      [linked(2), former],
    ]) {
      expect((await compare(snapshots, { pages: [[held(2)]] })).drift).toEqual([]);
    }
  });
});
