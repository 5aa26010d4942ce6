import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** What a measured child process says of itself. */
export interface Measured {
  /** Of the work, without the start of the process. */
  readonly seconds: number;
  /** Largest resident set of the whole process. */
  readonly megabytes: number;
}

/** The middle value; of an even number of values the upper one of the two in the middle. */
export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}

/** Runs one of the benchmark's own programs and gives what it prints. */
export async function runProgram(program: string, args: readonly string[]): Promise<string> {
  const file = fileURLToPath(new URL(`./${program}.js`, import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [file, ...args]);
  return stdout;
}

/** Runs a program that ends with {@link reportMeasured}. */
export async function measureProgram(program: string, args: readonly string[]): Promise<Measured> {
  return JSON.parse(await runProgram(program, args)) as Measured;
}

/** Times some work and prints what it took, for the process that started this one. */
export async function reportMeasured(work: () => Promise<void> | void): Promise<void> {
  const started = performance.now();
  await work();
  const seconds = (performance.now() - started) / 1_000;
  const measured: Measured = { seconds, megabytes: process.resourceUsage().maxRSS / 1_024 };
  process.stdout.write(JSON.stringify(measured));
}
