import { describe, expect, it } from 'vitest';
import { dueBetween, firstDue } from '../../../src/fleet/due.js';

const MINUTE = 60_000;
const calendar = { timezone: 'Europe/Berlin', schedule: { importAll: '0 2 * * *', sync: null }, offset: 10 * MINUTE };
const at = (text: string) => new Date(text);

describe('what is due', () => {
  it('is the night at its own minute, and the next one is the day after', () => {
    expect(firstDue(calendar, at('2026-12-01T12:00:00Z'))).toEqual(at('2026-12-02T01:10:00Z'));
    expect(dueBetween(calendar, at('2026-12-02T01:10:00Z'), at('2026-12-02T01:10:30Z'))).toEqual({
      owed: { night: '2026-12-02T01:10:00.000Z' },
      next: at('2026-12-03T01:10:00Z'),
    });
  });

  it('is nothing before its minute', () => {
    const due = dueBetween(calendar, at('2026-12-02T01:10:00Z'), at('2026-12-02T01:09:59Z'));
    expect(due).toEqual({ owed: {}, next: at('2026-12-02T01:10:00Z') });
  });

  it('is one night after many were missed, since the first of them', () => {
    const due = dueBetween(calendar, at('2026-12-02T01:10:00Z'), at('2026-12-08T12:00:00Z'));
    expect(due).toEqual({ owed: { night: '2026-12-02T01:10:00.000Z' }, next: at('2026-12-09T01:10:00Z') });
  });

  it('is the night alone where a run between nights is due as well', () => {
    const both = { ...calendar, schedule: { importAll: '0 2 * * *', sync: '0 */2 * * *' } };
    const due = dueBetween(both, at('2026-12-01T23:10:00Z'), at('2026-12-02T03:30:00Z'));
    expect(due.owed).toEqual({ night: '2026-12-02T01:10:00.000Z' });
    expect(dueBetween(both, at('2026-12-02T03:10:00Z'), at('2026-12-02T03:30:00Z')).owed).toEqual({
      sync: '2026-12-02T03:10:00.000Z',
    });
  });

  it('comes once on the night whose hour comes twice, and is made up for on the one that lacks it', () => {
    const half = { ...calendar, schedule: { importAll: '30 2 * * *', sync: null }, offset: 0 };
    const autumn = dueBetween(half, at('2026-10-24T12:00:00Z'), at('2026-10-25T12:00:00Z'));
    expect(autumn).toEqual({ owed: { night: expect.any(String) }, next: at('2026-10-26T01:30:00Z') });
    const spring = dueBetween(half, at('2026-03-28T12:00:00Z'), at('2026-03-29T12:00:00Z'));
    expect(spring).toEqual({ owed: { night: '2026-03-29T01:00:00.000Z' }, next: at('2026-03-30T00:30:00Z') });
  });

  it('is never due without a timetable', () => {
    const never = { ...calendar, schedule: { importAll: null, sync: null } };
    expect(firstDue(never, at('2026-12-01T12:00:00Z'))).toBeNull();
    expect(dueBetween(never, at('2026-12-01T12:00:00Z'), at('2026-12-09T12:00:00Z'))).toEqual({ owed: {}, next: null });
  });

  it('is one run after a year of missed ones', () => {
    const often = { ...calendar, schedule: { importAll: null, sync: '* * * * *' }, offset: 0 };
    const due = dueBetween(often, at('2025-12-01T00:00:00Z'), at('2026-12-01T12:00:30Z'));
    expect(due).toEqual({ owed: { sync: '2025-12-01T00:00:00.000Z' }, next: at('2026-12-01T12:01:00Z') });
  });
});
