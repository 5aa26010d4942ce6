import type { Snapshot } from './account.js';
import { type Day, daysBetween } from './day.js';
import type { DeactivationPolicy } from './policy.js';

/** What a complete read without somebody makes of them. */
export interface Absence {
  readonly missingSince: Day;
  readonly missingRuns: number;
  /** Whether they count as gone now. */
  readonly gone: boolean;
  readonly because: string;
}

/** Counts one more complete read without somebody. Missing people count as gone only after enough reads and days. */
export function countAbsence(
  snapshot: Pick<Snapshot, 'missingSince' | 'missingRuns'>,
  today: Day,
  missing: DeactivationPolicy['missing'],
): Absence {
  // A clock that was set back must not make the absence longer than it is, nor negative.
  const since = snapshot.missingSince !== null && snapshot.missingSince <= today ? snapshot.missingSince : today;
  const runs = snapshot.missingRuns + 1;
  const gone = missing !== null && runs >= missing.afterRuns && daysBetween(since, today) >= missing.afterDays;
  return {
    missingSince: since,
    missingRuns: runs,
    gone,
    because: `missing from ${runs} complete reads since ${since}`,
  };
}
