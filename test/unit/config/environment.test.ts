import { expect, it } from 'vitest';
import { readEnvironment } from '../../../src/config/environment.js';

const LMS = 'https://api.lms.acme.example/v1';

it('the proxy of the scheme is used, in either case, before the one for all', () => {
  const environment = {
    https_proxy: 'http://a.example:1',
    HTTP_PROXY: 'http://b.example:2',
    ALL_PROXY: 'http://c.example:3',
  };
  expect(readEnvironment(environment).proxyFor(LMS)).toBe('http://a.example:1');
  expect(readEnvironment(environment).proxyFor('http://acme.example')).toBe('http://b.example:2');
  expect(readEnvironment({ ALL_PROXY: 'c.example:3' }).proxyFor(LMS)).toBe('http://c.example:3');
});

it('without variables there is no proxy', () => {
  expect(readEnvironment({}).proxyFor(LMS)).toBe('');
});

it.each([
  ['*', ''],
  ['acme.example', ''],
  ['.acme.example', ''],
  ['*.lms.acme.example', ''],
  ['other.example, API.LMS.ACME.EXAMPLE', ''],
  ['acme.example:443', ''],
  ['acme.example:8443', 'http://a.example'],
  ['me.example', 'http://a.example'],
])('no_proxy %s is obeyed', (no_proxy, expected) => {
  expect(readEnvironment({ https_proxy: 'http://a.example', no_proxy }).proxyFor(LMS)).toBe(expected);
});

it.each(['http://localhost:1', 'http://127.0.0.1:1', 'http://[::1]:1'])(
  '%s is never reached through a proxy',
  (url) => {
    expect(readEnvironment({ http_proxy: 'http://a.example' }).proxyFor(url)).toBe('');
  },
);
