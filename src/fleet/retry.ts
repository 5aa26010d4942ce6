import type { OwedKind } from '../core/owed.js';
import { EXIT, isDealtWith } from '../exit.js';

/** `retry` of `fleet.yaml`; times in ms. */
export interface RetryPolicy {
  readonly first: number;
  readonly most: number;
  readonly attempts: number;
}

/** Whether a run that ended so has fulfilled what was owed. A run by hand was asked for once, whatever comes of it. */
export function isFulfilled(
  kind: OwedKind,
  { exitCode, broke }: { readonly exitCode: number; readonly broke: boolean },
): boolean {
  return (isDealtWith(exitCode) && !broke) || (kind === 'manual' && exitCode !== EXIT.locked);
}

/**
 * How long to wait after so many failed attempts in a row, in ms; null: what is owed is given up until it is due again.
 * Events are never given up: nobody sends them a second time.
 */
export function pauseAfter(
  attempts: number,
  kind: OwedKind,
  { first, most, attempts: limit }: RetryPolicy,
): number | null {
  if (attempts >= limit && kind !== 'events') return null;
  return Math.min(first * 2 ** Math.min(attempts - 1, 30), most);
}
