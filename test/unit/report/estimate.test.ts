import { describe, expect, it } from 'vitest';
import { addSample, type Sample, secondsLeft } from '../../../src/report/estimate.js';
import { sayApplying } from '../../../src/report/progress.js';

function samplesOf(points: readonly (readonly [seconds: number, done: number])[]): readonly Sample[] {
  return points.reduce<readonly Sample[]>((all, [at, done]) => addSample(all, { at: at * 1000, done }), []);
}

describe('the finish estimate', () => {
  it('follows from the pace so far', () => {
    expect(
      secondsLeft(
        samplesOf([
          [0, 0],
          [10, 50],
        ]),
        150,
      ),
    ).toBe(20);
  });

  it('is silent while there is too little to judge by', () => {
    expect(secondsLeft([], 10)).toBeNull();
    expect(
      secondsLeft(
        samplesOf([
          [0, 0],
          [2, 50],
        ]),
        100,
      ),
    ).toBeNull();
    expect(
      secondsLeft(
        samplesOf([
          [0, 5],
          [20, 5],
        ]),
        100,
      ),
    ).toBeNull();
  });

  it('forgets the pace of long ago', () => {
    const slowed = samplesOf([
      [0, 0],
      [10, 1000],
      [50, 1000],
      [60, 1010],
      [90, 1040],
    ]);
    expect(secondsLeft(slowed, 1140)).toBe(100);
  });

  it('keeps few samples, however long it lasts', () => {
    const samples = samplesOf(Array.from({ length: 500 }, (_, second) => [second, second] as const));
    expect(samples.length).toBeLessThan(40);
  });

  it('is told with the progress', () => {
    expect(sayApplying({ done: 120, failed: 2, total: 410 }, 200)).toBe(
      'applying 120 of 410, 2 failed, about 3 min 20 s left',
    );
    expect(sayApplying({ done: 1, failed: 0, total: 2 }, 7.2)).toBe('applying 1 of 2, about 8 s left');
    expect(sayApplying({ done: 410, failed: 0, total: 410 }, 0)).toBe('applying 410 of 410');
  });
});
