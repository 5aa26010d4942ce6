import { describe, expect, it } from 'vitest';
import { failureStep } from '../../../src/core/failure-share.js';

const POLICY = { tell: { percent: 5 }, stop: { percent: 20 } };
const step = (failed: number, tried: number, policy: Parameters<typeof failureStep>[0] = POLICY) =>
  failureStep(policy, { failed, tried }, 20);

describe('failures of a run', () => {
  it('are told of beyond the first share, and stop the run beyond the second', () => {
    expect([step(5, 100), step(6, 100), step(20, 100), step(21, 100)]).toEqual(['none', 'tell', 'tell', 'stop']);
  });

  it('are not judged by a share of a few changes, but by a number at once', () => {
    expect(step(19, 19)).toBe('none');
    expect(step(3, 3, { tell: null, stop: { count: 2 } })).toBe('stop');
    expect(step(2, 2, { tell: null, stop: { count: 2 } })).toBe('none');
  });

  it('have no step unless one is set', () => {
    expect(step(500, 500, { tell: null, stop: null })).toBe('none');
  });
});
