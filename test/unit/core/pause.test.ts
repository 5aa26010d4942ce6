import { describe, expect, it } from 'vitest';
import { pauseAfter, rests } from '../../../src/core/pause.js';

const HOUR = 3_600_000;

describe('pauseAfter', () => {
  it('lets a nightly run try again on each of three nights', () => {
    for (const attempts of [1, 2, 3]) expect(pauseAfter(attempts)).toBeLessThan(24 * HOUR);
  });

  it('grows with every failure, up to less than a week', () => {
    const pauses = Array.from({ length: 6 }, (_, index) => pauseAfter(index + 1));
    expect(pauses).toEqual([...new Set(pauses)].sort((one, other) => one - other));
    expect(pauseAfter(1_000)).toBe(pauses.at(-1));
    expect(pauseAfter(1_000)).toBeLessThanOrEqual(7 * 24 * HOUR);
  });
});

describe('rests', () => {
  const failure = { lastAt: '2026-11-24T02:00:00.000Z', retryAt: '2026-11-24T03:00:00.000Z' };

  it.each([
    ['2026-11-24T02:00:00.000Z', true],
    ['2026-11-24T02:59:59.999Z', true],
    ['2026-11-24T03:00:00.000Z', false],
    ['2026-11-24T01:59:59.999Z', false],
    ['2026-10-24T02:30:00.000Z', false],
  ])('at %s: %s', (at, resting) => {
    expect(rests(failure, at)).toBe(resting);
  });
});
