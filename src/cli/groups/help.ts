/** What every exit code means; a code that is not here is a failure. */
const EXIT_CODES: Readonly<Record<number, string>> = {
  0: 'done, nothing left undone',
  1: 'unexpected error',
  2: 'usage or config',
  3: 'changes pending: a dry run with --detailed-exitcode, or verify that found drift',
  4: 'partial: some changes failed or wait for a retry; the rest is done',
  5: 'refused by safety; nothing of the refused kind was sent',
  6: "the HR system's answer was incomplete or implausible; nothing was deactivated",
  7: 'another run holds the lock',
  8: 'credentials or permissions were rejected',
  9: 'the saved plan is stale',
  10: 'time or request budget ended; the next run goes on from there',
  130: 'interrupted; safe to start again',
};

/** Every exit code that hrsync has. */
export const ALL_CODES = Object.keys(EXIT_CODES).map(Number);

/** What stands below the options of a command: an example, and its exit codes with their meaning there. */
export function use(
  example: string,
  codes: readonly number[],
  meanings: Readonly<Record<number, string>> = {},
): string {
  return `\nExample:\n  ${example}\n${exitCodes(codes, meanings)}`;
}

/** Exit codes as help shows them. */
export function exitCodes(codes: readonly number[], meanings: Readonly<Record<number, string>> = {}): string {
  const lines = codes.map((code) => `  ${String(code).padStart(3)}  ${meanings[code] ?? EXIT_CODES[code] ?? ''}`);
  return `\nExit codes:\n${lines.join('\n')}`;
}

/** Exit codes of a run that carries out no saved plan. */
export const WITHOUT_PLAN = ALL_CODES.filter((code) => code !== 9);
/** Exit codes of what only reads the state. */
export const OFFLINE = [0, 1, 2] as const;
/** Exit codes of what asks both systems and changes nothing. */
export const LOOKING = [0, 1, 2, 6, 8, 130] as const;
