import { expect, it } from 'vitest';
import { replenishRate, requestedPause } from '../../../src/http/requested-pause.js';

const NOW = new Date('2026-11-24T02:00:00Z');
const inThirtySeconds = String(NOW.getTime() / 1_000 + 30);

const bucket = (changes: Readonly<Record<string, string>>) =>
  Object.fromEntries(
    Object.entries({ 'replenish-rate': '10', ...changes }).map(([name, value]) => [`x-ratelimit-${name}`, value]),
  );

it.each([
  ['Retry-After of a 429', 429, { 'retry-after': '4' }, 4_000],
  ['Retry-After of a 503', 503, { 'retry-after': '4' }, 4_000],
  ['Retry-After before a reset', 429, { 'retry-after': '4', 'ratelimit-reset': '50' }, 4_000],
  ['a reset in seconds', 429, { 'ratelimit-reset': '57' }, 57_000],
  ['a reset with the older name', 429, { 'x-ratelimit-reset': '57' }, 57_000],
  ['a reset as an instant', 429, { 'x-ratelimit-reset': inThirtySeconds }, 30_000],
  ['a spent window after a success', 200, { 'ratelimit-remaining': '0', 'ratelimit-reset': '3' }, 3_000],
  ['a bucket without tokens', 200, bucket({ remaining: '0' }), 100],
  ['a bucket with too few tokens', 200, bucket({ remaining: '1', 'requested-tokens': '3' }), 200],
  [
    'a bucket that hardly refills, as the slowest that is obeyed',
    200,
    bucket({ remaining: '0', 'replenish-rate': '0.001' }),
    2_000,
  ],
  ['a bucket that says it holds less than nothing', 200, bucket({ remaining: '-1e9' }), 100],
  ['a spent window, older names', 200, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '3' }, 3_000],
])('%s is obeyed', (_, status, headers, pause) => {
  expect(requestedPause(status, headers, NOW)).toBe(pause);
});

it.each([
  ['no header', 429, {}],
  ['a window that is not spent', 200, { 'ratelimit-remaining': '1', 'ratelimit-reset': '3' }],
  ['a spent window that does not say until when', 200, { 'x-ratelimit-remaining': '0' }],
  ['a reset that is no number', 429, { 'ratelimit-reset': 'later' }],
  ['a reset that lies behind us', 429, { 'x-ratelimit-reset': String(NOW.getTime() / 1_000 - 5) }],
  ['a reset too far off for a rate window', 429, { 'ratelimit-reset': '86400' }],
  ['a bucket with tokens', 200, bucket({ remaining: '1' })],
  ['a bucket that does not say how many', 200, { 'x-ratelimit-replenish-rate': '10' }],
  ['a bucket behind a 429, which may be another one', 429, bucket({ remaining: '0' })],
  ['a bucket that is never refilled', 200, bucket({ remaining: '0', 'replenish-rate': '0' })],
  ['Retry-After of an accepted job', 202, { 'retry-after': '60' }],
])('%s asks for no pause', (_, status, headers) => {
  expect(requestedPause(status, headers, NOW)).toBeNull();
});

it.each([
  [bucket({}), 10],
  [bucket({ 'requested-tokens': '4' }), 2.5],
  [bucket({ 'replenish-rate': '0.0001' }), 0.5],
  [bucket({ 'requested-tokens': '1e12' }), 0.5],
  [bucket({ 'replenish-rate': 'many' }), null],
  [bucket({ 'replenish-rate': '-1' }), null],
  [bucket({ 'requested-tokens': '0' }), null],
  [{}, null],
])('the rate of the bucket %j is %j', (headers, rate) => {
  expect(replenishRate(headers)).toBe(rate);
});
