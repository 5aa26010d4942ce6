import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  allowedBy,
  isExceeded,
  isRefused,
  judge,
  type Limit,
  type SafetyPolicy,
  shareOf,
} from '../../../src/core/safety.js';

const TEN_PERCENT: SafetyPolicy = {
  limits: { deactivate: { percent: 10 }, delete: { count: 3 } },
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

describe('judge', () => {
  it.each([
    [38, 'go'],
    [39, 'go'],
    [40, 'refused'],
  ] as const)('of %i deactivations where 39 are allowed says %s', (deactivate, verdict) => {
    const judged = judge({ deactivate }, 396, TEN_PERCENT, {});
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
      expect(judge({ deactivate }, population, TEN_PERCENT, {}).verdict).toBe(verdict);
    },
  );

  it('holds a plain number against any population', () => {
    expect(judge({ delete: 3 }, 3, TEN_PERCENT, {}).verdict).toBe('go');
    expect(judge({ delete: 4 }, 5, TEN_PERCENT, {}).verdict).toBe('refused');
  });

  it.each([
    [{ deactivate: 40 }, 40, 'go'],
    [{ deactivate: 39 }, 40, 'refused'],
    [{ deactivate: 0 }, 39, 'go'],
    [{ delete: 40 }, 40, 'refused'],
  ] as const)('with --allow %j, of %i deactivations, says %s', (allow, deactivate, verdict) => {
    expect(judge({ deactivate }, 396, TEN_PERCENT, allow).verdict).toBe(verdict);
  });

  it('refuses the first of a kind at 0 %', () => {
    const policy: SafetyPolicy = {
      limits: { deactivate: { percent: 0 } },
      minPopulation: 20,
      onRefusal: 'stop' as const,
    };
    expect(judge({ deactivate: 1 }, 100, policy, {}).verdict).toBe('refused');
    expect(judge({}, 100, policy, {}).verdict).toBe('go');
  });

  it('does not limit kinds without a limit', () => {
    expect(judge({ update: 1_000_000, create: 1_000_000 }, 100, TEN_PERCENT, {}).verdict).toBe('go');
    expect(
      judge({ deactivate: 1_000_000 }, 100, { limits: {}, minPopulation: 0, onRefusal: 'stop' as const }, {}),
    ).toEqual({
      verdict: 'go',
      restGoesOn: false,
      limits: [],
    });
  });

  it('raises a limit by allow and never lowers one', () => {
    fc.assert(
      fc.property(fc.nat(200), fc.nat(200), fc.nat(500), (planned, allow, population) => {
        const before = judge({ deactivate: planned }, population, TEN_PERCENT, {});
        const after = judge({ deactivate: planned }, population, TEN_PERCENT, { deactivate: allow });
        if (before.verdict === 'go') expect(after.verdict).toBe('go');
        if (planned <= allow) expect(after.verdict).toBe('go');
      }),
    );
  });

  it('never goes with more planned than allowed', () => {
    fc.assert(
      fc.property(fc.nat(100), fc.nat(10), fc.nat(500), (deactivate, deletions, population) => {
        const judged = judge({ deactivate, delete: deletions }, population, TEN_PERCENT, {});
        expect(judged.verdict === 'refused').toBe(judged.limits.filter(isExceeded).length > 0);
        if (population >= 20) expect(judged.verdict === 'go').toBe(deactivate <= population / 10 && deletions <= 3);
      }),
    );
  });
});

describe('isRefused', () => {
  const policy: SafetyPolicy = {
    limits: { deactivate: { count: 1 }, invite: { count: 0 } },
    minPopulation: 0,
    onRefusal: 'skip_kind',
  };

  it('names the changes of a kind over its limit, and creates whose mails are', () => {
    const verdict = judge({ deactivate: 2, create: 3, invite: 1 }, 100, policy, {});
    expect(verdict.restGoesOn).toBe(true);
    expect(isRefused(verdict, { kind: 'deactivate', invites: false })).toBe(true);
    expect(isRefused(verdict, { kind: 'create', invites: true })).toBe(true);
    expect(isRefused(verdict, { kind: 'create', invites: false })).toBe(false);
    expect(isRefused(verdict, { kind: 'update', invites: false })).toBe(false);
  });

  it('names nothing at the limit', () => {
    const verdict = judge({ deactivate: 1 }, 100, policy, {});
    expect(isRefused(verdict, { kind: 'deactivate', invites: false })).toBe(false);
  });
});
