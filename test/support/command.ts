import { type ChildProcess, spawn } from 'node:child_process';
import { BIN, DOOR } from './built.js';

/** What a command left when it ended. */
export interface Ended {
  /** Null when a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A command that runs. */
export interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
}

/** Starts the built command in a folder. Of the environment it gets what is given here and the path to programs. */
export function startCommand(
  args: readonly string[],
  { folder, env }: { readonly folder: string; readonly env: Readonly<Record<string, string | undefined>> },
): Running {
  const child = spawn(process.execPath, [BIN, ...args], {
    cwd: folder,
    env: { PATH: process.env['PATH'] ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const out = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out.stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    out.stderr += text;
  });
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, ...out }));
  });
  return { child, ended };
}

/**
 * Runs the built command in this process, through the very door that `bin/hrsync.js` opens: what a new process would cost
 * is saved. Signals and kills take one of their own.
 */
export async function callCommand(
  args: readonly string[],
  { folder, env }: { readonly folder: string; readonly env: Readonly<Record<string, string | undefined>> },
): Promise<Ended> {
  const { run } = (await import(DOOR)) as typeof import('../../src/cli/run.js');
  const written = { stdout: '', stderr: '' };
  const stream = (name: keyof typeof written) => ({
    write(text: string) {
      written[name] += text;
      return true;
    },
  });
  const code = await run({
    argv: ['node', 'hrsync', ...args],
    env: { PATH: process.env['PATH'], ...env },
    stdout: stream('stdout'),
    stderr: stream('stderr'),
    cwd: () => folder,
    on: () => undefined,
    off: () => undefined,
  });
  return { code, ...written };
}
