/** How many rows of each kind were taken out of a state. */
export interface Erased {
  readonly accounts: number;
  readonly attempts: number;
  readonly invitations: number;
  readonly scheduled: number;
  readonly failures: number;
  readonly skips: number;
  readonly runs: number;
}

/** What a state need not keep any longer. */
export interface Retention {
  /** ISO instant, UTC: history older than this goes. */
  readonly before: string;
  /** Whether people whose account ended before then go as well, with everything about them. */
  readonly leavers: boolean;
}

/** What takes people and old history out of a store. */
export interface Erasure {
  /** Takes one person out, for good: link, attempts, invitations, calendar, failures, skips. */
  forget(employeeId: string): Promise<Erased>;
  /**
   * Takes old history out, for good: settled attempts, runs, cancelled invitations, skips. Attempts without a clear outcome, the
   * newest run, the last complete one and every other invitation stay. With `rehearse` it only counts.
   */
  prune(retention: Retention, options: { readonly rehearse: boolean }): Promise<Erased>;
}
