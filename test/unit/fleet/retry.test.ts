import { describe, expect, it } from 'vitest';
import { fulfilledBy } from '../../../src/fleet/owed.js';
import { isFulfilled, pauseAfter } from '../../../src/fleet/retry.js';

const policy = { first: 60_000, most: 900_000, attempts: 8 };
const ended = (exitCode: number, broke = false) => ({ exitCode, broke });

describe('what a run fulfils', () => {
  it.each([0, 4, 5, 10])('is all that it was for with exit code %i', (exitCode) => {
    expect(isFulfilled('night', ended(exitCode))).toBe(true);
  });

  it.each([1, 6, 8, 130])('is nothing with exit code %i', (exitCode) => {
    expect(isFulfilled('night', ended(exitCode))).toBe(false);
  });

  it('is nothing where an error ended it, though single failures have the same exit code', () => {
    expect(isFulfilled('events', ended(4, true))).toBe(false);
  });

  it('is a request by hand in any case but that of a held lease', () => {
    expect(isFulfilled('manual', ended(6, true))).toBe(true);
    expect(isFulfilled('manual', ended(7, true))).toBe(false);
  });

  it('is the run between nights as well where everybody is read', () => {
    const owed = { manual: 'a', events: 'b', night: 'c', sync: 'd' };
    expect(fulfilledBy('manual', owed)).toEqual({ manual: 'a', night: 'c', sync: 'd' });
    expect(fulfilledBy('night', owed)).toEqual({ night: 'c', sync: 'd' });
    expect(fulfilledBy('sync', owed)).toEqual({ sync: 'd' });
    expect(fulfilledBy('events', owed)).toEqual({ events: 'b' });
  });
});

describe('the pause after a failed attempt', () => {
  it('doubles from the first up to the most', () => {
    const pauses = [1, 2, 3, 4, 5, 6, 7].map((attempts) => pauseAfter(attempts, 'night', policy));
    expect(pauses).toEqual([60_000, 120_000, 240_000, 480_000, 900_000, 900_000, 900_000]);
  });

  it('gives a night up after so many attempts, and events never', () => {
    expect(pauseAfter(8, 'night', policy)).toBeNull();
    expect(pauseAfter(8, 'events', policy)).toBe(900_000);
    expect(pauseAfter(5_000, 'events', policy)).toBe(900_000);
  });
});
