import { EXIT } from '../exit.js';
import type { CommandBody, GlobalFlags, HostProcess } from './process.js';
import { createProgram } from './program.js';

/** Runs hrsync in a process and gives the exit code. The one place that catches everything. */
export async function run(host: HostProcess): Promise<number> {
  let exitCode: number = EXIT.done;
  const program = createProgram(async (flags, body) => {
    exitCode = await execute(host, flags, await body);
  });
  program.exitOverride().configureOutput({
    writeOut: (text) => void host.stdout.write(text),
    writeErr: (text) => void host.stderr.write(text),
  });
  try {
    await program.parseAsync([...host.argv]);
    return exitCode;
  } catch (error) {
    return usageExitCode(error);
  }
}

async function execute(host: HostProcess, flags: GlobalFlags, body: CommandBody): Promise<number> {
  const { runCommand } = await import('./execute.js');
  return runCommand(host, flags, body);
}

// Commander has printed its message already; help and version are no failure.
function usageExitCode(error: unknown): number {
  if (
    error instanceof Error &&
    'code' in error &&
    typeof error.code === 'string' &&
    error.code.startsWith('commander.')
  ) {
    return 'exitCode' in error && error.exitCode === 0 ? EXIT.done : EXIT.usage;
  }
  throw error;
}
