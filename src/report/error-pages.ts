import { HrsyncError } from '../errors.js';
import { EXIT } from '../exit.js';
import { explainError } from './messages.js';
import { ERROR_KINDS, ERROR_PAGES, type ErrorKind, type ErrorPage } from './messages-pages.js';
import { makeStyle } from './style.js';
import { type Column, renderTable } from './table.js';
import { lines, wrapText } from './terminal.js';

interface View {
  readonly width: number;
  readonly colour: boolean;
}

const COLUMNS: readonly Column[] = [{ title: 'error' }, { title: 'exit', align: 'right' }, { title: 'what happened' }];

/** The kind that somebody means: as messages write it, in any case, with or without "Error"; null for none. */
export function findErrorKind(text: string): ErrorKind | null {
  return ERROR_KINDS.find((kind) => plain(kind) === plain(text)) ?? null;
}

function plain(name: string): string {
  return name
    .toLowerCase()
    .replaceAll(/[^a-z]/g, '')
    .replace(/error$/, '');
}

/** Every kind of error, one line each. */
export function renderErrorKinds({ width }: View): string {
  const rows = ERROR_KINDS.map((kind) => [kind, exitCodesOf(ERROR_PAGES[kind]).join(', '), ERROR_PAGES[kind].happened]);
  return `${renderTable(COLUMNS, rows, width)}\n"hrsync errors KIND" tells what one means and what to do, "hrsync errors 7" the same of an exit code.\n`;
}

/** The page of one kind: what happened, what it means, what to do, and how its messages read. */
export function renderErrorPage(kind: ErrorKind, { width: columns, colour }: View): string {
  const style = makeStyle(colour);
  const width = Math.min(columns, 100);
  const page: ErrorPage = ERROR_PAGES[kind];
  const part = (title: string, texts: readonly string[]) =>
    texts.flatMap((text, index) => wrapText(text, width, (index === 0 ? title : '').padEnd(14)));
  const messages = page.samples.map(explainError);
  return lines([
    style.strong(`${kind}, exit code ${exitCodesOf(page).join(' or ')}`),
    '',
    ...part('What happened', [page.happened]),
    ...part('What it means', [page.means]),
    ...part(
      'What to do',
      page.steps.map((step, index) => `${index + 1}. ${step}`),
    ),
    '',
    ...part(
      'It reads',
      messages.map(({ what, meaning, next }) => `${what.replaceAll('\n', ' ')} ${meaning} ${next}`),
    ),
  ]);
}

/** The same for programs; all kinds, or one. */
export function errorPagesDocument(kinds: readonly ErrorKind[] = ERROR_KINDS): object {
  const errors = kinds.map((kind) => {
    const { happened, means, steps, ...page }: ErrorPage = ERROR_PAGES[kind];
    return { name: kind, exit_codes: exitCodesOf(page), happened, means, steps };
  });
  return { format: 1, errors };
}

/** What a process exits with that such an error ends. */
export function exitCodesOf({ samples, exitCode }: Pick<ErrorPage, 'samples' | 'exitCode'>): readonly number[] {
  if (exitCode !== undefined) return [exitCode];
  const codes = samples.map((error) => (error instanceof HrsyncError ? error.exitCode : EXIT.unexpected));
  return [...new Set(codes)].sort((one, other) => one - other);
}
