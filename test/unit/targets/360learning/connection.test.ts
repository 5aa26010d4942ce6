import { expect, it } from 'vitest';
import { nextLink, queryOf } from '../../../../src/targets/360learning/connection.js';

it.each([
  [undefined, null],
  ['', null],
  ['<https://a.example/x?next=1>; rel="next"', 'https://a.example/x?next=1'],
  ['</api/v2/users?next=a,b>; rel=next', '/api/v2/users?next=a,b'],
  ['<https://a.example/1>; rel="prev", <https://a.example/3>; rel="next"', 'https://a.example/3'],
  ['<https://a.example/1>; rel="prev"', null],
])('the next page after %s is %s', (header, url) => {
  expect(nextLink(header)).toBe(url);
});

it('filters are written with their brackets as they are, or encoded; values are always encoded', () => {
  const filters = { 'mail[eq]': 'a+b&c@acme.example' };
  expect(queryOf(filters, 'plain')).toBe('mail[eq]=a%2Bb%26c%40acme.example');
  expect(queryOf(filters, 'encoded')).toBe('mail%5Beq%5D=a%2Bb%26c%40acme.example');
  expect(queryOf({}, 'plain')).toBe('');
});
