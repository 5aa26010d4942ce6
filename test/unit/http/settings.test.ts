import { expect, it } from 'vitest';
import * as z from 'zod';
import { addressIdentity, baseUrlSchema, commonSettings } from '../../../src/http/settings.js';

const common = z.object(commonSettings({ requestsPerSecond: 2, concurrency: 3 }));

it('an adapter needs none of the settings that all adapters have', () => {
  expect(common.parse({})).toEqual({ requests_per_second: 2, concurrency: 3, timeout_seconds: 30 });
});

it.each(['', 'http://proxy.acme.example:3128', 'https://me:secret@proxy.acme.example'])(
  'a proxy may be %j',
  (proxy) => {
    expect(common.safeParse({ proxy }).success).toBe(true);
  },
);

it.each(['proxy.acme.example:3128', 'socks5://proxy.acme.example', 'http://', 'none'])('a proxy is not %j', (proxy) => {
  expect(common.safeParse({ proxy }).error?.issues[0]?.message).toContain('http://proxy.example.com:3128');
});

it.each([
  ['https://api.acme.example', 'https://api.acme.example'],
  ['https://api.acme.example/v1//', 'https://api.acme.example/v1'],
  ['http://127.0.0.1:8080/', 'http://127.0.0.1:8080'],
  ['http://localhost:8080', 'http://localhost:8080'],
  ['http://[::1]:8080', 'http://[::1]:8080'],
])('the base URL %s is kept as %s', (given, kept) => {
  expect(baseUrlSchema.parse(given)).toBe(kept);
});

it.each(['http://api.acme.example', 'http://127.0.0.1.evil.example', 'ftp://api.acme.example', 'api.acme.example', ''])(
  'the base URL %j is refused',
  (given) => {
    expect(baseUrlSchema.safeParse(given).success).toBe(false);
  },
);

it('a system on loopback keeps its identity when its port changes', () => {
  expect(addressIdentity('learnamp', 'http://127.0.0.1:1234')).toBe(addressIdentity('learnamp', 'http://localhost:99'));
  expect(addressIdentity('learnamp', 'https://api.acme.example')).toBe('learnamp api.acme.example');
});
