/** Who holds a lock; `since` is an ISO instant, UTC, where it is known. */
export interface LockHolder {
  readonly since: string | null;
}

/** A lock that the operating system drops when the process dies. */
export interface Lock {
  release(): void;
}
