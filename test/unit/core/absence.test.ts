import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countAbsence } from '../../../src/core/absence.js';
import { addDays, daysBetween } from '../../../src/core/day.js';
import { someDay, TODAY } from './made-up.js';

const MISSING = { afterRuns: 2, afterDays: 2 };

describe('countAbsence', () => {
  it('begins to count on the first read without somebody', () => {
    const absence = countAbsence({ missingSince: null, missingRuns: 0 }, TODAY, MISSING);
    expect(absence).toMatchObject({ missingSince: TODAY, missingRuns: 1, gone: false });
  });

  it.each<[since: string, runs: number, gone: boolean]>([
    ['2026-11-22', 1, true],
    ['2026-11-22', 0, false],
    ['2026-11-23', 1, false],
    ['2026-11-23', 50, false],
    ['2026-11-24', 50, false],
    ['2026-01-01', 0, false],
    ['2026-01-01', 1, true],
  ])('missing since %s, from %i reads before this one: gone is %s', (missingSince, missingRuns, gone) => {
    expect(countAbsence({ missingSince, missingRuns }, TODAY, MISSING).gone).toBe(gone);
  });

  it('needs only the reads where no days are asked for', () => {
    expect(countAbsence({ missingSince: TODAY, missingRuns: 1 }, TODAY, { afterRuns: 2, afterDays: 0 }).gone).toBe(
      true,
    );
    expect(countAbsence({ missingSince: null, missingRuns: 0 }, TODAY, { afterRuns: 1, afterDays: 0 }).gone).toBe(true);
  });

  it('never ends anything where the config says never', () => {
    const absence = countAbsence({ missingSince: '2020-01-01', missingRuns: 1_000 }, TODAY, null);
    expect(absence).toMatchObject({ gone: false, missingRuns: 1_001, missingSince: '2020-01-01' });
  });

  it('begins again when the clock was set back', () => {
    const absence = countAbsence({ missingSince: addDays(TODAY, 30), missingRuns: 9 }, TODAY, MISSING);
    expect(absence).toMatchObject({ missingSince: TODAY, gone: false });
  });

  it('says how long it has been', () => {
    const { because } = countAbsence({ missingSince: '2026-11-20', missingRuns: 3 }, TODAY, MISSING);
    expect(because).toBe('missing from 4 complete reads since 2026-11-20');
  });

  it('over any nights, nobody is gone before enough reads and days, whatever the clock does', () => {
    const policy = fc.record({ afterRuns: fc.integer({ min: 1, max: 4 }), afterDays: fc.integer({ min: 0, max: 5 }) });
    fc.assert(
      fc.property(fc.array(someDay, { minLength: 1, maxLength: 8 }), policy, (nights, missing) => {
        let state = { missingSince: null as string | null, missingRuns: 0 };
        nights.forEach((today, index) => {
          const absence = countAbsence(state, today, missing);
          expect(absence.missingSince <= today).toBe(true);
          if (absence.gone) {
            expect(index + 1).toBeGreaterThanOrEqual(missing.afterRuns);
            expect(daysBetween(absence.missingSince, today)).toBeGreaterThanOrEqual(missing.afterDays);
            expect(nights).toContain(absence.missingSince);
          }
          state = absence;
        });
      }),
    );
  });
});
