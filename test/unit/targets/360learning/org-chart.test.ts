import { describe, expect, it } from 'vitest';
import { placeText } from '../../../../src/core/place.js';
import type { Fields } from '../../../../src/core/value.js';
import { createOrgChart } from '../../../../src/targets/360learning/org-chart.js';

const GROUPS = [
  { _id: 'top', name: 'Academy', parentId: undefined },
  { _id: 'paris', name: 'Paris', parentId: 'top' },
  { _id: 'paris-support', name: 'Support', parentId: 'paris' },
  { _id: 'ny', name: 'New York', parentId: 'top' },
  { _id: 'ny-support', name: ' SUPPORT ', parentId: 'ny' },
  { _id: 'ny-twin-1', name: 'Legal', parentId: 'ny' },
  { _id: 'ny-twin-2', name: 'LEGAL', parentId: 'ny' },
  { _id: 'deep', name: 'Nights', parentId: 'ny-support' },
  { _id: 'elsewhere', name: 'Sales HQ', parentId: 'other' },
  { _id: 'round-1', name: 'Round', parentId: 'round-2' },
  { _id: 'round-2', name: 'Round', parentId: 'round-1' },
];

function open(level_groups: Readonly<Record<string, string>> = {}) {
  let asked = 0;
  const client = {
    groups: async () => {
      asked += 1;
      return GROUPS;
    },
  };
  const levels = ['work_location', 'department'];
  const chart = createOrgChart(client, { group: 'top', levels, level_groups });
  const resolve = (values: Fields) =>
    chart.resolve(placeText({ fields: levels, groups: level_groups, top: 'top' }, values) ?? '');
  return { chart, resolve, asked: () => asked };
}
const at = (work_location: string | null, department: string | null) => ({ work_location, department });

describe('a place in the org chart', () => {
  it.each([
    ['Paris', 'Support', 'paris-support'],
    ['New York', 'Support', 'ny-support'],
    ['  paris ', 'SUPPORT', 'paris-support'],
    ['Paris', null, 'paris'],
    [null, 'Support', 'top'],
    [null, null, 'top'],
  ])('of %s and %s is %s', async (location, department, group) => {
    expect(await open().resolve(at(location, department))).toEqual({ group, unplaced: null });
  });

  it('that no group matches is the lowest one that did, with the field and the value', async () => {
    const { resolve } = open();
    expect(await resolve(at('Paris', 'Sales'))).toEqual({
      group: 'paris',
      unplaced: {
        ...{ field: 'department', value: 'Sales' },
        problem: expect.stringMatching(/no group of that name below "Paris" \(paris\).*stays in "Paris".*level_groups/),
      },
    });
    expect(await resolve(at('Rome', 'Support'))).toMatchObject({
      ...{ group: 'top', unplaced: { field: 'work_location', value: 'Rome' } },
    });
  });

  it('is never one of two groups of the same name', async () => {
    const { chart, resolve } = open();
    expect(await resolve(at('New York', 'Legal'))).toMatchObject({
      ...{
        group: 'ny',
        unplaced: { value: 'Legal', problem: expect.stringMatching(/several groups.*ny-twin-1, ny-twin-2/) },
      },
    });
    expect(await chart.ambiguous()).toEqual([
      { name: 'Legal', parent: '"New York" (ny)', ids: ['ny-twin-1', 'ny-twin-2'] },
    ]);
  });

  it('is what the config names, without a question', async () => {
    const { resolve, asked } = open({ 'paris / support': 'elsewhere' });
    expect(await resolve(at('Paris', 'Support'))).toEqual({ group: 'elsewhere', unplaced: null });
    expect(asked()).toBe(0);
  });

  it('is looked for below a group that the config names, and told as the value of the level below it', async () => {
    const { resolve } = open({ 'big apple': 'ny' });
    expect((await resolve(at('Big Apple', 'Support'))).group).toBe('ny-support');
    expect((await resolve(at('Big Apple', 'Sales'))).unplaced).toMatchObject({ field: 'department', value: 'Sales' });
  });

  it('costs one request, however many people are placed', async () => {
    const { chart, resolve, asked } = open();
    await Promise.all([resolve(at('Paris', 'Support')), resolve(at('New York', 'Support')), chart.places()]);
    expect(asked()).toBe(1);
  });
});

describe('the org chart', () => {
  it('ends where the levels end, and begins again at groups that the config names', async () => {
    const places = await open({ hq: 'elsewhere' }).chart.places();
    expect([...places].sort()).toEqual(
      ['elsewhere', 'ny', 'ny-support', 'ny-twin-1', 'ny-twin-2', 'paris', 'paris-support', 'top'].sort(),
    );
  });

  it('knows what lies below what, also where parents go round in a circle', async () => {
    const { chart } = open();
    expect(await chart.isBelow('deep', 'ny')).toBe(true);
    expect(await chart.isBelow('ny', 'deep')).toBe(false);
    expect(await chart.isBelow('round-1', 'top')).toBe(false);
  });

  it.each([
    ['elsewhere', 'elsewhere (target.level_groups "hq")'],
    ['top', 'top (target.group)'],
    [
      'paris-support',
      'paris-support ("Paris / Support" below target.group, found by the names in work_location / department)',
    ],
    ['gone', 'gone'],
  ])('says what leads to %s', async (id, words) => {
    expect(await open({ hq: 'elsewhere' }).chart.describe(id)).toBe(words);
  });
});
