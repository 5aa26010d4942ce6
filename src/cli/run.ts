import { EXIT } from '../exit.js';
import type { CommandBody, GlobalFlags, HostProcess } from './process.js';
import { createProgram } from './program.js';

/** Runs hrsync in a process and gives the exit code. The one place that catches everything. */
export async function run(host: HostProcess): Promise<number> {
  let exitCode: number = EXIT.done;
  const program = createProgram(host, async (flags, body) => {
    exitCode = await execute(host, flags, body);
  });
  // A reader that goes away (`| head`) must not stop a run half-way; nothing else can be done about a broken pipe.
  for (const stream of [host.stdout, host.stderr]) stream.on?.('error', () => undefined);
  try {
    await program.parseAsync([...host.argv]);
    return exitCode;
  } catch (error) {
    return usageExitCode(error);
  }
}

async function execute(host: HostProcess, flags: GlobalFlags, body: Promise<CommandBody>): Promise<number> {
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
