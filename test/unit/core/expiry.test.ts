import { describe, expect, it } from 'vitest';
import { countsFrom, latestEnding, speaksAgainstDeletion } from '../../../src/core/expiry.js';
import type { Standing } from '../../../src/core/standing.js';
import { employee } from './made-up.js';

const NOW = new Date('2026-06-30T02:00:00.000Z');
const ENDS: Standing = { kind: 'ends', because: 'HR status is inactive' };

describe('the time until a closed account is deleted', () => {
  it('counts whole days, to the instant', () => {
    expect(latestEnding(NOW, '2026-06-30', 90)).toBe('2026-04-01T02:00:00.000Z');
  });

  it('is never shorter for a zone that is ahead of UTC, and can be looked at for a day to come', () => {
    const late = new Date('2026-06-30T11:00:00.000Z');
    expect(latestEnding(late, '2026-07-01', 90)).toBe('2026-04-01T11:00:00.000Z');
    expect(latestEnding(NOW, '2026-12-31', 90)).toBe('2026-10-01T10:00:00.000Z');
  });

  it('begins with the ending, or with the end of a gap in which nobody looked', () => {
    const endedAt = '2026-01-05T02:00:00.000Z';
    expect(countsFrom({ endedAt, watchedSince: '2025-01-01T02:00:00.000Z' })).toBe(endedAt);
    expect(countsFrom({ endedAt, watchedSince: '2026-03-01T02:00:00.000Z' })).toBe('2026-03-01T02:00:00.000Z');
  });
});

describe('a record in HR', () => {
  it.each<[Record<string, string | null>, Standing, boolean]>([
    [{ termination_date: '2026-01-31', start_date: '2020-01-01' }, ENDS, false],
    [{ termination_date: null }, ENDS, false],
    [{}, ENDS, false],
    [{ termination_date: '9999-12-31' }, ENDS, false],
    [{ termination_date: '2026-05-31' }, ENDS, true],
    [{ start_date: '2026-05-01', termination_date: '2026-01-31' }, ENDS, true],
    [{ termination_date: 'soon' }, ENDS, true],
    [{}, { kind: 'left_alone' }, true],
    [{}, { kind: 'outside', because: 'legal_entity is not one of Acme GmbH' }, true],
    [{}, { kind: 'wanted', fields: {}, leavesOn: null }, true],
  ])('%j of somebody who stands as %j speaks against deletion: %s', (fields, standing, result) => {
    expect(speaksAgainstDeletion(employee(fields), standing, '2026-04-01')).toBe(result);
  });
});
