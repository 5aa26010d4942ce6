import { describe, expect, it } from 'vitest';
import { offsetOf } from '../../../src/fleet/spread.js';

const MINUTE = 60_000;
const names = Array.from({ length: 500 }, (_, index) => `customer-${index}`);

describe('the spread of nights', () => {
  it('gives a connector the same whole minute each time', () => {
    expect(offsetOf('acme', 45 * MINUTE)).toBe(offsetOf('acme', 45 * MINUTE));
    expect(offsetOf('acme', 45 * MINUTE) % MINUTE).toBe(0);
  });

  it('never moves a night further back than the spread, and reaches both ends', () => {
    const offsets = new Set(names.map((name) => offsetOf(name, 45 * MINUTE)));
    expect(Math.min(...offsets)).toBe(0);
    expect(Math.max(...offsets)).toBe(45 * MINUTE);
    expect(offsets.size).toBe(46);
  });

  it('moves nothing without a spread', () => {
    expect(new Set(names.map((name) => offsetOf(name, 0)))).toEqual(new Set([0]));
  });
});
