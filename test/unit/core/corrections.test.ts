import { describe, expect, it } from 'vitest';
import type { SkipReason } from '../../../src/core/change.js';
import { correctionsFrom } from '../../../src/core/corrections.js';
import type { ManagedPerson } from '../../../src/core/manager-faults.js';

const NONE = { skips: [], people: [], nameless: [] };
const person = (id: string, manager: string | null, isOpen = true): ManagedPerson => ({
  ...{ employee: { id, email: null, name: `Person ${id}` }, manager, isOpen },
});
const skip = (reason: SkipReason, message: string) => ({
  ...{ employee: { id: '7', email: null, name: 'Ada' }, reason, message },
});

/** Cause and detail of what is found among managers. */
const faults = (...people: ManagedPerson[]) =>
  correctionsFrom({ ...NONE, people }).map(({ cause, detail }) => [cause, detail]);

describe('corrections from skips', () => {
  it('are those that HR can make, in plain words', () => {
    const left = ['out_of_scope', 'protected', 'name_differs', 'privileged_account', 'unlisted_value'] as const;
    const skips = [
      skip(
        'contradiction',
        'termination_date 2026-01-01 lies 300 days back, and the HR status is active: correct one of the two in HR; an account is left as it is',
      ),
      skip('no_email', 'work_email is empty: enter an e-mail address in HR'),
      skip('missing_required', 'cost_center is empty, and primary_team is required'),
      skip('invalid_value', 'cost_center holds "x_y", which is no integer for custom_fields.Badge'),
      ...left.map((reason) => skip(reason, reason)),
    ];
    expect(correctionsFrom({ ...NONE, skips }).map(({ cause, detail }) => [cause, detail])).toEqual([
      ['no_email', 'work email is empty: enter an e-mail address in HR'],
      ['missing_required', 'cost center is empty'],
      ['invalid_value', 'cost center holds "x_y", which is no integer for Badge'],
      [
        'contradiction',
        'termination date 2026-01-01 lies 300 days back, and the HR status is active: correct one of the two in HR',
      ],
    ]);
  });

  it('tell an end before the start from other values, and keep their key when the detail moves on', () => {
    const keyOf = (message: string) => correctionsFrom({ ...NONE, skips: [skip('invalid_value', message)] })[0];
    const first = keyOf('termination_date 2026-01-01 lies before start_date 2026-02-01: correct them in HR');
    const later = keyOf('termination_date 2026-01-02 lies before start_date 2026-02-01: correct them in HR');
    expect(first).toMatchObject({ cause: 'ends_before_start', key: 'ends_before_start 7' });
    expect(later?.key).toBe(first?.key);
  });

  it('tell records without an id apart', () => {
    const nameless = (name: string) => ({
      ...skip('invalid_value', 'no id'),
      employee: { id: '?', email: null, name },
    });
    const keys = correctionsFrom({ ...NONE, skips: [nameless('A'), nameless('B')] }).map(({ key }) => key);
    expect(new Set(keys).size).toBe(2);
  });
});

describe('corrections of managers', () => {
  it('name a circle once, from its first id, and nobody who only reports into it', () => {
    expect(faults(person('4', '3'), person('3', '2'), person('2', '1'), person('1', '3'))).toEqual([
      ['manager_loop', 'Person 1 (#1) reports to Person 3 (#3) reports to Person 2 (#2) reports to Person 1 (#1)'],
    ]);
  });

  it('find none in a tree, in somebody who is their own manager, or where a link of the circle has left', () => {
    expect(faults(person('1', '1'), person('2', '1'), person('3', '9'))).toEqual([]);
    expect(faults(person('1', '2'), person('2', '1', false)).map(([cause]) => cause)).toEqual(['manager_left']);
  });

  it('name a manager who has left once, with those who still report to them', () => {
    const reports = Array.from({ length: 10 }, (_, index) => person(`r${index}`, '1'));
    const [fault, ...more] = faults(person('1', null, false), ...reports, person('gone', '1', false));
    expect(more).toEqual([]);
    expect(fault?.[1]).toMatch(/^has left and is still the manager of Person r0 \(#r0\), .* and 2 others$/);
  });

  it('walk chains that are longer than the call stack', () => {
    const chain = Array.from({ length: 50_000 }, (_, index) => person(`${index}`, `${index + 1}`));
    expect(faults(...chain)).toEqual([]);
  });
});

describe('units without a name', () => {
  it('are a correction of nobody in particular', () => {
    expect(correctionsFrom({ ...NONE, nameless: [{ field: 'cost_center', people: 3 }] })).toEqual([
      {
        cause: 'nameless_unit',
        employee: null,
        detail: 'the cost center of 3 people has no name',
        key: 'nameless_unit cost_center',
      },
    ]);
  });
});
