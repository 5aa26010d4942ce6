import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '../../../../src/core/day.js';
import { isLanguage, languageCode } from '../../../../src/targets/360learning/catalogue.js';
import { accountFrom, bodyOf } from '../../../../src/targets/360learning/record.js';
import { userSchema } from '../../../../src/targets/360learning/schema.js';

const settings = { leave_date_days_after: 1, restored_users: 'activate', zone: 'Etc/UTC' } as const;
const now = new Date('2026-11-24T10:00:00Z');
const body = (fields: object) => bodyOf({ ...fields }, settings, now);
const account = (user: object) =>
  accountFrom(userSchema.parse({ _id: 'u1', status: 'active', lang: 'en', ...user }), null, settings);

describe('the code of a language', () => {
  it.each([
    ['de', 'de'],
    ['de-DE', 'de'],
    ['en-GB', 'en'],
    ['EN_us', 'en'],
    ['nl-BE', 'nl_BE'],
    ['nl-NL', 'nl'],
    ['pt-BR', 'pt'],
    ['sw', 'sw_KE'],
    ['Deutsch', 'Deutsch'],
    ['', ''],
  ])('%s is %s', (locale, code) => {
    expect(languageCode(locale)).toBe(code);
  });

  it('is the same when it is taken twice', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(languageCode(languageCode(text))).toBe(languageCode(text));
      }),
    );
  });

  it('is known once it is found', () => {
    expect(isLanguage(languageCode('zh-Hant'))).toBe(true);
    expect(isLanguage('Deutsch')).toBe(false);
  });
});

describe('a body', () => {
  it('clears by null, never by an empty text, and leaves the language alone', () => {
    const empty = { job_title: '', phone: null, organization: ' ', language: null, leave_date: null };
    expect(body(empty)).toEqual({ job: null, phone: null, organization: null, toBeDeactivatedAt: null });
  });

  it('holds only what is a plain part of a user', () => {
    expect(body({ external_id: '1', group: 'g', 'custom_fields.Badge': '42', first_name: 'Zoë' })).toEqual({
      firstName: 'Zoë',
    });
  });

  it('has the address in small letters and the language as a code', () => {
    expect(body({ email: 'Zoë@Acme.Example', language: 'de-DE' })).toEqual({ mail: 'zoë@acme.example', lang: 'de' });
    expect(() => body({ language: 'Deutsch' })).toThrow('no language');
  });

  it('ends an account at the midnight after the last day, and announces no day that has passed', () => {
    expect(body({ leave_date: '2026-12-31' })).toEqual({ toBeDeactivatedAt: '2027-01-01T00:00:00.000Z' });
    expect(body({ leave_date: '2026-11-24' })).toEqual({ toBeDeactivatedAt: '2026-11-25T00:00:00.000Z' });
    expect(body({ leave_date: '2026-11-23' })).toEqual({ toBeDeactivatedAt: null });
    expect(() => body({ leave_date: 'soon' })).toThrow('no day');
  });
});

describe('the midnight at which an account ends', () => {
  const at = (zone: string, leave_date: string) =>
    bodyOf({ leave_date }, { ...settings, zone }, now)['toBeDeactivatedAt'];

  it.each([
    ['Europe/Berlin', '2026-12-31', '2026-12-31T23:00:00.000Z'],
    ['Europe/Berlin', '2027-06-30', '2027-06-30T22:00:00.000Z'],
    ['America/New_York', '2026-12-31', '2027-01-01T05:00:00.000Z'],
    ['Pacific/Auckland', '2026-12-31', '2026-12-31T11:00:00.000Z'],
    // Clocks go from 00:00 to 01:00 on that day.
    ['America/Havana', '2027-03-13', '2027-03-14T05:00:00.000Z'],
  ])('is the one of %s after %s', (zone, day, instant) => {
    expect(at(zone, day)).toBe(instant);
  });

  it('has passed in one zone and not in another', () => {
    expect(at('Pacific/Auckland', '2026-11-23')).toBeNull();
    expect(at('Pacific/Pago_Pago', '2026-11-23')).toBe('2026-11-24T11:00:00.000Z');
  });

  it.each(['Europe/Berlin', 'America/New_York', 'Pacific/Auckland', 'Asia/Kolkata'])('is read back in %s', (zone) => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3_000 }), (count) => {
        const day = addDays('2026-11-24', count);
        const user = userSchema.parse({ _id: 'u1', toBeDeactivatedAt: at(zone, day) });
        expect(accountFrom(user, null, { ...settings, zone }).fields['leave_date']).toBe(day);
      }),
      { numRuns: 20 },
    );
  });
});

describe('an account', () => {
  it('shows the first and the last name apart, and leaves out what is empty', () => {
    expect(account({ firstName: 'Zoë', lastName: 'Müller' }).names).toEqual(['Zoë', 'Müller']);
    expect(account({ firstName: ' ', lastName: 'Müller' }).names).toEqual(['Müller']);
    expect(account({}).names).toEqual([]);
  });

  it('shows what is not set as empty', () => {
    expect(account({}).fields).toMatchObject({ job_title: null, leave_date: null, external_id: null, language: 'en' });
    expect(account({ firstName: 'Zoë' })).toMatchObject({ name: 'Zoë', email: null, state: 'active' });
  });

  it.each([
    [{ status: 'active' }, 'active'],
    [{ status: 'invited' }, 'active'],
    [{ status: 'deleted' }, 'deactivated'],
    [{ status: 'invited', reactivatedAt: ['2026-01-01T00:00:00.000Z'] }, 'deactivated'],
    [{ status: undefined, deleted: true }, 'deactivated'],
    [{ status: undefined, deleted: false }, 'active'],
    [{ status: undefined }, 'unknown'],
  ])('of %j is %s', (user, state) => {
    expect(account(user).state).toBe(state);
  });

  it('reads back the leave date that was written, whichever zone its midnight is kept in', () => {
    const days = fc.integer({ min: 1, max: 3_000 }).map((count) => addDays('2026-11-24', count));
    fc.assert(
      fc.property(days, fc.integer({ min: -11, max: 11 }), (day, hours) => {
        const { toBeDeactivatedAt } = body({ leave_date: day });
        const kept = new Date(Date.parse(String(toBeDeactivatedAt)) + hours * 3_600_000).toISOString();
        expect(account({ toBeDeactivatedAt: kept }).fields['leave_date']).toBe(day);
      }),
    );
  });
});
