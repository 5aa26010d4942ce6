import { describe, expect, it } from 'vitest';
import { personioSettings } from '../../../../src/sources/personio/settings.js';

const credentials = { client_id: 'id', client_secret: 'secret' };

function problemWith(settings: Readonly<Record<string, unknown>>): string | undefined {
  return personioSettings.safeParse({ ...credentials, ...settings }).error?.issues[0]?.message;
}

describe("Personio's settings", () => {
  it('need only the credentials', () => {
    expect(personioSettings.parse(credentials)).toEqual({
      ...credentials,
      api: 'v1',
      base_url: 'https://api.personio.de',
      app_id: 'HRSYNC',
      requests_per_second: 4.5,
      concurrency: 1,
      timeout_seconds: 30,
    });
    expect(personioSettings.safeParse({ client_id: 'id' }).success).toBe(false);
  });

  it('say of v2 that it is not there yet', () => {
    expect(problemWith({ api: 'v2' })).toContain('v2 API is not built yet');
  });

  it('refuse a key that they do not know, and an app id that Personio would not take', () => {
    expect(problemWith({ client: 'x' })).toContain('client');
    expect(problemWith({ app_id: 'hr sync' })).toContain('HRSYNC');
  });
});
