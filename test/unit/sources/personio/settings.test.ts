import { describe, expect, it } from 'vitest';
import { paceOf, personioSettings } from '../../../../src/sources/personio/settings.js';

const credentials = { client_id: 'id', client_secret: 'secret' };

function problemWith(settings: Readonly<Record<string, unknown>>): string | undefined {
  return personioSettings.safeParse({ ...credentials, ...settings }).error?.issues[0]?.message;
}

describe("Personio's settings", () => {
  it('need only the credentials', () => {
    expect(personioSettings.parse(credentials)).toEqual({
      ...credentials,
      api: 'v1',
      changes_overlap_minutes: 120,
      base_url: 'https://api.personio.de',
      app_id: 'HRSYNC',
      timeout_seconds: 30,
      absent_value: 'auto',
      may_be_empty: ['termination_date', 'last_working_day'],
      changes_by: 'v1',
    });
    expect(personioSettings.safeParse({ client_id: 'id' }).success).toBe(false);
  });

  it.each([
    [{}, { requestsPerSecond: 4.5, concurrency: 1 }],
    [{ api: 'v2' }, { requestsPerSecond: 5, concurrency: 6 }],
    [
      { api: 'v2', requests_per_second: 12 },
      { requestsPerSecond: 12, concurrency: 6 },
    ],
    [{ concurrency: 2 }, { requestsPerSecond: 4.5, concurrency: 2 }],
  ])('%j go at the pace %j', (given, pace) => {
    expect(paceOf(personioSettings.parse({ ...credentials, ...given }))).toEqual(pace);
  });

  it('refuse a key that they do not know, and an app id that Personio would not take', () => {
    expect(problemWith({ client: 'x' })).toContain('client');
    expect(problemWith({ api: 'v3' })).toContain('v2');
    expect(problemWith({ requests_per_second: 0 })).toContain('>0');
    expect(problemWith({ app_id: 'hr sync' })).toContain('HRSYNC');
  });
});
