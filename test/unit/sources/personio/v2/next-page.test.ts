import { expect, it } from 'vitest';
import { nextPageIn } from '../../../../../src/sources/personio/v2/next-page.js';

const list = { baseUrl: 'https://api.personio.de', path: '/v2/persons', limit: 50 };
const body = (next: unknown) => ({ _data: [], _meta: { links: { self: { href: 'x' }, next } } });
const pathOf = (next: unknown, of = list) => {
  const page = nextPageIn(body(next), of);
  return page.kind === 'page' ? page.path : page.kind;
};

it.each([
  ['https://api.personio.de/v2/persons?cursor=cur_1', 'https://api.personio.de/v2/persons?cursor=cur_1&limit=50'],
  ['/v2/persons?cursor=cur_1&limit=5', 'https://api.personio.de/v2/persons?cursor=cur_1&limit=5'],
  ['?cursor=cur_1', 'https://api.personio.de/v2/persons?cursor=cur_1&limit=50'],
  ['/v2/employments?cursor=a%2Bb&limit=5', 'https://api.personio.de/v2/persons?cursor=a%2Bb&limit=50'],
  ['/v2/employments', 'unclear'],
  ['/v2/employments?cursor=', 'unclear'],
  ['https://', 'unclear'],
  ['', 'unclear'],
])('the link %j leads to %s, by the size of page that was asked for', (href, path) => {
  expect(pathOf({ href })).toBe(path);
});

it.each([
  'https://evil.example/v2/persons?cursor=1',
  '//evil.example/v2/persons?cursor=1',
  'http://api.personio.de/v2',
])('a link to another origin is left as it is, for the client to refuse: %s', (href) => {
  expect(new URL(pathOf({ href })).origin).not.toBe('https://api.personio.de');
});

it('an address with a path before the API’s own is kept', () => {
  const behindGateway = { ...list, baseUrl: 'https://gateway.example/personio' };
  expect(pathOf({ href: '/v2/persons?cursor=1' }, behindGateway)).toBe(
    'https://gateway.example/personio/v2/persons?cursor=1&limit=50',
  );
});

it('a link may be a text', () => {
  expect(pathOf('/v2/persons?cursor=1')).toContain('cursor=1');
});

it.each([
  [body(undefined), true],
  [body(null), true],
  [{ _data: [], _meta: {} }, false],
  [{ _data: [] }, false],
])('%j is the end, and whether that was said is told', (page, isSaid) => {
  expect(nextPageIn(page, list)).toEqual({ kind: 'end', isSaid });
});

it.each([[7], [{}], [['/v2/persons?cursor=1']]])('a link %j is no end', (next) => {
  expect(nextPageIn(body(next), list)).toEqual({ kind: 'unclear' });
});
