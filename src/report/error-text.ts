import { explainError } from './messages.js';
import type { Redact } from './output.js';
import type { Style } from './style.js';
import { lines, wrapText } from './terminal.js';

/** Prose in longer lines is hard to read. */
const WIDEST = 100;

/** How an error is shown to somebody. */
export interface ErrorView {
  readonly width: number;
  readonly style: Style;
  readonly verbose: boolean;
  /** Applied before lines are broken: a secret must not come through in two halves. */
  readonly redact: Redact;
}

/** An error for a terminal: what happened, what it means, what to do next; the stack of a defect with `--verbose`. */
export function renderError(error: unknown, { width: columns, style, verbose, redact }: ErrorView): string {
  const width = Math.min(columns, WIDEST);
  const { what, meaning, next, stack, kind, words } = explainError(error);
  const [first = '', ...more] = redact(what).split('\n');
  const all = [
    ...wrapText(first, width, `${style.bad('Error')}   `),
    ...more.flatMap((line) => wrapText(line, width, ' '.repeat(10))),
    ...wrapText(redact(meaning), width, ' '.repeat(8)),
    ...wrapText(redact(next), width, `${style.strong('Next')}    `),
    ...(verbose && words !== null ? wrapText(redact(words), width, `${style.strong('Words')}   `) : []),
    style.faint(`More    hrsync errors ${kind}`),
  ];
  const trace = verbose && stack ? stackLines(error) : [];
  return lines([...all, ...trace]);
}

/** The stack of an error and of what caused it, line by line. */
export function stackLines(error: unknown): string[] {
  if (!(error instanceof Error)) return [];
  const own = (error.stack ?? '')
    .split('\n')
    .slice(1)
    .flatMap((line) => wrapText(line.trim(), Infinity, '    '));
  return error.cause instanceof Error ? [...own, `    caused by ${error.cause.name}`, ...stackLines(error.cause)] : own;
}
