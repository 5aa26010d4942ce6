import { SLOWEST_TOLD } from './pace.js';
import { parseRetryAfter } from './retry-after.js';

/** A far end that asks for a longer pause, in milliseconds, is left alone: the next run comes soon enough. */
export const LONGEST_REQUESTED = 5 * 60_000;

// A reset is either so many seconds away or an instant in seconds since 1970; nobody waits for thirty years.
const EARLIEST_INSTANT = 1_000_000_000;

/**
 * The pause that an answer asks for, in milliseconds: `Retry-After` of an error; else, when a bucket of tokens does not
 * hold enough for one more request, the time until it does (`X-RateLimit-Replenish-Rate`, per second); else, when a 429 or a remaining count of
 * nought says that the rate window is spent, the time until it is new (`RateLimit-Reset`, with or without `X-`). Null
 * when it asks for none, or for one that cannot be a rate window.
 */
export function requestedPause(status: number, headers: Readonly<Record<string, string>>, now: Date): number | null {
  const asked = status >= 400 ? parseRetryAfter(headers['retry-after'], now) : null;
  if (asked !== null) return asked;
  const emptied = status === 429 ? null : untilRefilled(headers);
  if (emptied !== null) return emptied;
  const remaining = headers['ratelimit-remaining'] ?? headers['x-ratelimit-remaining'];
  if (status !== 429 && remaining?.trim() !== '0') return null;
  const reset = Number.parseFloat(headers['ratelimit-reset'] ?? headers['x-ratelimit-reset'] ?? '');
  const pause = reset > EARLIEST_INSTANT ? reset * 1_000 - now.getTime() : reset * 1_000;
  return pause >= 0 && pause <= LONGEST_REQUESTED ? pause : null;
}

// The headers of a token bucket: https://docs.spring.io/spring-cloud-gateway/reference/ Of a 429 they are not believed:
// the bucket that refused may be another one.
function untilRefilled(headers: Readonly<Record<string, string>>): number | null {
  const rate = replenishRate(headers);
  const remaining = Number.parseFloat(headers['x-ratelimit-remaining'] ?? '');
  const needed = Number.parseFloat(headers['x-ratelimit-requested-tokens'] ?? '1');
  if (rate === null || !(remaining < needed)) return null;
  // A bucket cannot hold less than nothing.
  const missing = needed - Math.max(0, remaining);
  return Math.min(LONGEST_REQUESTED, (missing / (rate * needed)) * 1_000);
}

/**
 * How many requests a second a bucket of tokens is refilled for, or null where the headers do not tell; never less than
 * the slowest rate that is obeyed.
 */
export function replenishRate(headers: Readonly<Record<string, string>>): number | null {
  const tokens = Number.parseFloat(headers['x-ratelimit-replenish-rate'] ?? '');
  const each = Number.parseFloat(headers['x-ratelimit-requested-tokens'] ?? '1');
  const rate = tokens / each;
  return Number.isFinite(rate) && rate > 0 ? Math.max(SLOWEST_TOLD, rate) : null;
}
