import type { Day } from '../core/day.js';

/** What a store knows about the people in the first import's read; part of its contract. */
export interface FirstRead {
  /**
   * Writes down, once and for all, whom the read of the first import showed without an account, and its day where there is
   * none yet. Does nothing when that was written down before.
   */
  keepFirstRead(day: Day, employeeIds: Iterable<string>): Promise<void>;
  /** Those of these people whom that read showed without an account; null: nobody wrote it down. */
  shownAtFirst(employeeIds: readonly string[]): Promise<ReadonlySet<string> | null>;
}
