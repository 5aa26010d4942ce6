import { expect, it } from 'vitest';
import type { Query } from '../../../src/http/client.js';
import { ForeignLinkError } from '../../../src/http/errors.js';
import { appendQuery, buildUrl } from '../../../src/http/url.js';

const url = (baseUrl: string, path: string, query: Query = {}) =>
  buildUrl({ system: 'Acme', baseUrl }, { method: 'GET', path, query });

it.each([
  ['https://api.acme.example', '/users', 'https://api.acme.example/users'],
  ['https://api.acme.example/', 'users', 'https://api.acme.example/users'],
  ['https://api.acme.example/api/v1', '/users', 'https://api.acme.example/api/v1/users'],
  ['https://api.acme.example/api/v1/', '/users', 'https://api.acme.example/api/v1/users'],
  ['https://api.acme.example/v1?tenant=7', '/users?page=2', 'https://api.acme.example/v1/users?tenant=7&page=2'],
  ['https://api.acme.example', '/users/a%2Fb', 'https://api.acme.example/users/a%2Fb'],
  ['https://api.acme.example/v1', 'https://api.acme.example/v1/users?c=x', 'https://api.acme.example/v1/users?c=x'],
])('below %s, %s is %s', (base, path, expected) => {
  expect(url(base, path)).toBe(expected);
});

it('a list repeats its key, undefined is left out, values are encoded', () => {
  const query = { id: ['1', '2'], none: [], gone: undefined, active: true, page: 2, 'filters[email]': 'a+b@c.example' };
  const { searchParams } = new URL(url('https://api.acme.example', '/users', query));
  expect([...searchParams]).toEqual([
    ['id', '1'],
    ['id', '2'],
    ['active', 'true'],
    ['page', '2'],
    ['filters[email]', 'a+b@c.example'],
  ]);
});

it('pairs of a form keep their order', () => {
  const pairs = [
    ['key[]', 'a'],
    ['value[]', '1'],
    ['key[]', 'b'],
  ] as const;
  expect(appendQuery(new URLSearchParams(), pairs).toString()).toBe('key%5B%5D=a&value%5B%5D=1&key%5B%5D=b');
});

it.each([
  'https://evil.example/users',
  'http://api.acme.example/users',
  'https://api.acme.example:444/users',
  'HTTPS://evil.example/users',
])('a link to %s is refused', (path) => {
  expect(() => url('https://api.acme.example', path)).toThrow(ForeignLinkError);
});

it('a path that only looks like another host stays below the base', () => {
  expect(url('https://api.acme.example/v1', '//evil.example/users')).toBe(
    'https://api.acme.example/v1/evil.example/users',
  );
});

it.each([
  ['/users', 'mail[eq]=a%2Bb%40c.example', 'https://api.acme.example/users?mail[eq]=a%2Bb%40c.example'],
  ['/users?page=2', 'status[ne]=x', 'https://api.acme.example/users?page=2&status[ne]=x'],
])('a query that is written already stays as it is: %s and %s', (path, writtenQuery, expected) => {
  const request = { method: 'GET', path, writtenQuery } as const;
  expect(buildUrl({ system: 'Acme', baseUrl: 'https://api.acme.example' }, request)).toBe(expected);
});
