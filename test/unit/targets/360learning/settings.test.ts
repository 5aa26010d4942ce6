import { describe, expect, it } from 'vitest';
import type { MappingRule } from '../../../../src/core/mapping.js';
import { learning360 } from '../../../../src/targets/360learning/index.js';
import { groupsIn, keyOf, learning360Settings } from '../../../../src/targets/360learning/settings.js';

const [top, sales, core] = ['1', '2', '3'].map((digit) => digit.repeat(24));
const required = { client_id: 'key', client_secret: 'secret', group: top };
const accepts = (changes: object) => learning360Settings.safeParse({ ...required, ...changes }).success;
const levels = ['work_location', 'department'];
const level_groups = { Paris: sales, 'PARIS/ Support': core };
const implied = (changes: object, mapping: readonly MappingRule[] = []) =>
  learning360.impliedRules?.(learning360Settings.parse({ ...required, ...changes }), mapping);

describe('the settings of 360Learning', () => {
  it('need the key and the top group, and nothing else', () => {
    expect(accepts({})).toBe(true);
    for (const key of Object.keys(required)) expect(accepts({ [key]: undefined })).toBe(false);
  });

  it('stay below the limits that all integrations of a company share', () => {
    expect(learning360Settings.parse(required)).toMatchObject({ requests_per_second: 8, reads_per_second: 30 });
  });

  it.each([
    [{ group: 'Sales' }],
    [{ role: 'owner' }],
    [{ levels: 'department' }],
    [{ levels: [''] }],
    [{ level_groups: { Sales: 'sales' } }],
    [{ level_groups: { '': sales } }],
    [{ remove: 'never' }],
    [{ base_url: 'http://app.360learning.com' }],
    [{ external_id_platform: '' }],
  ])('refuse %j', (changes) => {
    expect(accepts(changes)).toBe(false);
  });

  it('name their groups once', () => {
    const settings = learning360Settings.parse({ ...required, levels, level_groups });
    expect([...groupsIn(settings)]).toEqual([top, sales, core]);
    expect([top, sales, '4'].map((id) => keyOf(id ?? '', settings))).toEqual([
      ...['target.group', 'target.level_groups "Paris"', null],
    ]);
  });

  it('answer the levels of earlier versions with the new form', () => {
    const old = [{ field: 'team', groups: { 'Key accounts': sales } }];
    const { error } = learning360Settings.safeParse({ ...required, levels: old });
    expect(error?.issues).toMatchObject([
      {
        path: ['levels', 0],
        message: expect.stringMatching(/write levels: \[team\].*level_groups: \{ "Key accounts": ID/),
      },
    ]);
  });
});

describe('what the settings add to the mapping', () => {
  const always = { from: [], whenEmpty: 'clear', write: 'always' };

  it('is nothing without levels and without a date ahead', () => {
    expect(implied({})).toEqual([]);
  });

  it('is the place in the org chart, with names as they are compared', () => {
    const groups = { paris: sales, 'paris / support': core };
    expect(implied({ levels, level_groups })).toEqual([
      { ...always, field: 'group', levels: { fields: levels, groups, top } },
    ]);
  });

  it('is the leave date where leavers go on a date, unless the mapping has one', () => {
    const leaveDate = { ...always, field: 'leave_date', from: ['termination_date'], type: 'date' };
    expect(implied({ remove: 'on_date' })).toEqual([leaveDate]);
    const own: MappingRule = { field: 'leave_date', from: ['last_working_day'], whenEmpty: 'keep', write: 'always' };
    expect(implied({ remove: 'on_date' }, [own])).toEqual([]);
  });
});
