import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { InterruptedError, UsageError } from '../../errors.js';
import type { CommandWorld } from '../process.js';
import type { Question } from './answers.js';

/** Somebody at a terminal who can be asked; null where there is none. Questions go to stderr: stdout is for the result. */
export function askAtTerminal({
  host,
  signal,
}: CommandWorld): ((question: Omit<Question, 'flag'>) => Promise<string>) | null {
  const { stdin, stderr } = host;
  if (stdin?.isTTY !== true || stderr.isTTY !== true) return null;
  return async ({ text, choices, suggestion, problem }) => {
    for (;;) {
      const options = [choices?.join(', '), suggestion === null ? undefined : `[${suggestion}]`].filter(Boolean);
      stderr.write(`${[text, ...options.map((option) => `(${option})`)].join(' ')}: `);
      const answer = (await nextLine(stdin, signal)).trim() || (suggestion ?? '');
      const wrong = problem(answer);
      if (wrong === null) return answer;
      stderr.write(`  ${wrong}\n`);
    }
  };
}

/** Asks for a value, with or without showing what is typed; null where nobody can be asked. */
export function askValueAtTerminal({
  host,
  signal,
}: CommandWorld): ((text: string, hidden: boolean) => Promise<string>) | null {
  const { stdin, stderr } = host;
  if (stdin?.isTTY !== true || stderr.isTTY !== true) return null;
  return async (text, hidden) => {
    stderr.write(text);
    if (!hidden || stdin.setRawMode === undefined) return (await nextLine(stdin, signal)).trim();
    stdin.setRawMode(true);
    try {
      return (await hiddenLine(stdin, signal)).trim();
    } finally {
      stdin.setRawMode(false);
      stderr.write('\n');
    }
  };
}

// The terminal passes every key on as it is now: Ctrl-C makes no signal, and nothing is shown or taken back by itself.
async function hiddenLine(stdin: NodeJS.ReadableStream, signal: AbortSignal): Promise<string> {
  let line = '';
  stdin.setEncoding('utf8');
  stdin.resume();
  try {
    for (;;) {
      const [keys]: unknown[] = await once(stdin, 'data', { signal });
      for (const key of String(keys)) {
        if (key === '\u0003') throw new InterruptedError();
        if (key === '\r' || key === '\n' || key === '\u0004') return line;
        line = key === '\u007f' || key === '\b' ? line.slice(0, -1) : line + key;
      }
    }
  } catch (error) {
    throw signal.aborted ? new InterruptedError() : error;
  } finally {
    stdin.pause();
  }
}

async function nextLine(stdin: NodeJS.ReadableStream, signal: AbortSignal): Promise<string> {
  const lines = createInterface({ input: stdin });
  try {
    const ended = once(lines, 'close', { signal }).then((): never => {
      throw new UsageError('the answers ended before the questions did');
    });
    const line = once(lines, 'line', { signal }).then(([first]: unknown[]) => String(first));
    return await Promise.race([line, ended]);
  } catch (error) {
    throw signal.aborted ? new InterruptedError() : error;
  } finally {
    lines.close();
  }
}
