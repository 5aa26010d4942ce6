import { EXIT_MEANINGS, isExitCode } from '../../exit.js';

/** Every exit code that hrsync has. */
export const ALL_CODES = Object.keys(EXIT_MEANINGS).map(Number);

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
  const lines = codes.map(
    (code) => `  ${String(code).padStart(3)}  ${meanings[code] ?? (isExitCode(code) ? EXIT_MEANINGS[code] : '')}`,
  );
  return `\nExit codes:\n${lines.join('\n')}`;
}

/** Exit codes of a run that carries out no saved plan. */
export const WITHOUT_PLAN = ALL_CODES.filter((code) => code !== 9);
/** Exit codes of what only reads the state. */
export const OFFLINE = [0, 1, 2] as const;
/** Exit codes of what asks both systems and changes nothing. */
export const LOOKING = [0, 1, 2, 6, 8, 130] as const;
