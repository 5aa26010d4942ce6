import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '../../../src/core/day.js';
import { type Lifecycle, lifecycleOf, startDateOf, withBelievedDates } from '../../../src/core/lifecycle.js';
import { employee, someDay, someText, TODAY } from './made-up.js';

type When = readonly ('inactive' | 'termination_date')[];

const BOTH: When = ['inactive', 'termination_date'];
const YESTERDAY = addDays(TODAY, -1);
const TOMORROW = addDays(TODAY, 1);

const LONG_AGO = addDays(TODAY, -15);

const CONTRADICTION = {
  stage: 'contradiction',
  problem: expect.stringMatching(`^termination_date ${LONG_AGO} lies 15 days back, and the HR status is .*: correct`),
  because: `last day was ${LONG_AGO}`,
} as unknown as Lifecycle;
const EMPLOYED = { stage: 'employed', leavesOn: null } as const;
const UNLISTED = { stage: 'left_unlisted' } as const;
const leaves = (leavesOn: string): Lifecycle => ({ stage: 'employed', leavesOn });
const left = (because: string): Lifecycle => ({ stage: 'left', because });

describe('where somebody stands', () => {
  it.each<[status: string | null, termination: string | null, when: When, outcome: Lifecycle]>([
    ['inactive', null, BOTH, left('HR status is inactive')],
    ['deleted', null, BOTH, left('HR status is deleted')],
    ['inactive', TOMORROW, BOTH, left('HR status is inactive')],
    ['inactive', null, ['termination_date'], UNLISTED],
    ['inactive', YESTERDAY, ['termination_date'], left(`last day was ${YESTERDAY}`)],
    ['inactive', TOMORROW, ['termination_date'], UNLISTED],
    ['deleted', TODAY, ['termination_date'], UNLISTED],
    ['active', YESTERDAY, BOTH, left(`last day was ${YESTERDAY}`)],
    ['onboarding', YESTERDAY, BOTH, left(`last day was ${YESTERDAY}`)],
    ['leave', YESTERDAY, BOTH, left(`last day was ${YESTERDAY}`)],
    ['active', YESTERDAY, ['inactive'], EMPLOYED],
    ['active', '2019-06-30', ['inactive'], EMPLOYED],
    ['leave', LONG_AGO, BOTH, CONTRADICTION],
    ['active', LONG_AGO, BOTH, CONTRADICTION],
    ['onboarding', LONG_AGO, ['termination_date'], CONTRADICTION],
    ['active', addDays(TODAY, -14), BOTH, left(`last day was ${addDays(TODAY, -14)}`)],
    ['active', LONG_AGO, ['inactive'], EMPLOYED],
    ['inactive', LONG_AGO, BOTH, left('HR status is inactive')],
    ['inactive', LONG_AGO, ['termination_date'], left(`last day was ${LONG_AGO}`)],
    [null, LONG_AGO, BOTH, left(`last day was ${LONG_AGO}`)],
    ['suspended', LONG_AGO, BOTH, left(`last day was ${LONG_AGO}`)],
    ['active', TODAY, BOTH, leaves(TOMORROW)],
    ['leave', TOMORROW, BOTH, leaves('2026-11-26')],
    ['active', TOMORROW, ['inactive'], EMPLOYED],
    ['active', null, BOTH, EMPLOYED],
    ['onboarding', null, BOTH, EMPLOYED],
    ['leave', null, BOTH, EMPLOYED],
    [null, null, BOTH, EMPLOYED],
    [null, TODAY, BOTH, leaves(TOMORROW)],
    [null, TOMORROW, BOTH, leaves('2026-11-26')],
    [null, YESTERDAY, BOTH, left(`last day was ${YESTERDAY}`)],
    [null, YESTERDAY, ['inactive'], EMPLOYED],
    ['suspended', null, BOTH, { stage: 'unclear', problem: 'HR status "suspended" is not known' }],
    ['suspended', TOMORROW, BOTH, { stage: 'unclear', problem: 'HR status "suspended" is not known' }],
    ['suspended', YESTERDAY, BOTH, left(`last day was ${YESTERDAY}`)],
    ['Inactive', null, BOTH, { stage: 'unclear', problem: 'HR status "Inactive" is not known' }],
    ['constructor', null, BOTH, { stage: 'unclear', problem: 'HR status "constructor" is not known' }],
    ['active', '9999-12-31', BOTH, EMPLOYED],
    ['active', '0000-00-00', BOTH, EMPLOYED],
    ['active', '0001-01-01', BOTH, EMPLOYED],
    ['active', '9999-12-30', BOTH, EMPLOYED],
    ['active', '23.11.2026', BOTH, EMPLOYED],
    ['inactive', YESTERDAY, [], UNLISTED],
    ['active', YESTERDAY, [], EMPLOYED],
    ['active', TOMORROW, [], EMPLOYED],
  ])('status %s, last day %s, listed %j: %j', (status, termination_date, when, outcome) => {
    expect(lifecycleOf(employee({ status, termination_date }), TODAY, when)).toEqual(outcome);
  });

  it('does not take the end of an earlier employment for the end of this one', () => {
    const rehired = { status: 'active', termination_date: '2024-06-30', start_date: '2026-01-01' };
    expect(lifecycleOf(employee(rehired), TODAY, BOTH)).toEqual(EMPLOYED);
    expect(lifecycleOf(employee({ ...rehired, status: 'inactive' }), TODAY, BOTH)).toEqual(
      left('HR status is inactive'),
    );
  });

  it.each(['onboarding', 'active', null])(
    'asks HR about somebody with status %s who would leave before they start',
    (status) => {
      const withdrawn = { status, start_date: '2026-12-15', termination_date: '2026-12-14' };
      const problem = 'termination_date 2026-12-14 lies before start_date 2026-12-15: correct them in HR';
      expect(lifecycleOf(employee(withdrawn), TODAY, BOTH)).toEqual({ stage: 'unclear', problem });
    },
  );

  it.each(['onboarding', 'active'])(
    'lets no date decide for somebody with status %s where only inactive is listed',
    (status) => {
      const withdrawn = { status, start_date: '2026-12-15', termination_date: '2026-12-14' };
      expect(lifecycleOf(employee(withdrawn), TODAY, ['inactive'])).toEqual(EMPLOYED);
    },
  );

  describe('with a field that cannot be read', () => {
    const broken = (field: string, values: Parameters<typeof employee>[0]) => ({
      ...employee(values),
      unreadable: { [field]: `${field} is broken` },
    });
    const unclear = (field: string) => ({ stage: 'unclear', problem: `${field} is broken` });

    it.each<[field: string, values: Parameters<typeof employee>[0], when: When, outcome: object]>([
      ['start_date', { status: 'inactive' }, BOTH, left('HR status is inactive')],
      ['start_date', { status: 'active', termination_date: YESTERDAY }, BOTH, left(`last day was ${YESTERDAY}`)],
      ['start_date', { status: 'active' }, BOTH, EMPLOYED],
      ['termination_date', { status: 'inactive' }, BOTH, left('HR status is inactive')],
      ['termination_date', { status: 'inactive' }, ['termination_date'], unclear('termination_date')],
      ['termination_date', { status: 'active' }, BOTH, unclear('termination_date')],
      ['termination_date', { status: 'active' }, ['inactive'], EMPLOYED],
      ['status', { termination_date: YESTERDAY }, BOTH, left(`last day was ${YESTERDAY}`)],
      ['status', { termination_date: TOMORROW }, BOTH, unclear('status')],
      ['status', {}, ['inactive'], unclear('status')],
      ['job_title', { status: 'active' }, BOTH, EMPLOYED],
    ])('%s, of %j, listed %j', (field, values, when, outcome) => {
      expect(lifecycleOf(broken(field, values), TODAY, when)).toEqual(outcome);
    });
  });

  it('lets somebody go whose only day was the day they started', () => {
    const record = { status: 'active', start_date: YESTERDAY, termination_date: YESTERDAY };
    expect(lifecycleOf(employee(record), TODAY, BOTH)).toEqual(left(`last day was ${YESTERDAY}`));
  });

  it('is the same when HR does not show the fields at all', () => {
    expect(lifecycleOf(employee({}), TODAY, BOTH)).toEqual(EMPLOYED);
  });
});

describe('whatever HR says', () => {
  const status = fc.option(fc.oneof(someText, fc.constantFrom('onboarding', 'active', 'leave', 'inactive', 'deleted')));
  const record = fc.record(
    {
      status,
      termination_date: fc.option(someDay),
      start_date: fc.option(someDay),
      last_working_day: fc.option(someDay),
    },
    { requiredKeys: [] },
  );
  const when = fc.subarray<When[number]>(['inactive', 'termination_date']);

  it('a status that is empty or unknown ends nothing before the last day has passed', () => {
    const unknown = record.filter((one) => one.status !== 'inactive' && one.status !== 'deleted');
    fc.assert(
      fc.property(unknown, when, (one, listed) => {
        if (lifecycleOf(employee(one), TODAY, listed).stage !== 'left') return;
        expect(one.termination_date).not.toBeNull();
        expect(String(one.termination_date) < TODAY).toBe(true);
        expect(listed).toContain('termination_date');
      }),
    );
  });

  it('the last working day changes nothing', () => {
    fc.assert(
      fc.property(record, when, fc.option(someDay), (one, listed, last_working_day) => {
        const otherwise = lifecycleOf(employee({ ...one, last_working_day }), TODAY, listed);
        expect(otherwise).toEqual(lifecycleOf(employee(one), TODAY, listed));
      }),
    );
  });

  it('nobody has left when the config lists nothing that ends an account', () => {
    fc.assert(
      fc.property(record, (one) => {
        expect(lifecycleOf(employee(one), TODAY, []).stage).not.toBe('left');
      }),
    );
  });

  it('who leaves on a day is still employed the day before and has left on that day', () => {
    fc.assert(
      fc.property(record, (one) => {
        const now = lifecycleOf(employee(one), TODAY, BOTH);
        if (now.stage !== 'employed' || now.leavesOn === null) return;
        expect(lifecycleOf(employee(one), addDays(now.leavesOn, -1), BOTH).stage).toBe('employed');
        expect(lifecycleOf(employee(one), now.leavesOn, BOTH).stage).toBe('left');
      }),
    );
  });
});

describe('withBelievedDates', () => {
  const START = { status: 'active', start_date: '2026-01-01' };

  it.each<[what: string, given: object, believed: object]>([
    ['the end of an earlier employment is empty', { termination_date: '2025-12-31' }, { termination_date: null }],
    [
      'and so is its last working day',
      { termination_date: '2025-12-31', last_working_day: '2025-12-20' },
      { termination_date: null, last_working_day: null },
    ],
    ['a last working day before the start is empty', { last_working_day: '2025-12-20' }, { last_working_day: null }],
    ['a last day long past is not known', { termination_date: LONG_AGO, last_working_day: LONG_AGO }, {}],
    ['one of the last two weeks stays', { termination_date: YESTERDAY }, { termination_date: YESTERDAY }],
    ['one to come stays', { termination_date: TOMORROW }, { termination_date: TOMORROW }],
    [
      'a last working day that has passed stays',
      { termination_date: TOMORROW, last_working_day: '2026-10-01' },
      { termination_date: TOMORROW, last_working_day: '2026-10-01' },
    ],
    ['nothing is made up', {}, {}],
  ])('%s', (_, given, believed) => {
    const { fields } = withBelievedDates(employee({ ...START, ...given }), TODAY);
    expect({ ...fields }).toEqual({ ...START, ...believed });
  });
});

describe('startDateOf', () => {
  it.each([
    ['2026-01-01', '2026-01-01'],
    ['1.1.2026', null],
    [null, null],
  ])('of %s is %s', (start_date, day) => {
    expect(startDateOf(employee({ start_date }))).toBe(day);
  });
});
