import { expect, it } from 'vitest';
import { parseRetryAfter } from '../../../src/http/retry-after.js';

const NOW = new Date('2026-11-24T02:00:00Z');

it.each([
  ['0', 0],
  ['7', 7_000],
  [' 7 ', 7_000],
  ['1.5', 1_500],
  ['Tue, 24 Nov 2026 02:00:30 GMT', 30_000],
  ['Tuesday, 24-Nov-26 02:00:30 GMT', 30_000],
  ['Tue, 24 Nov 2026 01:59:00 GMT', 0],
])('%j asks to wait %d ms', (value, milliseconds) => {
  expect(parseRetryAfter(value, NOW)).toBe(milliseconds);
});

it.each([undefined, '', 'soon', '-5', '1e9', '0x10', '5 seconds', '2026-11-24', 'Tue, 99 Nov 2026'])(
  '%j says nothing that can be read',
  (value) => {
    expect(parseRetryAfter(value, NOW)).toBeNull();
  },
);
