import { describe, expect, it } from 'vitest';
import { addressOf, komboSettings } from '../../../../src/sources/kombo/settings.js';

const needed = { api_key: 'key', integration_id: 'workday:HWUTwvyx2wLoSUHphiWVrp28' };

describe("Kombo's settings", () => {
  it('need only a key and an integration', () => {
    expect(komboSettings.parse(needed)).toEqual({
      ...needed,
      region: 'eu',
      may_be_empty: ['termination_date'],
      status: { map: {} },
      changes_overlap_minutes: 120,
      requests_per_second: 4.5,
      concurrency: 1,
      timeout_seconds: 30,
    });
    expect(komboSettings.safeParse({ api_key: 'key' }).success).toBe(false);
  });

  it('find the address by the region, unless it is given', () => {
    expect(addressOf(komboSettings.parse(needed))).toBe('https://api.kombo.dev/v1');
    expect(addressOf(komboSettings.parse({ ...needed, region: 'us' }))).toBe('https://api.us.kombo.dev/v1');
    const base_url = 'http://127.0.0.1:8080/v1/';
    expect(addressOf(komboSettings.parse({ ...needed, base_url }))).toBe('http://127.0.0.1:8080/v1');
  });

  it('refuse what is no integration id, and another region', () => {
    const { error } = komboSettings.safeParse({ ...needed, integration_id: 'HWUTwvyx2wLo', region: 'asia' });
    expect(error?.issues.map(({ path }) => path[0])).toEqual(['integration_id', 'region']);
    expect(error?.issues[0]?.message).toContain('workday:');
  });
});
