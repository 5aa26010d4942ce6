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
