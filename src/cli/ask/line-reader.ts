import { InterruptedError, UsageError } from '../../errors.js';
import type { HostProcess } from '../process.js';

type Stdin = NonNullable<HostProcess['stdin']>;

/** Where keys come from and what is shown of them. */
interface Terminal {
  readonly stdin: Stdin;
  readonly stderr: HostProcess['stderr'];
  readonly signal: AbortSignal;
}

const CTRL_C = '\u0003';
const CTRL_D = '\u0004';
const CTRL_U = '\u0015';
const ESCAPE = '\u001b';
/** What follows the escape that arrow keys, function keys and the like begin with. */
const BEHIND_ESCAPE = /^(?:\[[\d;?]*[ -/]*[@-~]|O.|.)?/s;

/**
 * Reads lines from a terminal, key by key. The terminal is raw from the first line to the last: several pasted lines answer
 * several questions, and none of a pasted secret is shown.
 */
export class LineReader {
  #keys = '';
  #ended = false;
  #wake: () => void = () => undefined;
  readonly #isRaw: boolean;

  constructor(private readonly terminal: Terminal) {
    const { stdin, signal } = terminal;
    this.#isRaw = stdin.setRawMode !== undefined;
    stdin.setEncoding('utf8');
    stdin.setRawMode?.(true);
    stdin.on('data', this.#take);
    stdin.on('end', this.#end);
    signal.addEventListener('abort', this.#end);
    stdin.resume();
  }

  /** Shows a prompt and gives the next line, without its ends; what is typed is shown unless it is hidden. */
  async next(prompt: string, hidden: boolean): Promise<string> {
    const { stderr } = this.terminal;
    stderr.write(prompt);
    let line = '';
    for (;;) {
      const key = await this.#key();
      if (key === CTRL_C) {
        stderr.write('\n');
        throw new InterruptedError();
      }
      if (key === CTRL_D && line === '') throw ended();
      if (key === '\r' || key === '\n') break;
      const before = line;
      line = edited(line, key);
      if (!hidden && this.#isRaw) stderr.write(shownOf(before, line));
    }
    if (this.#isRaw) stderr.write('\n');
    return line.trim();
  }

  /** Gives the terminal back as it was. */
  close(): void {
    const { stdin, signal } = this.terminal;
    stdin.off('data', this.#take);
    stdin.off('end', this.#end);
    signal.removeEventListener('abort', this.#end);
    stdin.setRawMode?.(false);
    stdin.pause();
  }

  async #key(): Promise<string> {
    for (;;) {
      if (this.terminal.signal.aborted) throw new InterruptedError();
      const key = firstKey(this.#keys);
      if (key !== '') {
        this.#keys = this.#keys.slice(key.length);
        // A line that ends in two characters ends once.
        if (key === '\r' && this.#keys.startsWith('\n')) this.#keys = this.#keys.slice(1);
        return key;
      }
      if (this.#ended) throw ended();
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  readonly #take = (keys: unknown): void => {
    this.#keys += String(keys);
    this.#wake();
  };

  readonly #end = (): void => {
    this.#ended = true;
    this.#wake();
  };
}

function firstKey(keys: string): string {
  const [first = ''] = keys;
  return first === ESCAPE ? first + (BEHIND_ESCAPE.exec(keys.slice(1))?.[0] ?? '') : first;
}

function edited(line: string, key: string): string {
  if (key === CTRL_U) return '';
  if (key === '\u007f' || key === '\b') return [...line].slice(0, -1).join('');
  return key.startsWith(ESCAPE) || key < ' ' ? line : line + key;
}

/** What makes the shown line another: letters added at its end, or taken off there. */
function shownOf(before: string, after: string): string {
  if (after.startsWith(before)) return after.slice(before.length);
  return '\b \b'.repeat([...before].length - [...after].length);
}

function ended(): UsageError {
  return new UsageError('the answers ended before the questions did');
}
