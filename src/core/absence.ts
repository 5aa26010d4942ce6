import type { Snapshot } from './account.js';
import { count } from './count.js';
import { addDays, type Day, daysBetween } from './day.js';
import type { EmployeeReference } from './employee.js';
import type { DeactivationPolicy } from './policy.js';

/** What a complete read without somebody makes of them. */
export interface Absence {
  readonly missingSince: Day;
  readonly missingRuns: number;
  /** Whether they count as gone now. */
  readonly gone: boolean;
  readonly because: string;
}

/** A linked person who did not come in the latest complete reads. */
export interface Missing {
  readonly employee: EmployeeReference;
  readonly since: Day;
  /** In how many complete reads they have been missing. */
  readonly reads: number;
  /** The first day on which they may count as gone, if a complete read a night still misses them; null: never. */
  readonly goneOn: Day | null;
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
    because: `missing from ${count(runs, 'complete read')} since ${since}`,
  };
}

/** Judges an absence by the reads that counted it before: the same bytes read again prove nothing new. */
export function knownAbsence(
  { missingSince: since, missingRuns: runs }: Pick<Snapshot, 'missingSince' | 'missingRuns'>,
  today: Day,
  missing: DeactivationPolicy['missing'],
): Pick<Absence, 'gone' | 'because'> {
  const isLong = missing !== null && since !== null && daysBetween(since, today) >= missing.afterDays;
  const because = `missing from ${count(runs, 'complete read')} since ${since ?? today}`;
  return { gone: isLong && runs >= missing.afterRuns, because };
}

/** The countdown of somebody who is missing: enough days and, at one complete read a night, enough reads. */
export function missingPerson(
  snapshot: Pick<Snapshot, 'employeeId' | 'email' | 'name' | 'missingSince' | 'missingRuns'>,
  today: Day,
  missing: DeactivationPolicy['missing'],
): Missing {
  const { employeeId: id, email, name, missingRuns: reads } = snapshot;
  const since = snapshot.missingSince ?? today;
  if (missing === null) return { employee: { id, email, name }, since, reads, goneOn: null };
  const byDays = addDays(since, missing.afterDays);
  const byReads = addDays(today, Math.max(0, missing.afterRuns - reads));
  return { employee: { id, email, name }, since, reads, goneOn: byDays > byReads ? byDays : byReads };
}
