const HOUR = 3_600_000;

// Nightly runs try thrice on three nights; after that the gaps grow to a week.
const PAUSES = [1, 6, 20, 44, 92, 164];

/**
 * Whether somebody still rests at an instant. One whose latest failure lies ahead failed by a clock that was wrong, and
 * rests no longer.
 */
export function rests({ lastAt, retryAt }: { readonly lastAt: string; readonly retryAt: string }, at: string): boolean {
  return lastAt <= at && at < retryAt;
}

/** How long a person rests after their n-th failure in a row, in milliseconds. */
export function pauseAfter(attempts: number): number {
  return (PAUSES[Math.min(attempts, PAUSES.length) - 1] ?? 1) * HOUR;
}
