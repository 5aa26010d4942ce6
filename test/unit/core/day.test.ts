import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { addDays, dayIn, daysBetween, dayWritten, isDay } from '../../../src/core/day.js';
import { someDay } from './made-up.js';

describe('isDay', () => {
  it.each(['2026-11-24', '2024-02-29', '2000-02-29', '0001-01-01', '9999-12-31'])('takes %s', (text) => {
    expect(isDay(text)).toBe(true);
  });

  it.each([
    '2026-02-29',
    '1900-02-29',
    '2026-04-31',
    '2026-13-01',
    '2026-00-10',
    '2026-01-00',
    '2026-1-1',
    '24.11.2026',
    '2026-11-24T00:00:00Z',
    ' 2026-11-24',
    '2026-11-24\n',
    '+02026-11-24',
    '２０２６-11-24',
    '',
  ])('refuses %j', (text) => {
    expect(isDay(text)).toBe(false);
  });
});

describe('dayIn', () => {
  it.each([
    ['Europe/Berlin', '2026-11-23T22:59:59.999Z', '2026-11-23'],
    ['Europe/Berlin', '2026-11-23T23:00:00Z', '2026-11-24'],
    ['Europe/Berlin', '2026-03-28T23:00:00Z', '2026-03-29'],
    ['Europe/Berlin', '2026-03-29T21:59:59Z', '2026-03-29'],
    ['Europe/Berlin', '2026-03-29T22:00:00Z', '2026-03-30'],
    ['Europe/Berlin', '2026-10-24T22:00:00Z', '2026-10-25'],
    ['Europe/Berlin', '2026-10-25T22:59:59Z', '2026-10-25'],
    ['Europe/Berlin', '2026-10-25T23:00:00Z', '2026-10-26'],
    ['America/New_York', '2026-03-08T04:59:59Z', '2026-03-07'],
    ['America/New_York', '2026-03-08T05:00:00Z', '2026-03-08'],
    ['America/New_York', '2026-03-09T03:59:59Z', '2026-03-08'],
    ['America/New_York', '2026-03-09T04:00:00Z', '2026-03-09'],
    ['America/New_York', '2026-11-02T04:59:59Z', '2026-11-01'],
    ['America/New_York', '2026-11-02T05:00:00Z', '2026-11-02'],
    ['Pacific/Kiritimati', '2026-11-24T09:59:59Z', '2026-11-24'],
    ['Pacific/Kiritimati', '2026-11-24T10:00:00Z', '2026-11-25'],
    ['Pacific/Pago_Pago', '2026-11-24T10:59:59Z', '2026-11-23'],
    ['UTC', '2026-12-31T23:59:59.999Z', '2026-12-31'],
  ])('in %s the instant %s falls on %s', (zone, instant, day) => {
    expect(dayIn(zone, new Date(instant))).toBe(day);
  });
});

describe('addDays and daysBetween', () => {
  it.each([
    ['2026-03-28', 1, '2026-03-29'],
    ['2026-03-29', 1, '2026-03-30'],
    ['2026-10-25', 1, '2026-10-26'],
    ['2026-11-01', -1, '2026-10-31'],
    ['2024-02-28', 1, '2024-02-29'],
    ['2024-02-29', 365, '2025-02-28'],
    ['2026-02-28', 1, '2026-03-01'],
    ['2026-12-31', 1, '2027-01-01'],
    ['2026-11-24', 0, '2026-11-24'],
  ])('%s and %i days is %s', (day, count, result) => {
    expect(addDays(day, count)).toBe(result);
    expect(daysBetween(day, result)).toBe(count);
  });

  it('stays a day at both ends of the calendar', () => {
    expect(addDays('9999-12-31', 1)).toBe('9999-12-31');
    expect(addDays('0000-01-01', -1)).toBe('0000-01-01');
    expect(addDays('0000-03-01', -1)).toBe('0000-02-29');
  });

  it('are each other’s reverse, and days compare as text', () => {
    fc.assert(
      fc.property(someDay, fc.integer({ min: -5000, max: 5000 }), (day, count) => {
        const other = addDays(day, count);
        expect(isDay(other)).toBe(true);
        expect(daysBetween(day, other)).toBe(count);
        expect(Math.sign(count)).toBe(other > day ? 1 : other < day ? -1 : 0);
      }),
    );
  });
});

describe.each(['UTC', 'Europe/Berlin', 'America/New_York', 'Pacific/Kiritimati', 'Pacific/Apia', 'Africa/Cairo'])(
  'on a machine in %s',
  (zone) => {
    beforeEach(() => {
      vi.stubEnv('TZ', zone);
    });
    afterEach(() => {
      vi.unstubAllEnvs();
    });

    it('runs in that zone, so that the next tests can fail', () => {
      expect(Intl.DateTimeFormat().resolvedOptions().timeZone).toBe(zone);
    });

    it('counts days as anywhere else, even those that never came to the zone', () => {
      expect(addDays('2011-12-29', 1)).toBe('2011-12-30');
      expect(daysBetween('2011-12-29', '2011-12-31')).toBe(2);
      for (let day = '2026-01-01', count = 0; day < '2027-01-01'; day = addDays(day, 1), count++) {
        expect(daysBetween('2026-01-01', day)).toBe(count);
      }
    });

    it('tells the day in the configured zone, not its own', () => {
      const written = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Berlin', dateStyle: 'short' });
      for (let time = Date.UTC(2026, 0, 1); time < Date.UTC(2027, 0, 1); time += 7 * 3_600_000 + 1_234) {
        expect(dayIn('Europe/Berlin', new Date(time))).toBe(written.format(time));
      }
    });

    it('takes every day of the calendar for one', () => {
      expect(isDay('2011-12-30')).toBe(true);
      expect(isDay('2026-03-29')).toBe(true);
    });
  },
);

describe('dayWritten', () => {
  it.each([
    ['2026-11-24', '2026-11-24'],
    [' 2026-11-24 ', '2026-11-24'],
    ['2026-11-24T00:00:00+01:00', '2026-11-24'],
    ['2026-11-24 23:59', '2026-11-24'],
    ['2026-11-24T23:59:59.000-11:00', '2026-11-24'],
    ['2019-03-26-06:00', '2019-03-26'],
    ['2019-03-26+0100', '2019-03-26'],
    ['2019-03-26Z', '2019-03-26'],
    ['', null],
    [' ', null],
    ['0000-00-00', null],
    ['0000-00-00 00:00:00', null],
    ['0001-01-01T00:00:00Z', null],
    ['9999-12-31', null],
    ['31.12.2020', undefined],
    ['12/31/2020', undefined],
    ['2026-02-30', undefined],
    ['2026-11-241', undefined],
    ['20261124', undefined],
    ['never', undefined],
  ])('of %j is %j', (text, day) => {
    expect(dayWritten(text)).toBe(day);
    // The calendar may have met the day before.
    isDay(text);
    expect(dayWritten(text)).toBe(day);
  });
});
