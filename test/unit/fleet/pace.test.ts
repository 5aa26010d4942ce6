import { describe, expect, it } from 'vitest';
import { batchOf, gapOf, startsOf } from '../../../src/fleet/pace.js';

describe('a reservation', () => {
  it('is for ten requests, and for no more than two seconds', () => {
    expect(batchOf(49)).toBe(10);
    expect(batchOf(4)).toBe(7);
    expect(batchOf(0.1)).toBe(1);
  });

  it('stays a little below the limit', () => {
    expect(gapOf(10)).toBe(101);
  });

  it('gives the starting times that are still to come', () => {
    expect(startsOf({ start: 1_000, gap: 100, count: 4 }, 900)).toEqual([1_000, 1_100, 1_200, 1_300]);
    expect(startsOf({ start: 1_000, gap: 100, count: 4 }, 1_150)).toEqual([1_100, 1_200, 1_300]);
    expect(startsOf({ start: 1_000, gap: 100, count: 4 }, 9_000)).toEqual([]);
  });
});
