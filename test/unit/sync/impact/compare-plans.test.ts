import { describe, expect, it } from 'vitest';
import { comparePlans, isDifferent } from '../../../../src/sync/impact/compare-plans.js';
import { change, person, runResult } from '../../report/acme.js';

const same = (text: string) => text;
const compare = (...[before, now]: [Parameters<typeof runResult>, Parameters<typeof runResult>]) =>
  comparePlans(runResult(...before), runResult(...now), same);

const ada = person('1001', 'Ada Lovelace');
const max = person('1002', 'Max Müller');
const title = (after: string) => ({ job_title: { before: 'Engineer', after } });

describe('two plans', () => {
  it('that are alike differ in nothing', async () => {
    const plan = { changes: [change(), change({ employee: ada })] };
    const impact = await compare([plan], [plan]);
    expect(isDifferent(impact)).toBe(false);
    expect(impact).toMatchObject({ same: 2, changes: { added: [], removed: [], different: [] } });
  });

  it('are compared person by person and kind by kind', async () => {
    const impact = await compare(
      [{ changes: [change({ employee: ada }), change({ employee: max })] }],
      [
        {
          changes: [
            change({ employee: ada, fields: title('Head') }),
            change({ kind: 'deactivate', employee: max, fields: {} }),
          ],
        },
      ],
    );
    expect(impact.same).toBe(0);
    expect(impact.changes.different.map(({ present, next }) => [present.fields, next.fields])).toEqual([
      [title('Lead engineer'), title('Head')],
    ]);
    expect(impact.changes.added.map(({ kind, employee }) => [kind, employee.id])).toEqual([['deactivate', '1002']]);
    expect(impact.changes.removed.map(({ kind, employee }) => [kind, employee.id])).toEqual([['update', '1002']]);
  });

  it('take the order of fields for no difference, and another account or another mail for one', async () => {
    const fields = { a: { before: null, after: '1' }, b: { before: null, after: '2' } };
    const turned = { b: { before: null, after: '2' }, a: { before: null, after: '1' } };
    expect((await compare([{ changes: [change({ fields })] }], [{ changes: [change({ fields: turned })] }])).same).toBe(
      1,
    );
    for (const other of [{ account: '78' }, { invites: true }]) {
      const impact = await compare([{ changes: [change()] }], [{ changes: [change(other)] }]);
      expect(impact.changes.different).toHaveLength(1);
    }
  });

  it('may hold two changes of one kind for one person', async () => {
    const pair = [change(), change({ fields: { manager: { before: null, after: '1001' } } })];
    const impact = await compare([{ changes: pair.slice(0, 1) }], [{ changes: pair }]);
    expect(impact.same).toBe(1);
    expect(impact.changes.added).toEqual([pair[1]]);
  });

  it('tell the endings first', async () => {
    const changes = [change({ employee: ada }), change({ kind: 'delete', employee: max, fields: {} })];
    const impact = await compare([{}], [{ changes }]);
    expect(impact.changes.added.map(({ kind }) => kind)).toEqual(['delete', 'update']);
  });

  it('tell who is newly left out, for what reason, who no longer is, and what moves in the calendar', async () => {
    const skip = (employee: typeof ada, reason: 'no_email' | 'out_of_scope') => ({ employee, reason, message: reason });
    const impact = await compare(
      [{ skipped: [skip(ada, 'no_email')], scheduled: [{ kind: 'invite', employee: ada, on: '2026-12-01' }] }],
      [{ skipped: [skip(max, 'out_of_scope')], scheduled: [{ kind: 'invite', employee: ada, on: '2026-11-24' }] }],
    );
    expect(impact.skips).toEqual({ added: [skip(max, 'out_of_scope')], removed: [skip(ada, 'no_email')] });
    expect(impact.scheduled.added.map(({ on }) => on)).toEqual(['2026-11-24']);
    expect(impact.scheduled.removed.map(({ on }) => on)).toEqual(['2026-12-01']);
  });

  it('leave out what both have to say', async () => {
    const impact = await compare([{}, { notices: ['one'] }], [{}, { notices: ['one', 'two'] }]);
    expect(impact.notices).toEqual(['two']);
  });
});
