import type { CommandWorld } from '../process.js';
import { type Choice, choiceLines, chosenByNumber } from './choice.js';
import { LineReader } from './line-reader.js';

/** One question. */
export interface Question {
  readonly text: string;
  /** Shown as a numbered list, where one of these is the answer. */
  readonly choices?: readonly Choice[];
  /** What Enter alone means. */
  readonly suggestion?: string | null;
  /** Whether what is typed must not be shown. */
  readonly hidden?: boolean;
  /** Whether Enter alone is an answer although nothing is suggested. */
  readonly optional?: boolean;
  /** What is wrong with an answer, or null. */
  readonly problem?: (answer: string) => string | null;
}

/** A person at a terminal. Questions go to stderr: stdout is for the result. */
export interface Prompter {
  /** Gives the answer, or null where the person goes back to the question before. */
  ask(question: Question): Promise<string | null>;
  say(text: string): void;
  close(): void;
}

const BACK = /^(<|back)$/i;

/** Somebody who can be asked; null where there is no terminal. The caller closes it. */
export function openPrompter({ host, signal }: CommandWorld): Prompter | null {
  const { stdin, stderr } = host;
  if (stdin?.isTTY !== true || stderr.isTTY !== true) return null;
  const reader = new LineReader({ stdin, stderr, signal });
  const say = (text: string) => void stderr.write(`${text}\n`);
  return {
    say,
    close: () => reader.close(),
    async ask(question) {
      const { text, choices, suggestion = null, hidden = false } = question;
      if (choices !== undefined) say([text, ...choiceLines(choices)].join('\n'));
      const label = choices === undefined ? text : '  Number or name';
      for (;;) {
        const shown = choices?.find(({ value }) => value === suggestion)?.label ?? suggestion;
        const typed = await reader.next(`${label}${shown === null ? '' : ` [${shown}]`}: `, hidden);
        if (BACK.test(typed)) return null;
        const understood = understand(typed === '' ? (suggestion ?? '') : typed, question);
        if ('problem' in understood) say(`  ${understood.problem}`);
        else {
          if (understood.note !== null) say(`  ${understood.note}`);
          return understood.value;
        }
      }
    },
  };
}

function understand(answer: string, { choices, optional = false, problem }: Question) {
  if (answer === '') return optional ? { value: '', note: null } : { problem: 'an answer is needed here' };
  if (choices !== undefined) return chosenByNumber(answer, choices);
  const wrong = problem?.(answer) ?? null;
  return wrong === null ? { value: answer, note: null } : { problem: wrong };
}
