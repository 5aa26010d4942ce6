/** The exit codes of every command; a code that is not here is a failure. */
export const EXIT = {
  done: 0,
  unexpected: 1,
  usage: 2,
  changesPending: 3,
  partial: 4,
  refused: 5,
  incompleteRead: 6,
  locked: 7,
  credentials: 8,
  stale: 9,
  budget: 10,
  interrupted: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
