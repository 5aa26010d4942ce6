import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allowedBy, type Limit, shareOf } from '../../../src/core/limit.js';
import {
  isExceeded,
  isRefused,
  judge,
  mayExceed,
  type Planned,
  type SafetyPolicy,
  type Verdict,
} from '../../../src/core/safety.js';
import { NO_LIMITS } from './made-up.js';

const TEN_PERCENT: SafetyPolicy = {
  ...NO_LIMITS,
  limits: { deactivate: { percent: 10 }, delete: { count: 3 } },
  clears: { percent: 50 },
  minPopulation: 20,
  onRefusal: 'stop' as const,
};

describe('allowedBy', () => {
  it.each<[Limit, number, number | null]>([
    [{ percent: 10 }, 396, 39],
    [{ percent: 10 }, 20, 2],
    [{ percent: 10 }, 19, null],
    [{ percent: 10 }, 0, null],
    [{ percent: 0 }, 100, 0],
    [{ percent: 100 }, 100, 100],
    [{ percent: 2.3 }, 3000, 69],
    [{ percent: 1 }, 99, 0],
    [{ count: 0 }, 5, 0],
    [{ count: 50 }, 5, 50],
  ])('%j of %i accounts allows %s', (limit, population, allowed) => {
    expect(allowedBy(limit, population, 20)).toBe(allowed);
  });

  it('never allows more than the share, and less than one short of it', () => {
    const percent = fc.integer({ min: 0, max: 1_000 }).map((tenths) => tenths / 10);
    fc.assert(
      fc.property(percent, fc.integer({ min: 20, max: 1_000_000 }), (share, population) => {
        const exact = (BigInt(Math.round(share * 10)) * BigInt(population)) / 1_000n;
        expect(allowedBy({ percent: share }, population, 20)).toBe(Number(exact));
        expect(shareOf(population, share)).toBeLessThanOrEqual(population);
      }),
    );
  });
});

/** A plan that does nothing. */
const NOTHING: Planned = {
  counts: {},
  clears: [],
  population: 0,
  moves: { email: 0, privileged: 0 },
  leftOut: { people: new Set(), of: 0, cause: null },
  units: [],
  expired: new Set(),
};
const EMPLOYEE = { id: '1001', email: null, name: null };

/** Holds a plan that empties no field against the limits. */
function judgeCounts(
  counts: Planned['counts'],
  population: number,
  policy: SafetyPolicy,
  allow: Parameters<typeof judge>[2],
): Verdict {
  return judge({ ...NOTHING, counts, population }, policy, allow);
}

describe('deletions of accounts that are closed already', () => {
  const policy = { ...TEN_PERCENT, limits: { deactivate: { percent: 10 }, delete: { percent: 10 } } };
  const ids = (count: number) => new Set(Array.from({ length: count }, (_, index) => String(index)));
  const change = (kind: 'delete' | 'deactivate' | 'create', id: string) => {
    return { kind, employee: { ...EMPLOYEE, id }, invites: false, fields: {}, privileged: false } as const;
  };

  it('within max_deletions go on, counted with those of leavers', () => {
    const verdict = judge({ ...NOTHING, counts: { delete: 10 }, population: 100, expired: ids(4) }, policy, {});
    expect(verdict.verdict).toBe('go');
    expect(verdict.limits).toContainEqual({ kind: 'delete', planned: 10, allowed: 10, of: 100, among: ids(4) });
  });

  it('that are too many at once wait alone: everything else goes on, the deletions of leavers too', () => {
    const verdict = judge(
      { ...NOTHING, counts: { delete: 12, deactivate: 3 }, population: 100, expired: ids(9) },
      policy,
      {},
    );
    expect(verdict).toMatchObject({ verdict: 'refused', restGoesOn: true, endingsGoOn: true });
    expect(isRefused(verdict, change('delete', '8'))).toBe(true);
    expect(isRefused(verdict, change('delete', 'leaver'))).toBe(false);
    expect(isRefused(verdict, change('deactivate', 'leaver'))).toBe(false);
    expect(isRefused(verdict, change('create', 'newcomer'))).toBe(false);
    expect(
      judge({ ...NOTHING, counts: { delete: 12 }, population: 100, expired: ids(9) }, policy, { delete: 12 }),
    ).toMatchObject({ verdict: 'go' });
  });

  it('share the refusal where leavers alone are too many', () => {
    const verdict = judge({ ...NOTHING, counts: { delete: 15 }, population: 100, expired: ids(2) }, policy, {});
    expect(verdict).toMatchObject({ verdict: 'refused', restGoesOn: false, endingsGoOn: false });
    expect(isRefused(verdict, change('delete', 'leaver'))).toBe(true);
  });

  it('are judged in a small company as well', () => {
    const small = (count: number) =>
      judge({ ...NOTHING, counts: { delete: count }, population: 8, expired: ids(count) }, policy, {}).verdict;
    expect([small(3), small(4)]).toEqual(['go', 'refused']);
  });
});

describe('judge', () => {
  it.each([
    [38, 'go'],
    [39, 'go'],
    [40, 'refused'],
  ] as const)('of %i deactivations where 39 are allowed says %s', (deactivate, verdict) => {
    const judged = judgeCounts({ deactivate }, 396, TEN_PERCENT, {});
    expect(judged.verdict).toBe(verdict);
    expect(judged.limits).toContainEqual({ kind: 'deactivate', planned: deactivate, allowed: 39, of: 396 });
    expect(judged.limits.filter(isExceeded).map(({ kind }) => kind)).toEqual(verdict === 'go' ? [] : ['deactivate']);
  });

  it.each([
    [19, 19, 'go'],
    [20, 20, 'refused'],
  ] as const)(
    'of %i deactivations of as many accounts says, with a floor of 20, %#',
    (deactivate, population, verdict) => {
      expect(judgeCounts({ deactivate }, population, TEN_PERCENT, {}).verdict).toBe(verdict);
    },
  );

  it('holds a plain number against any population', () => {
    expect(judgeCounts({ delete: 3 }, 3, TEN_PERCENT, {}).verdict).toBe('go');
    expect(judgeCounts({ delete: 4 }, 5, TEN_PERCENT, {}).verdict).toBe('refused');
  });

  it.each([
    [{ deactivate: 40 }, 40, 'go'],
    [{ deactivate: 39 }, 40, 'refused'],
    [{ deactivate: 0 }, 39, 'go'],
    [{ delete: 40 }, 40, 'refused'],
  ] as const)('with --allow %j, of %i deactivations, says %s', (allow, deactivate, verdict) => {
    expect(judgeCounts({ deactivate }, 396, TEN_PERCENT, allow).verdict).toBe(verdict);
  });

  it('refuses the first of a kind at 0 %', () => {
    const policy: SafetyPolicy = {
      ...NO_LIMITS,
      limits: { deactivate: { percent: 0 } },
      clears: { percent: 50 },
      minPopulation: 20,
      onRefusal: 'stop' as const,
    };
    expect(judgeCounts({ deactivate: 1 }, 100, policy, {}).verdict).toBe('refused');
    expect(judgeCounts({}, 100, policy, {}).verdict).toBe('go');
  });

  it('does not limit kinds without a limit', () => {
    expect(judgeCounts({ update: 1_000_000, create: 1_000_000 }, 100, TEN_PERCENT, {}).verdict).toBe('go');
    const { verdict, limits } = judgeCounts({ deactivate: 1_000_000 }, 100, NO_LIMITS, {});
    expect(verdict).toBe('go');
    expect(limits.map(({ kind }) => kind)).toEqual(['adopt', 'email', 'left_out']);
  });

  it('raises a limit by allow and never lowers one', () => {
    fc.assert(
      fc.property(fc.nat(200), fc.nat(200), fc.nat(500), (planned, allow, population) => {
        const before = judgeCounts({ deactivate: planned }, population, TEN_PERCENT, {});
        const after = judgeCounts({ deactivate: planned }, population, TEN_PERCENT, { deactivate: allow });
        if (before.verdict === 'go') expect(after.verdict).toBe('go');
        if (planned <= allow) expect(after.verdict).toBe('go');
      }),
    );
  });

  it('never goes with more planned than allowed', () => {
    fc.assert(
      fc.property(fc.nat(100), fc.nat(10), fc.nat(500), (deactivate, deletions, population) => {
        const judged = judgeCounts({ deactivate, delete: deletions }, population, TEN_PERCENT, {});
        expect(judged.verdict === 'refused').toBe(judged.limits.filter(isExceeded).length > 0);
        if (population >= 20) expect(judged.verdict === 'go').toBe(deactivate <= population / 10 && deletions <= 3);
      }),
    );
  });
});

describe('isRefused', () => {
  const policy: SafetyPolicy = {
    ...NO_LIMITS,
    limits: { deactivate: { count: 1 }, invite: { count: 0 } },
    clears: { percent: 50 },
    minPopulation: 0,
    onRefusal: 'skip_kind',
  };

  it('names the changes of a kind over its limit, and creates whose mails are', () => {
    const verdict = judgeCounts({ deactivate: 2, create: 3, invite: 1 }, 100, policy, {});
    expect(verdict.restGoesOn).toBe(true);
    expect(
      isRefused(verdict, { employee: EMPLOYEE, privileged: false, kind: 'deactivate', invites: false, fields: {} }),
    ).toBe(true);
    expect(
      isRefused(verdict, { employee: EMPLOYEE, privileged: false, kind: 'create', invites: true, fields: {} }),
    ).toBe(true);
    expect(
      isRefused(verdict, { employee: EMPLOYEE, privileged: false, kind: 'create', invites: false, fields: {} }),
    ).toBe(false);
    expect(
      isRefused(verdict, { employee: EMPLOYEE, privileged: false, kind: 'update', invites: false, fields: {} }),
    ).toBe(false);
  });

  it('names nothing at the limit', () => {
    const verdict = judgeCounts({ deactivate: 1 }, 100, policy, {});
    expect(
      isRefused(verdict, { employee: EMPLOYEE, privileged: false, kind: 'deactivate', invites: false, fields: {} }),
    ).toBe(false);
  });
});

describe('the limit on clears', () => {
  const policy: SafetyPolicy = { ...TEN_PERCENT, limits: {}, clears: { percent: 50 }, onRefusal: 'skip_kind' };
  const judged = (cleared: number, held: number, allow = {}) =>
    judge({ ...NOTHING, population: 1_000, clears: [{ field: 'job_title', cleared, held }] }, policy, allow);

  it.each([
    [49, 100, 'go'],
    [50, 100, 'go'],
    [51, 100, 'refused'],
    [19, 19, 'go'],
    [20, 20, 'refused'],
    [10, 20, 'go'],
    [11, 20, 'refused'],
  ] as const)('of %i of %i accounts that hold a value says %s', (cleared, held, verdict) => {
    expect(judged(cleared, held).verdict).toBe(verdict);
  });

  it('may be raised for one run', () => {
    expect(judged(51, 100, { clear: 50 }).verdict).toBe('refused');
    expect(judged(51, 100, { clear: 51 }).verdict).toBe('go');
    expect(judged(51, 100, { update: 100 }).verdict).toBe('refused');
  });

  it('refuses the changes that empty the field, and no others', () => {
    const verdict = judged(80, 100);
    const change = (before: string | null, after: string | null, field = 'job_title') =>
      isRefused(verdict, {
        employee: EMPLOYEE,
        privileged: false,
        kind: 'update',
        invites: false,
        fields: { [field]: { before, after } },
      });
    expect(change('Engineer', null)).toBe(true);
    expect(change('Engineer', '')).toBe(true);
    expect(change('Engineer', 'Lead')).toBe(false);
    expect(change(null, null)).toBe(false);
    expect(change('Berlin', null, 'primary_location')).toBe(false);
  });

  it.each([
    [{ count: 5 }, 5, false],
    [{ count: 5 }, 6, true],
    [{ percent: 50 }, 10, false],
    [{ percent: 50 }, 11, true],
    [{ percent: 100 }, 50, false],
  ] as const)('%j makes %i clears of one field a suspect: %s', (clears, cleared, suspect) => {
    expect(mayExceed(cleared, { ...policy, clears })).toBe(suspect);
  });

  it('is never passed by a field that is not even a suspect', () => {
    const limits: fc.Arbitrary<Limit> = fc.oneof(fc.record({ count: fc.nat(50) }), fc.record({ percent: fc.nat(100) }));
    fc.assert(
      fc.property(limits, fc.nat(60), fc.nat(200), fc.nat(40), (clears, cleared, others, minPopulation) => {
        const strict = { ...policy, clears, minPopulation };
        const held = cleared + others;
        const { verdict } = judge({ ...NOTHING, clears: [{ field: 'f', cleared, held }] }, strict, {});
        if (verdict === 'refused') expect(mayExceed(cleared, strict)).toBe(true);
      }),
    );
  });
});

/** Changes as the limits look at them. */
const change = (partial: Partial<Parameters<typeof isRefused>[1]> = {}): Parameters<typeof isRefused>[1] => ({
  ...{ kind: 'update', employee: EMPLOYEE, invites: false, fields: {}, privileged: false },
  ...partial,
});
const moved = { email: { before: 'mia@acme.example', after: 'ada@acme.example' } };
const people = (count: number) => new Set(Array.from({ length: count }, (_, index) => String(index)));
const kindsExceeded = ({ limits }: Verdict) => limits.filter(isExceeded).map(({ kind }) => kind);

describe('the limits on other addresses and on adoptions', () => {
  it.each([
    [9, 100, 'go'],
    [10, 100, 'go'],
    [11, 100, 'refused'],
    [19, 19, 'go'],
    [2, 20, 'go'],
    [3, 20, 'refused'],
  ] as const)('of %i of %i accounts at 10 % say %s', (planned, population, verdict) => {
    const moves = { email: planned, privileged: 0 };
    const byEmail = judge({ ...NOTHING, population, moves }, TEN_PERCENT, {});
    const byAdoption = judge({ ...NOTHING, population, counts: { adopt: planned } }, TEN_PERCENT, {});
    expect([byEmail.verdict, byAdoption.verdict]).toEqual([verdict, verdict]);
    expect(kindsExceeded(byEmail)).toEqual(verdict === 'go' ? [] : ['email']);
    expect(kindsExceeded(byAdoption)).toEqual(verdict === 'go' ? [] : ['adopt']);
  });

  it('allow any number of adoptions at go-live, when hrsync manages no account yet', () => {
    expect(judge({ ...NOTHING, counts: { adopt: 300 } }, TEN_PERCENT, {}).verdict).toBe('go');
  });

  it('are raised by --allow, and lowered by what runs between nights have used', () => {
    const planned = { ...NOTHING, population: 100, moves: { email: 11, privileged: 0 } };
    expect(judge(planned, TEN_PERCENT, { email: 11 }).verdict).toBe('go');
    expect(judge(planned, TEN_PERCENT, { email: 10, adopt: 99 }).verdict).toBe('refused');
    const few = { ...planned, moves: { email: 4, privileged: 0 } };
    expect(judge(few, TEN_PERCENT, {}, { email: 6 }).verdict).toBe('go');
    expect(judge(few, TEN_PERCENT, {}, { email: 7 }).verdict).toBe('refused');
    expect(judge(few, TEN_PERCENT, { email: 4 }, { email: 99 }).verdict).toBe('go');
  });

  it('refuse, of a plan that goes on otherwise, the changes that they count', () => {
    const policy = { ...TEN_PERCENT, onRefusal: 'skip_kind' as const };
    const verdict = judge({ ...NOTHING, population: 100, moves: { email: 11, privileged: 0 } }, policy, {});
    expect(isRefused(verdict, change({ fields: moved }))).toBe(true);
    expect(isRefused(verdict, change({ kind: 'adopt', fields: moved }))).toBe(true);
    expect(isRefused(verdict, change({ fields: { username: { before: 'mia', after: 'ada' } } }))).toBe(true);
    const rekeyed = { external_id: { before: 'E7', after: 'E8' } };
    expect(isRefused(verdict, change({ fields: rekeyed }))).toBe(true);
    expect(isRefused(verdict, change({ kind: 'adopt', fields: rekeyed }))).toBe(false);
    expect(isRefused(verdict, change({ kind: 'create', fields: moved }))).toBe(false);
    for (const before of [null, '', '(unknown)', 'ADA@acme.example '])
      expect(isRefused(verdict, change({ fields: { email: { before, after: 'ada@acme.example' } } }))).toBe(false);
    expect(isRefused(verdict, change())).toBe(false);
  });
});

describe('another address for an account with more rights than a learner', () => {
  const planned = { ...NOTHING, population: 100, moves: { email: 1, privileged: 1 } };

  it('is refused from the first on, while everything else goes on', () => {
    const verdict = judge(planned, TEN_PERCENT, {});
    expect(kindsExceeded(verdict)).toEqual(['privileged']);
    expect(verdict).toMatchObject({ verdict: 'refused', restGoesOn: true, endingsGoOn: true });
    expect(isRefused(verdict, change({ privileged: true, fields: moved }))).toBe(true);
    expect(isRefused(verdict, change({ privileged: true }))).toBe(false);
    expect(isRefused(verdict, change({ fields: moved }))).toBe(false);
  });

  it('goes on with --allow privileged, up to that number', () => {
    expect(judge(planned, TEN_PERCENT, { privileged: 1 }).verdict).toBe('go');
    const two = { ...planned, moves: { email: 2, privileged: 2 } };
    expect(judge(two, TEN_PERCENT, { privileged: 1 }).verdict).toBe('refused');
    expect(judge({ ...planned, moves: { email: 1, privileged: 0 } }, TEN_PERCENT, {}).verdict).toBe('go');
  });

  it('stops the rest as well where another limit is exceeded too', () => {
    expect(judge({ ...planned, counts: { adopt: 11 } }, TEN_PERCENT, {}).restGoesOn).toBe(false);
  });
});

describe('the limit on those who are left out', () => {
  const judged = (left: number, of: number, population: number, policy = TEN_PERCENT, allow = {}) =>
    judge({ ...NOTHING, population, leftOut: { people: people(left), of, cause: 'the cause' } }, policy, allow);

  it.each([
    [9, 100, 'go'],
    [10, 100, 'go'],
    [11, 100, 'refused'],
    [2, 20, 'go'],
    [3, 20, 'refused'],
    [18, 19, 'go'],
    [19, 19, 'refused'],
    [2, 2, 'go'],
    [3, 3, 'refused'],
  ] as const)('of %i of %i linked people says %s', (left, of, verdict) => {
    expect(judged(left, of, of).verdict).toBe(verdict);
  });

  it.each([
    [49, 100, 'go'],
    [50, 100, 'go'],
    [51, 100, 'refused'],
    [10, 20, 'go'],
    [11, 20, 'refused'],
    [18, 19, 'go'],
    [19, 19, 'refused'],
    [2, 2, 'go'],
  ] as const)('of %i of %i people in scope, before there are accounts, says %s', (left, of, verdict) => {
    expect(judged(left, of, 0).verdict).toBe(verdict);
  });

  it('names whom it concerns, and the cause only where it is exceeded', () => {
    const [told] = judged(11, 100, 100).limits.filter(isExceeded);
    expect(told).toMatchObject({ kind: 'left_out', planned: 11, allowed: 10, of: 100, cause: 'the cause' });
    expect(told?.among).toEqual(people(11));
    expect(judged(10, 100, 100).limits.find(({ kind }) => kind === 'left_out')).not.toHaveProperty('cause');
  });

  it('is raised by --allow and by the config, and takes a number as well', () => {
    expect(judged(11, 100, 100, TEN_PERCENT, { left_out: 11 }).verdict).toBe('go');
    expect(judged(11, 100, 100, { ...TEN_PERCENT, leftOut: { percent: 11 } }).verdict).toBe('go');
    const one = { ...TEN_PERCENT, leftOut: { count: 1 } };
    expect([judged(1, 2, 2, one).verdict, judged(2, 2, 2, one).verdict]).toEqual(['go', 'refused']);
  });

  it('holds no change back by itself where the others go on', () => {
    const verdict = judged(11, 100, 100, { ...TEN_PERCENT, onRefusal: 'skip_kind' });
    expect(verdict.verdict).toBe('refused');
    expect(isRefused(verdict, change())).toBe(false);
  });
});

describe('the limit on endings in one unit', () => {
  const judged = (ending: number, of: number, policy: SafetyPolicy = TEN_PERCENT, allow = {}) => {
    const units = [{ unit: 'Acme Ltd', ending: people(ending), of, spent: 0 }];
    return judge({ ...NOTHING, population: 1_000, counts: { deactivate: ending }, units }, policy, allow);
  };

  it.each([
    [9, 100, 'go'],
    [10, 100, 'go'],
    [11, 100, 'refused'],
    [2, 20, 'go'],
    [3, 20, 'refused'],
    [18, 19, 'go'],
    [19, 19, 'refused'],
    [3, 3, 'refused'],
    [2, 2, 'go'],
  ] as const)('of %i of %i accounts says %s, far below the limit on all', (ending, of, verdict) => {
    expect(judged(ending, of).verdict).toBe(verdict);
  });

  it('holds a whole unit also where no share is set, or a plain number', () => {
    for (const limits of [{}, { deactivate: { count: 500 } }]) {
      expect(judged(10, 10, { ...TEN_PERCENT, limits }).verdict).toBe('refused');
      expect(judged(9, 10, { ...TEN_PERCENT, limits }).verdict).toBe('go');
    }
  });

  it('is raised by --allow deactivate', () => {
    expect(judged(11, 100, TEN_PERCENT, { deactivate: 10 }).verdict).toBe('refused');
    expect(judged(11, 100, TEN_PERCENT, { deactivate: 11 }).verdict).toBe('go');
  });

  it('refuses the endings of that unit and no others', () => {
    const verdict = judged(3, 3, { ...TEN_PERCENT, onRefusal: 'skip_kind' });
    const ending = (id: string, kind: 'deactivate' | 'delete' | 'update' = 'deactivate') =>
      isRefused(verdict, change({ kind, employee: { ...EMPLOYEE, id } }));
    expect([ending('0'), ending('2', 'delete')]).toEqual([true, true]);
    expect([ending('9'), ending('0', 'update')]).toEqual([false, false]);
  });
});

describe('a plan that is refused', () => {
  const ending = change({ kind: 'deactivate' });

  it.each([
    ['email', { moves: { email: 11, privileged: 0 } }],
    ['adopt', { counts: { adopt: 11, deactivate: 1 } }],
    ['left_out', { leftOut: { people: people(11), of: 100, cause: null } }],
    ['clear', { clears: [{ field: 'job_title', cleared: 60, held: 100 }] }],
  ] as const)('because of %s ends leavers all the same, and does nothing else', (kind, planned) => {
    const verdict = judge({ ...NOTHING, population: 100, ...planned }, TEN_PERCENT, {});
    expect(kindsExceeded(verdict)).toEqual([kind]);
    expect(verdict).toMatchObject({ restGoesOn: false, endingsGoOn: true });
    expect([isRefused(verdict, ending), isRefused(verdict, change({ kind: 'delete' }))]).toEqual([false, false]);
    expect(isRefused(verdict, change())).toBe(true);
  });

  it.each([
    ['deactivate', { deactivate: 11 }],
    ['delete', { delete: 4 }],
  ] as const)('because of %s ends nobody', (_, counts) => {
    const verdict = judge({ ...NOTHING, population: 100, counts }, TEN_PERCENT, {});
    expect(verdict).toMatchObject({ verdict: 'refused', endingsGoOn: false });
    expect([isRefused(verdict, ending), isRefused(verdict, change({ kind: 'delete' }))]).toEqual([true, true]);
  });

  it('because of a unit ends nobody elsewhere either, unless the config says skip_kind', () => {
    const units = [{ unit: 'Acme Ltd', ending: people(3), of: 3, spent: 0 }];
    const verdict = judge({ ...NOTHING, population: 100, units }, TEN_PERCENT, {});
    expect(isRefused(verdict, change({ kind: 'deactivate', employee: { ...EMPLOYEE, id: '9' } }))).toBe(true);
  });
});
