import { type Day, dayWritten } from './day.js';
import { type Employee, problemWith, textOf } from './employee.js';
import type { Standing } from './standing.js';

const DAY = 86_400_000;
/** The earliest zone is so many ms ahead of UTC: no day begins anywhere before. */
const MOST_AHEAD = 14 * 3_600_000;

/**
 * Longest interval between two runs, in days, over which a state counts as kept up to date: a schedule of once a week, and a
 * day to spare. Beyond it, the file may be a restored backup, or the clock may have jumped; what happened to the accounts in
 * between is not known.
 */
export const LONGEST_GAP = 8;

/** What decides whether an account that hrsync closed may be deleted. */
export interface Closed {
  /** ISO instant, UTC, at which the LMS acknowledged the ending, by the journal. */
  readonly endedAt: string;
  /** ISO instant, UTC: since then the state has recorded runs without a gap. */
  readonly watchedSince: string;
}

/** The instant from which the days of `deactivation.delete_after` count: the ending, or the end of the last gap after it. */
export function countsFrom({ endedAt, watchedSince }: Closed): string {
  return endedAt > watchedSince ? endedAt : watchedSince;
}

/** The last instant at which an ending must have happened to be `days` old now; a dry run may look at a day to come. */
export function latestEnding(now: Date, today: Day, days: number): string {
  const at = Math.max(now.getTime(), Date.parse(`${today}T00:00:00.000Z`) - MOST_AHEAD);
  return new Date(at - days * DAY).toISOString();
}

/**
 * Whether HR's record speaks against the deletion of a closed account: HR shows the person as anything else than gone, or
 * with an employment that went on after `since`, or with dates that cannot be read.
 */
export function speaksAgainstDeletion(employee: Employee, standing: Standing, since: Day): boolean {
  if (standing.kind !== 'ends') return true;
  return ['start_date', 'termination_date'].some((field) => {
    const text = textOf(employee, field);
    const day = text === null ? null : dayWritten(text);
    return problemWith(employee, field) !== null || day === undefined || (day !== null && day > since);
  });
}
