import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { stripVTControlCharacters } from 'node:util';
import { BIN } from './built.js';

/** A program at a terminal, with its processes in one group, as a shell starts it. */
export interface AtTerminal {
  /** Everything that was shown so far, without colours and what else controls a terminal. */
  shown(): string;
  /** Keys, where the terminal is a real one. */
  type(keys: string): void;
  /** Ctrl-C: the terminal signals the whole group. */
  interrupt(): void;
  /** Whether it ended by itself; `code` is null where a signal ended it. */
  readonly ended: Promise<{ readonly code: number | null }>;
  kill(): void;
}

/** How a terminal is made: a real one by a program of this machine, or one that Node alone pretends. */
export type TerminalKind = 'real' | 'pretended';

interface Place {
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  readonly columns?: number;
}

// A signal that ends the program must not look like an exit code.
const SIGNALLED = 200;
const PYTHON = `
import fcntl, os, pty, struct, sys, termios
pid, master = pty.fork()
if pid == 0:
    fcntl.ioctl(1, termios.TIOCSWINSZ, struct.pack('HHHH', 40, int(sys.argv[1]), 0, 0))
    os.execvp(sys.argv[2], sys.argv[2:])
import select
inputs = [0, master]
while True:
    ready = select.select(inputs, [], [])[0]
    if master in ready:
        try:
            data = os.read(master, 65536)
        except OSError:
            break
        if not data:
            break
        os.write(1, data)
    if 0 in ready:
        typed = os.read(0, 1024)
        if typed:
            os.write(master, typed)
        else:
            inputs.remove(0)
status = os.waitpid(pid, 0)[1]
sys.exit(${SIGNALLED} + os.WTERMSIG(status) if os.WIFSIGNALED(status) else os.WEXITSTATUS(status))
`;

// Node's own streams of a terminal, as far as a spinner looks at them.
const PRETENCE = `for (const stream of [process.stdout, process.stderr]) {
  const done = () => true;
  Object.assign(stream, { isTTY: true, columns: 80, rows: 40, cursorTo: done, clearLine: done, moveCursor: done });
}`;

/** Starts the built command at a terminal; without a program that makes a real one, at a pretended one. */
export function startAtTerminal(kind: TerminalKind, args: readonly string[], place: Place): AtTerminal {
  return startProgram(kind, [process.execPath, BIN, ...args], place);
}

/** Whether this machine can make a real terminal. */
export function hasTerminals(): boolean {
  return spawnSync('python3', ['-c', 'import pty'], { stdio: 'ignore' }).status === 0;
}

function startProgram(kind: TerminalKind, [program = '', ...args]: readonly string[], place: Place): AtTerminal {
  const real = kind === 'real' && hasTerminals();
  const child = real
    ? spawned('python3', ['-c', PYTHON, String(place.columns ?? 80), program, ...args], place)
    : spawned(program, ['--import', `data:text/javascript,${encodeURIComponent(PRETENCE)}`, ...args], place);
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (more: string) => {
      text += more;
    });
  }
  return {
    shown: () => stripVTControlCharacters(text),
    type: (keys) => void child.stdin?.write(keys),
    interrupt() {
      if (real) child.stdin?.write('\u0003');
      else signalGroup(Number(child.pid));
    },
    kill: () => void child.kill('SIGKILL'),
    ended: new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code) => resolve({ code: code === null || code > SIGNALLED ? null : code }));
    }),
  };
}

function signalGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGINT');
  } catch {
    // It has ended meanwhile, as a shell's job may have.
  }
}

// In a group of its own: a signal to the group must not reach the tests.
function spawned(program: string, args: readonly string[], { folder, env }: Place): ChildProcess {
  return spawn(program, args, {
    ...{ cwd: folder, env: { PATH: process.env['PATH'] ?? '', TERM: 'xterm-256color', ...env } },
    ...{ stdio: ['pipe', 'pipe', 'pipe'], detached: true },
  });
}
