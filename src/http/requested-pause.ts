import { parseRetryAfter } from './retry-after.js';

/** A far end that asks for a longer pause, in milliseconds, is left alone: the next run comes soon enough. */
export const LONGEST_REQUESTED = 5 * 60_000;

// A reset is either so many seconds away or an instant in seconds since 1970; nobody waits for thirty years.
const EARLIEST_INSTANT = 1_000_000_000;

/**
 * The pause that an answer asks for, in milliseconds: `Retry-After` of an error, else, when a 429 or a remaining count of
 * nought says that the rate window is spent, the time until it is new (`RateLimit-Reset`, with or without `X-`). Null
 * when it asks for none, or for one that cannot be a rate window.
 */
export function requestedPause(status: number, headers: Readonly<Record<string, string>>, now: Date): number | null {
  const asked = status >= 400 ? parseRetryAfter(headers['retry-after'], now) : null;
  if (asked !== null) return asked;
  const remaining = headers['ratelimit-remaining'] ?? headers['x-ratelimit-remaining'];
  if (status !== 429 && remaining?.trim() !== '0') return null;
  const reset = Number.parseFloat(headers['ratelimit-reset'] ?? headers['x-ratelimit-reset'] ?? '');
  const pause = reset > EARLIEST_INSTANT ? reset * 1_000 - now.getTime() : reset * 1_000;
  return pause >= 0 && pause <= LONGEST_REQUESTED ? pause : null;
}
