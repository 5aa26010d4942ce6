/** Who holds a lock; `since` is an ISO instant, UTC, where it is known. */
export interface LockHolder {
  readonly since: string | null;
}

/**
 * The right to write for a connector. On a state file the operating system drops it when the process dies; in a database it
 * is a lease, which must be renewed and can be lost. Keep it until it is released: a lock that nothing refers to any more
 * may be garbage-collected, and goes with that.
 */
export interface Lock {
  /** Whether a change may leave for the LMS now. False for good once the lock is released or lost. */
  mayWrite(): boolean;
  /** Aborted when the lock is lost; its reason is the error that ends the run. */
  readonly lost: AbortSignal;
  release(): Promise<void>;
}
