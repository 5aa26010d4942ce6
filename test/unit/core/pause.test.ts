import { describe, expect, it } from 'vitest';
import { pauseAfter } from '../../../src/core/pause.js';

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
