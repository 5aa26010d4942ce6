import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  AnswerError,
  ForeignLinkError,
  NetworkError,
  type RequestError,
  StatusError,
  TimeoutError,
} from '../../../src/http/errors.js';
import { type Attempt, retryPause } from '../../../src/http/retry.js';

const facts = { system: 'Acme', method: 'POST', url: 'https://api.acme.example/users', attempts: 1 };
const status = (code: number, headers: Record<string, string> = {}) => new StatusError(facts, code, null, headers);
const reset = new NetworkError(facts, 'ECONNRESET', true);
const refused = new NetworkError(facts, 'ECONNREFUSED', false);
const slow = new TimeoutError(facts, 30);
const html = new AnswerError(facts, 200, 'an HTML page instead of JSON');

function pauseAfter(error: RequestError, change: Partial<Attempt> = {}): number | null {
  const now = new Date('2026-11-24T02:00:00Z');
  return retryPause({ number: 1, most: 5, repeatable: false, error, now, random: 0.5, ...change });
}

/** How many attempts are made when each ends with this error. */
function attemptsUntilGivenUp(error: RequestError, repeatable: boolean): number {
  let number = 1;
  while (pauseAfter(error, { number, repeatable }) !== null) number += 1;
  return number;
}

it.each([
  ['429', status(429), 5],
  ['500', status(500), 5],
  ['502', status(502), 5],
  ['503', status(503), 5],
  ['504', status(504), 5],
  ['a reset', reset, 5],
  ['a timeout', slow, 5],
  ['a refused connection', refused, 3],
  ['a page of HTML', html, 2],
  ['400', status(400), 1],
  ['401', status(401), 1],
  ['404', status(404), 1],
  ['409', status(409), 1],
  ['501', status(501), 1],
  ['a redirect', status(302), 1],
  ['a link to elsewhere', new ForeignLinkError(facts, 'https://other.example'), 1],
])('what may be repeated is tried after %s as often as makes sense', (_, error, attempts) => {
  expect(attemptsUntilGivenUp(error, true)).toBe(attempts);
});

it.each([
  ['429: it was not carried out', status(429), 5],
  ['a refused connection: it never left', refused, 3],
  ['500', status(500), 1],
  ['503', status(503, { 'retry-after': '1' }), 1],
  ['a reset', reset, 1],
  ['a timeout', slow, 1],
  ['a page of HTML', html, 1],
])('what may not be repeated is tried again only where nothing can have happened: %s', (_, error, attempts) => {
  expect(attemptsUntilGivenUp(error, false)).toBe(attempts);
});

it('an API that says itself what may pass is believed, in both directions', () => {
  const mayPass = (error: StatusError) => error.status === 409;
  expect(pauseAfter(status(409), { repeatable: true, mayPass })).not.toBeNull();
  expect(pauseAfter(status(409), { repeatable: false, mayPass })).toBeNull();
  expect(pauseAfter(status(502), { repeatable: true, mayPass })).toBeNull();
  expect(pauseAfter(reset, { repeatable: true, mayPass })).not.toBeNull();
});

it('pauses grow from half a second to half a minute, with full jitter', () => {
  const longest = [1, 2, 3, 4, 7, 8, 40].map((number) =>
    pauseAfter(status(500), { number, most: 50, repeatable: true, random: 1 }),
  );
  expect(longest).toEqual([500, 1_000, 2_000, 4_000, 30_000, 30_000, 30_000]);
  expect(pauseAfter(status(500), { repeatable: true, random: 0 })).toBe(0);
});

it('a 429 that does not say for how long is waited for longer and longer, and never for nothing', () => {
  const pauses = (random: number) => [1, 2, 3, 4].map((number) => pauseAfter(status(429), { number, random }));
  expect(pauses(0.5)).toEqual([1_000, 2_000, 4_000, 8_000]);
  expect(pauses(0)).toEqual([750, 1_500, 3_000, 6_000]);
});

it('Retry-After is obeyed, a little beyond and never before', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 300 }), fc.double({ min: 0, max: 1, noNaN: true }), (seconds, random) => {
      const pause = pauseAfter(status(429, { 'retry-after': String(seconds) }), { random }) ?? -1;
      expect(pause).toBeGreaterThanOrEqual(seconds * 1_000);
      expect(pause).toBeLessThanOrEqual(seconds * 1_000 + 250);
    }),
  );
});

it('a far end that asks for more than five minutes is left alone', () => {
  expect(pauseAfter(status(429, { 'retry-after': '301' }))).toBeNull();
  expect(pauseAfter(status(503, { 'retry-after': '301' }), { repeatable: true })).toBeNull();
});
