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

/** What every exit code means. */
export const EXIT_MEANINGS: Readonly<Record<ExitCode, string>> = {
  0: 'done, nothing left undone',
  1: 'unexpected error',
  2: 'usage or config',
  3: 'changes pending: a dry run with --detailed-exitcode, or verify that found drift',
  4: 'partial: some changes failed, wait for a retry, or people could not be read; the rest is done',
  5: 'refused by safety; nothing of the refused kind was sent',
  6: "the HR system's answer was incomplete or implausible; nothing was deactivated",
  7: 'another run holds the lock',
  8: 'credentials or permissions were rejected',
  9: 'the saved plan is stale',
  10: 'time or request budget ended; the next run goes on from there',
  130: 'interrupted; safe to start again',
};

/** Whether hrsync has this exit code. */
export function isExitCode(code: number): code is ExitCode {
  return Object.hasOwn(EXIT_MEANINGS, code);
}

/** Whether a run that exits so came to its end: what it could do is done, though single people may have failed or wait. */
export function cameToItsEnd(code: number | null): boolean {
  return code === EXIT.done || code === EXIT.partial || code === EXIT.budget;
}

/** Endings of a run after which nothing that it read has to be read again: what is undone is remembered in the state. */
const DEALT_WITH: readonly number[] = [EXIT.done, EXIT.partial, EXIT.refused, EXIT.budget];

/** Whether what a run was for needs no further run. */
export function isDealtWith(code: number): boolean {
  return DEALT_WITH.includes(code);
}
