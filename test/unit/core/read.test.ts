import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ReadPolicy } from '../../../src/core/policy.js';
import { judgeRead, type ReadCounts } from '../../../src/core/read.js';

const POLICY: ReadPolicy = {
  minEmployees: { percent: 80 },
  minKnown: { percent: 50 },
  minPopulation: 20,
  canaries: ['1', '2'],
};

function counts(partial: Partial<ReadCounts> = {}): ReadCounts {
  const { distinct = 100 } = partial;
  return {
    pages: 2,
    received: distinct,
    distinct,
    totalAtStart: distinct,
    totalAtEnd: distinct,
    repeats: { onOnePage: 0, acrossPages: new Set(), atTheSeam: false, before: null },
    absentFields: [],
    lostFields: [],
    allowedClears: 0,
    absentCanaries: [],
    lastComplete: null,
    linked: 0,
    known: 0,
    clockAhead: null,
    ...partial,
  };
}

function judged(partial: Partial<ReadCounts>, policy: Partial<ReadPolicy> = {}) {
  const { complete, checks } = judgeRead(counts(partial), { ...POLICY, ...policy });
  return { complete, failed: checks.filter(({ held }) => !held) };
}

describe('judgeRead', () => {
  it('believes a read of which everything adds up', () => {
    expect(judged({ lastComplete: 100 })).toEqual({ complete: true, failed: [] });
  });

  it('believes a source that counts nobody, as long as the rest adds up', () => {
    expect(judged({ totalAtStart: null, totalAtEnd: null }).complete).toBe(true);
  });

  it.each<[Partial<ReadCounts>, string, boolean]>([
    [{ distinct: 0 }, 'no employee at all', true],
    [{ distinct: 0, totalAtStart: null, totalAtEnd: null }, 'no employee at all', true],
    [{ totalAtEnd: 99 }, '100 people when the read began and 99 when it ended', true],
    [{ totalAtStart: 99 }, '99 people when the read began and 100 when it ended', true],
    [{ totalAtStart: null }, 'when the read began and 100 when it ended', true],
    [{ totalAtEnd: null }, '100 people when the read began and', true],
    [{ totalAtStart: 101, totalAtEnd: 101 }, '100 of the 101 people', true],
    [{ totalAtStart: 99, totalAtEnd: 99 }, '100 of the 99 people', true],
    [{ received: 101 }, '1 record came more than once', true],
    [{ received: 102 }, '2 records came more than once', true],
    [{ absentFields: ['department', 'manager'] }, 'department, manager came with nobody', false],
    [{ absentCanaries: ['2'] }, 'canaries are missing: 2', true],
    [{ lastComplete: 126 }, '100 employees against 126 in the last complete read, at least 101', false],
  ])('does not believe %j', (partial, words, repeatable) => {
    const { complete, failed } = judged(partial);
    expect(complete).toBe(false);
    expect(failed[0]?.sentence).toContain(words);
    expect(failed[0]?.repeatable).toBe(repeatable);
  });

  it.each<[ReadPolicy['minEmployees'], number, number]>([
    [{ percent: 80 }, 100, 80],
    [{ percent: 80 }, 99, 80],
    [{ percent: 80 }, 20, 16],
    [{ percent: 80 }, 19, 1],
    [{ percent: 100 }, 50, 50],
    [{ percent: 0 }, 50, 1],
    [{ percent: 1.1 }, 3000, 33],
    [{ percent: 80 }, 1_000_000, 800_000],
    [{ count: 50 }, 100, 50],
    [{ count: 50 }, 10, 50],
  ])(
    'with at least %j, after a read of %i people, takes %i for plausible and one less not',
    (minEmployees, lastComplete, least) => {
      expect(judged({ distinct: least - 1, lastComplete }, { minEmployees }).complete).toBe(false);
      expect(judged({ distinct: least, lastComplete }, { minEmployees }).complete).toBe(true);
      expect(judged({ distinct: least + 1, lastComplete }, { minEmployees }).complete).toBe(true);
    },
  );

  describe('of somebody who came more than once', () => {
    const repeats = (partial: Partial<ReadCounts['repeats']>) => ({
      repeats: { onOnePage: 0, acrossPages: new Set<string>(), atTheSeam: false, before: null, ...partial },
    });
    const both = { acrossPages: new Set(['7']), before: new Set(['7']) };

    it.each<[what: string, partial: Partial<ReadCounts>, complete: boolean]>([
      [
        'on one page, counted by HR',
        { received: 101, totalAtStart: 101, totalAtEnd: 101, ...repeats({ onOnePage: 1 }) },
        true,
      ],
      ['on one page, not counted by HR', { received: 101, ...repeats({ onOnePage: 1 }) }, true],
      ['on two pages, at first', { received: 101, ...repeats({ acrossPages: new Set(['7']) }) }, false],
      [
        'on two pages, as in the read before',
        { received: 101, totalAtStart: 101, totalAtEnd: 101, ...repeats(both) },
        true,
      ],
      ['on two pages, another than before', { received: 101, ...repeats({ ...both, before: new Set(['8']) }) }, false],
      [
        'on two pages, one more than before',
        { received: 102, ...repeats({ ...both, acrossPages: new Set(['7', '8']) }) },
        false,
      ],
      ['where two pages meet', { received: 101, ...repeats({ ...both, atTheSeam: true }) }, false],
      ['and more than HR counts', { received: 102, totalAtStart: 101, totalAtEnd: 101, ...repeats(both) }, false],
    ])('%s: %j', (_, partial, complete) => {
      expect(judged(partial).complete).toBe(complete);
    });

    it('believes no more of them than a few', () => {
      const many = (count: number) => new Set(Array.from({ length: count }, (_, id) => String(id)));
      const of = (count: number) =>
        judged({ received: 100 + count, ...repeats({ acrossPages: many(count), before: many(count) }) });
      expect([of(3).complete, of(4).complete]).toEqual([true, false]);
      expect(of(9).failed[0]?.sentence).toMatch(
        /9 records came more than once: pages overlap \(#0, #1, #2, #3, #4 and 4 more\)/,
      );
    });
  });

  it.each<[before: number, isGone: boolean, allowed: number, complete: boolean]>([
    [3, false, 0, false],
    [2, false, 0, true],
    [1, true, 0, false],
    [37, false, 36, false],
    [37, false, 37, true],
    [1, true, 1, true],
  ])(
    'a field that %i people had, gone from all records: %s, with %i allowed to lose it: believed %s',
    (before, isGone, allowedClears, complete) => {
      const lostFields = [{ field: 'job_title', before, isGone }];
      const { checks } = judgeRead(counts({ lostFields, allowedClears }), POLICY);
      const check = checks.find(({ sentence }) => sentence.startsWith('job_title'));
      expect(check).toMatchObject({ held: complete, repeatable: false, isTold: complete });
      if (!complete) expect(check?.sentence).toContain(`--allow clear=${before}`);
    },
  );

  it('does not ask for canaries that nobody named', () => {
    expect(judgeRead(counts(), { ...POLICY, canaries: [] }).checks.some(({ sentence }) => /canar/.test(sentence))).toBe(
      false,
    );
  });

  it('says nothing of fields when nobody came', () => {
    const { failed } = judged({ distinct: 0, absentFields: ['department'] });
    expect(failed.map(({ sentence }) => sentence).join()).not.toContain('department');
  });

  it('believes no read that lacks anybody of those whom the source counts, whatever else holds', () => {
    fc.assert(
      fc.property(
        fc.nat(500),
        fc.nat(500),
        fc.nat(20),
        fc.option(fc.nat(500)),
        (distinct, missing, twice, lastComplete) => {
          const total = distinct + missing;
          const { complete } = judged({
            distinct,
            received: distinct + twice,
            totalAtStart: total,
            totalAtEnd: total,
            lastComplete,
          });
          if (complete) expect([missing, twice]).toEqual([0, 0]);
        },
      ),
    );
  });
});
