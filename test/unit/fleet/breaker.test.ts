import { describe, expect, it } from 'vitest';
import { type FailedRun, outages } from '../../../src/fleet/breaker.js';

const failures = (count: number, vendor: string, error: string): FailedRun[] =>
  Array.from({ length: count }, (_, index) => ({ connector: `c${index}`, vendor, error }));

describe('the breaker', () => {
  it('finds a vendor down when ten of its connectors fail alike', () => {
    expect(outages(failures(10, 'hr', 'NetworkError'))).toEqual([
      { vendor: 'hr', error: 'NetworkError', connectors: 10 },
    ]);
    expect(outages(failures(9, 'hr', 'NetworkError'))).toEqual([]);
  });

  it('counts connectors, not runs, and each kind of failure for itself', () => {
    const one = failures(9, 'hr', 'NetworkError');
    expect(outages([...one, ...one, ...failures(9, 'hr', 'CredentialsError')])).toEqual([]);
    expect(outages([...one, ...failures(9, 'lms', 'NetworkError')])).toEqual([]);
  });
});
