import { AnswerError, NetworkError, type RequestError, StatusError, TimeoutError } from './errors.js';
import { LONGEST_REQUESTED, requestedPause } from './requested-pause.js';

/** What the decision about another attempt depends on. */
export interface Attempt {
  /** How many attempts have been made, this one included. */
  readonly number: number;
  /** Most attempts in all. */
  readonly most: number;
  /** Whether sending the request twice does no harm. */
  readonly repeatable: boolean;
  readonly error: RequestError;
  /** What the API itself says of a status that is no success: whether trying again may help. */
  readonly mayPass?: ((error: StatusError) => boolean) | undefined;
  readonly now: Date;
  /** From 0 (inclusive) to 1. */
  readonly random: number;
}

const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 30_000;
const PASSING = new Set([500, 502, 503, 504]);

/** How long to wait before the request is sent once more, in milliseconds; null: not at all. */
export function retryPause(attempt: Attempt): number | null {
  const { error, repeatable } = attempt;
  if (attempt.number >= mostAttempts(attempt)) return null;
  if (error instanceof StatusError) return pauseForStatus(error, attempt);
  if (error instanceof NetworkError) return repeatable || !error.mayHaveHappened ? backoff(attempt) : null;
  const mayPass = error instanceof TimeoutError || error instanceof AnswerError;
  return mayPass && repeatable ? backoff(attempt) : null;
}

// An operator with a wrong host should not wait long, and a page of HTML is a passing maintenance page at best.
function mostAttempts({ error, most }: Attempt): number {
  if (error instanceof NetworkError && !error.mayHaveHappened) return Math.min(most, 3);
  return error instanceof AnswerError ? Math.min(most, 2) : most;
}

function pauseForStatus(error: StatusError, attempt: Attempt): number | null {
  const passing = attempt.mayPass?.(error) ?? (error.status === 429 || PASSING.has(error.status));
  // A 429 was not carried out, whatever the method.
  if (!passing || !(attempt.repeatable || error.status === 429)) return null;
  const asked = requestedPause(error.status, error.headers, attempt.now);
  if (asked === null) return error.status === 429 ? growing(attempt) : backoff(attempt);
  // A little beyond what was asked, so that clocks that differ do not cost another refusal.
  return asked > LONGEST_REQUESTED ? null : asked + attempt.random * 250;
}

// Full jitter: several clients that failed together must not come back together.
function backoff({ number, random }: Attempt): number {
  return random * Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (number - 1));
}

// A 429 without Retry-After backs off 1, 2, 4 … s, and never repeats at once.
function growing({ number, random }: Attempt): number {
  return Math.min(LONGEST_PAUSE, 1_000 * 2 ** (number - 1)) * (0.75 + random / 2);
}
