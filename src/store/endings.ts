import type { Day } from '../core/day.js';
import type { EmployeeReference } from '../core/employee.js';

/** An account whose ending is known and due, and that is open still. */
export interface OverdueEnding {
  readonly employee: EmployeeReference;
  /** The day from which the account should have ended, or on which a run first knew. */
  readonly since: Day;
  /** Why it must end, as part of a sentence. */
  readonly because: string;
  /** Why the last run left it open; null: it did not come to it. */
  readonly why: string | null;
}

/** What a store knows of accounts that must end; part of its contract. */
export interface DueEndings {
  /** The accounts that are open although their ending is due, the longest first. */
  endings(): Promise<readonly OverdueEnding[]>;
  /** Forgets those of these people (of everybody, for null) who are not given now; who stays keeps the day since when. */
  putEndings(forget: readonly string[] | null, due: readonly OverdueEnding[]): Promise<void>;
}
