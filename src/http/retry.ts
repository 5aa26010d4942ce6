import { AnswerError, NetworkError, StatusError, TimeoutError } from './errors.js';
import { parseRetryAfter } from './retry-after.js';

/** What the decision about another attempt depends on. */
export interface Attempt {
  /** How many attempts have been made, this one included. */
  readonly number: number;
  /** Most attempts in all. */
  readonly most: number;
  /** Whether sending the request twice does no harm. */
  readonly repeatable: boolean;
  readonly error: unknown;
  readonly now: Date;
  /** From 0 (inclusive) to 1. */
  readonly random: number;
}

const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 30_000;
/** A far end that asks for more than this is left alone: the next run comes soon enough. */
const LONGEST_REQUESTED = 5 * 60_000;
const UNREACHABLE = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);
const PASSING = new Set([500, 502, 503, 504]);

/** How long to wait before the request is sent once more, in milliseconds; null: not at all. */
export function retryPause(attempt: Attempt): number | null {
  if (attempt.number >= mostAttempts(attempt)) return null;
  const { error } = attempt;
  if (error instanceof StatusError) return pauseForStatus(error, attempt);
  if (error instanceof NetworkError) {
    return attempt.repeatable || !error.mayHaveHappened ? backoff(attempt) : null;
  }
  const passing = error instanceof TimeoutError || error instanceof AnswerError;
  return passing && attempt.repeatable ? backoff(attempt) : null;
}

// An operator with a wrong host should not wait long, and a page of HTML is a passing maintenance page at best.
function mostAttempts({ error, most }: Attempt): number {
  if (error instanceof NetworkError && UNREACHABLE.has(error.code)) return Math.min(most, 3);
  return error instanceof AnswerError ? Math.min(most, 2) : most;
}

function pauseForStatus(error: StatusError, attempt: Attempt): number | null {
  const limited = error.status === 429;
  if (!limited && !(attempt.repeatable && PASSING.has(error.status))) return null;
  const asked = requestedPause(error, attempt.now);
  if (asked === null) return backoff(attempt);
  // A little beyond what was asked, so that clocks that differ do not cost another refusal.
  return asked > LONGEST_REQUESTED ? null : asked + attempt.random * 250;
}

/** The wait that an answer asks for: `Retry-After`, else on a 429 the seconds until the rate window is new. */
export function requestedPause({ status, headers }: StatusError, now: Date): number | null {
  const asked = parseRetryAfter(headers['retry-after'], now);
  if (asked !== null || status !== 429) return asked;
  const reset = Number(headers['ratelimit-reset'] ?? headers['x-ratelimit-reset'] ?? Number.NaN);
  return Number.isFinite(reset) && reset >= 0 && reset <= 3_600 ? reset * 1_000 : null;
}

// Full jitter: several clients that failed together must not come back together.
function backoff({ number, random }: Attempt): number {
  return Math.round(random * Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** number)) + 50;
}
