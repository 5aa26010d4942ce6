import { Cron } from 'croner';

/** A run that is due at an instant. */
export interface Due {
  readonly at: Date;
  readonly job: 'import-all' | 'sync';
}

/** When which command is to run. */
export interface Timetable {
  /** The first run that is due after an instant; null when there is none. */
  next(after: Date): Due | null;
}

/**
 * A timetable of cron expressions in a zone; null: never. An hour that the clocks leave out is made up for right after the
 * gap, and one that comes twice counts once. Where both are due, the night does all that the other would.
 */
export function createTimetable(
  { importAll, sync }: { readonly importAll: string | null; readonly sync: string | null },
  timezone: string,
): Timetable {
  const night = importAll === null ? null : new Cron(importAll, { timezone, paused: true });
  const between = sync === null ? null : new Cron(sync, { timezone, paused: true });
  return {
    next(after) {
      const at = night?.nextRun(after) ?? null;
      const other = between?.nextRun(after) ?? null;
      if (at === null && other === null) return null;
      if (at !== null && (other === null || at <= other)) return { at, job: 'import-all' };
      return other === null ? null : { at: other, job: 'sync' };
    },
  };
}
