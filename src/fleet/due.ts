import type { Owed } from '../core/owed.js';
import { createTimetable } from '../serve/index.js';

/** When a connector's runs are due, and by how much they are moved back. */
export interface Calendar {
  readonly timezone: string;
  readonly schedule: { readonly importAll: string | null; readonly sync: string | null };
  /** In ms. */
  readonly offset: number;
}

/** What has become due, and when something is due next; null: never. */
export interface Due {
  readonly owed: Owed;
  readonly next: Date | null;
}

/**
 * What has become due from an instant up to now, that instant included. Of several runs that came due meanwhile one is
 * enough, and the night does all that the others would.
 */
export function dueBetween({ timezone, schedule, offset }: Calendar, from: Date, now: Date): Due {
  const { importAll, sync } = schedule;
  const first = (only: Calendar['schedule'], after: number) => {
    const at = createTimetable(only, timezone)
      .next(new Date(after - offset))
      ?.at.getTime();
    return at === undefined ? null : new Date(at + offset);
  };
  const dueSince = (only: Calendar['schedule']) => {
    const at = first(only, from.getTime() - 1);
    return at !== null && at <= now ? at.toISOString() : null;
  };
  const night = dueSince({ importAll, sync: null });
  const between = night === null ? dueSince({ importAll: null, sync }) : null;
  return {
    owed: { ...(night !== null && { night }), ...(between !== null && { sync: between }) },
    next: first(schedule, Math.max(now.getTime(), from.getTime() - 1)),
  };
}

/** When something is due first, for a connector that is new or has another timetable. */
export function firstDue(calendar: Calendar, now: Date): Date | null {
  return dueBetween(calendar, new Date(now.getTime() + 1), now).next;
}
