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
