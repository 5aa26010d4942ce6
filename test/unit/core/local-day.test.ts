import { describe, expect, it } from 'vitest';
import { todayFor, unlistedPlace } from '../../../src/core/local-day.js';

const person = (place: string | null) => ({ id: '1', fields: { work_location: place } });
const localDays = { from: 'work_location', days: new Map([['Auckland', '2026-12-02']]) };
const calendar = { today: '2026-12-01', localDays };

describe('the day that it is for somebody', () => {
  it('is that of the zone of their place', () => {
    expect(todayFor(person('Auckland'), calendar)).toBe('2026-12-02');
  });

  it.each([['Berlin'], [null]])('is that of the connector for %s, of which no zone is known', (place) => {
    expect(todayFor(person(place), calendar)).toBe('2026-12-01');
  });

  it('is that of the connector where no zones are listed', () => {
    expect(todayFor(person('Auckland'), { today: '2026-12-01', localDays: null })).toBe('2026-12-01');
  });

  it('is to be told where a place is not listed', () => {
    expect(unlistedPlace(person('Berlin'), localDays)).toBe('Berlin');
    expect(unlistedPlace(person('Auckland'), localDays)).toBeNull();
    expect(unlistedPlace(person(null), localDays)).toBeNull();
    expect(unlistedPlace(person('Berlin'), null)).toBeNull();
  });
});
