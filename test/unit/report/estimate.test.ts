import { describe, expect, it } from 'vitest';
import { type Forecast, sayLeft, secondsLeft, UNKNOWN_END, watch } from '../../../src/report/estimate.js';
import { sayApplying } from '../../../src/report/progress-text.js';

type Point = readonly [seconds: number, done: number];

function forecastOf(points: readonly Point[], total: number): Forecast {
  return points.reduce((forecast, [at, done]) => watch(forecast, { at: at * 1_000, done }, total), UNKNOWN_END);
}

/** What is left at each of these moments. */
function leftAt(points: readonly Point[], total: number): readonly (number | null)[] {
  return points.map(([at], place) => secondsLeft(forecastOf(points.slice(0, place + 1), total), at * 1_000));
}

const steady = (seconds: number, pace: number): readonly Point[] =>
  Array.from({ length: seconds + 1 }, (_, second) => [second, second * pace] as const);

describe('the finish estimate', () => {
  it('follows from the pace so far, and counts down with a steady one', () => {
    const left = leftAt(steady(60, 5), 500);
    expect(left.slice(0, 3)).toEqual([null, null, null]);
    left.slice(3).forEach((seconds, place) => {
      expect(seconds).toBeCloseTo(100 - (place + 3), 6);
    });
  });

  it('is silent while there is too little to judge by', () => {
    const points = [
      [0, 5],
      [20, 5],
    ] as const;
    expect(leftAt(points, 100)).toEqual([null, null]);
  });

  it('does not jump when the pace stumbles', () => {
    const stumbling = [...steady(30, 10), ...[31, 32, 33, 34].map((at) => [at, 300] as const), [35, 345] as const];
    const left = leftAt(stumbling, 1_000)
      .slice(4)
      .filter((seconds) => seconds !== null);
    left.slice(1).forEach((seconds, place) => {
      expect(Math.abs(seconds - (left[place] ?? 0))).toBeLessThan(4);
    });
  });

  it('comes round to another pace that lasts', () => {
    const slower = Array.from({ length: 120 }, (_, second) => [31 + second, 310 + second] as const);
    const left = leftAt([...steady(30, 10), ...slower], 1_000).at(-1) ?? 0;
    expect(left).toBeGreaterThan(400);
    expect(left).toBeLessThan(600);
  });

  it('begins again with a second read', () => {
    const [, , , fresh] = leftAt(
      [
        [0, 0],
        [10, 100],
        [11, 0],
        [21, 10],
      ],
      100,
    );
    expect(fresh).toBe(90);
  });

  it('keeps few samples, however long it lasts', () => {
    expect(forecastOf(steady(500, 1), 1_000).samples.length).toBeLessThan(70);
  });

  it('is told in steps as coarse as it is', () => {
    expect([0, 4, 7, 58, 61, 200, 599, 601, 3_590, 9_000].map(sayLeft)).toEqual([
      ...['a few seconds left', 'a few seconds left', 'about 10 s left', 'about 60 s left'],
      ...['about 1 min 20 s left', 'about 3 min 20 s left', 'about 10 min left', 'about 11 min left'],
      ...['about 1 h left', 'about 2 h 30 min left'],
    ]);
  });

  it('is not told in a log, where only numbers are', () => {
    expect(sayApplying({ done: 120, failed: 2, total: 4_100 })).toBe('applying 120 of 4,100, 2 failed');
  });
});
