/** A lock that the operating system drops when the process dies. */
export interface Lock {
  release(): void;
}
