import { Cron } from 'croner';

/** What is wrong with a cron expression of five fields, or null. */
export function cronProblem(pattern: string): string | null {
  if (pattern.trim().split(/\s+/).length !== 5) return 'must have five fields, such as 0 2 * * *, or be never';
  try {
    const hasRun = new Cron(pattern, { timezone: 'UTC' }).nextRun(new Date(0)) !== null;
    return hasRun ? null : 'never comes round';
  } catch {
    return 'is not a cron expression; five fields such as 0 2 * * *';
  }
}

/** Whether the moment of a cron expression (of a zone) has come between two instants, the later one included. */
export function hasComeRound(pattern: string, timezone: string, since: Date, now: Date): boolean {
  const next = new Cron(pattern, { timezone, paused: true }).nextRun(since);
  return next !== null && next <= now;
}
