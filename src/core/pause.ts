const HOUR = 3_600_000;

// Nightly runs try thrice on three nights; after that the gaps grow to a week.
const PAUSES = [1, 6, 20, 44, 92, 164];

/** How long a person rests after their n-th failure in a row, in milliseconds. */
export function pauseAfter(attempts: number): number {
  return (PAUSES[Math.min(attempts, PAUSES.length) - 1] ?? 1) * HOUR;
}
