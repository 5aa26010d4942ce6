import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { UsageError } from '../errors.js';
import { EXIT } from '../exit.js';
import type { CommandBody, GlobalFlags, HostProcess } from './process.js';
import { createProgram } from './program.js';

/** Runs hrsync in a process and gives the exit code. The one place that catches everything. */
export async function run(host: HostProcess): Promise<number> {
  let exitCode: number = EXIT.done;
  const program = createProgram(host, async (flags, body) => {
    exitCode = await execute(host, flags, body);
  });
  // A reader that goes away (`| head`) must not stop a run half-way, and neither must a disk that takes no more of the log.
  const lost: string[] = [];
  host.stderr.on?.('error', () => undefined);
  host.stdout.on?.('error', (error) => {
    if (!isClosed(error)) lost.push(error instanceof Error ? error.message : String(error));
  });
  try {
    await program.parseAsync([...host.argv]);
    // What a stream could not write it tells a moment later.
    await new Promise((resolve) => setImmediate(resolve));
    if (lost[0] === undefined) return exitCode;
    host.stderr.write(
      `hrsync: what it had to print could not be written: ${lost[0]}; "hrsync runs" shows what was done\n`,
    );
    return exitCode === EXIT.done ? EXIT.unexpected : exitCode;
  } catch (error) {
    const code = usageExitCode(error);
    if (code === EXIT.done) return code;
    const opts: GlobalFlags = program.opts();
    // A flag that is wrong may have stopped the parser before it came to this one.
    const flags = { ...opts, json: opts.json === true || host.argv.includes('--json') };
    return execute(
      host,
      flags,
      Promise.resolve(() => Promise.reject(usageError(error, helpFor(program, host.argv)))),
    );
  }
}

/** What commander says of a command line, as one sentence. */
function usageError(error: unknown, help: string): UsageError {
  const message = error instanceof Error ? error.message : String(error);
  const sentence =
    message === '(outputHelp)'
      ? 'a command is missing'
      : message.replace(/^error: /, '').replace(/\n\(Did you mean (.*)\?\)$/s, '; did you mean $1?');
  return new UsageError(sentence, { next: `See what there is: ${help}` });
}

/** The help of the command that was meant, as far as its name was right. */
function helpFor(program: CommandUnknownOpts, argv: readonly string[]): string {
  let command = program;
  const path = ['hrsync'];
  for (const word of argv.slice(2)) {
    const inner = command.commands.find((one) => one.name() === word);
    if (inner === undefined) continue;
    command = inner;
    path.push(word);
  }
  return `${path.join(' ')} --help`;
}

function isClosed(error: unknown): boolean {
  return (
    error instanceof Error && 'code' in error && ['EPIPE', 'EBADF', 'ERR_STREAM_DESTROYED'].includes(`${error.code}`)
  );
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
