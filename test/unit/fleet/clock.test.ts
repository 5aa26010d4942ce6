import { describe, expect, it } from 'vitest';
import { clockOffset } from '../../../src/fleet/clock.js';

describe('the offset of a clock', () => {
  it('is nothing while the answer fits into the round trip', () => {
    expect(clockOffset(1_000, 1_000, 1_400)).toBe(0);
    expect(clockOffset(1_000, 1_400, 1_400)).toBe(0);
  });

  it('is how far the other clock lies outside of it', () => {
    expect(clockOffset(1_000, 900, 1_400)).toBe(-100);
    expect(clockOffset(1_000, 9_400, 1_400)).toBe(8_000);
  });
});
