/** Who holds a lock; `since` is an ISO instant, UTC, where it is known. */
export interface LockHolder {
  readonly since: string | null;
}

/**
 * A lock that the operating system drops when the process dies. Keep it until it is released: a lock that nothing refers to
 * any more may be garbage-collected, and goes with that.
 */
export interface Lock {
  release(): void;
}
