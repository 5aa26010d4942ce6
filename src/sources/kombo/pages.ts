import { IncompleteReadError } from '../../errors.js';
import { ahead } from '../../http/ahead.js';
import { TITLE } from './failure.js';
import { entryOf } from './value.js';

/** One page of a list as it came; `next` leads to the one after it, null at the end. */
export interface KomboPage {
  readonly rows: readonly unknown[];
  readonly next: string | null;
}

/** Brings the page behind a cursor; null for the first. */
export type FetchPage = (cursor: string | null) => Promise<KomboPage>;

// Filters may leave single pages empty. That many in a row are no list any more.
const MOST_EMPTY_PAGES = 20;
/** Pages of the longest list, of employees, and of a list that is gathered whole. */
const MOST_PAGES = 50_000;
const MOST_PAGES_GATHERED = 2_000;

/**
 * Follows the cursors of a list to its end, one page ahead of whoever consumes them.
 *
 * @throws IncompleteReadError where they lead in a circle, or nowhere
 */
export async function* pagesOf(
  fetchPage: FetchPage,
  what: string,
  mostPages = MOST_PAGES,
): AsyncGenerator<readonly unknown[], void> {
  const seen = new Set<string>();
  let empty = 0;
  let page = await fetchPage(null);
  for (;;) {
    const { next, rows } = page;
    if (next !== null && seen.has(next)) throw endless(`the cursor of ${what} repeats after ${seen.size} pages`);
    if (next !== null) seen.add(next);
    if (seen.size >= mostPages) throw endless(`the list ${what} does not end after ${seen.size} pages`);
    empty = rows.length === 0 ? empty + 1 : 0;
    if (empty > MOST_EMPTY_PAGES) throw endless(`${empty} pages of ${what} in a row came empty, and none is the last`);
    const following = next === null ? null : ahead(fetchPage(next));
    yield rows;
    if (following === null) return;
    page = await following;
    if (repeats(rows, page.rows)) throw endless(`a page of ${what} repeats the one before it`);
  }
}

/** Every row of a list. */
export async function allRows(fetchPage: FetchPage, what: string): Promise<readonly unknown[]> {
  const all: unknown[] = [];
  for await (const rows of pagesOf(fetchPage, what, MOST_PAGES_GATHERED)) for (const row of rows) all.push(row);
  return all;
}

// A server that knows no cursor gives the same page for ever, under a new one each time perhaps.
function repeats(before: readonly unknown[], after: readonly unknown[]): boolean {
  const idOf = (row: unknown) => entryOf(row, 'id');
  return (
    after.length > 0 && after.length === before.length && after.every((row, index) => idOf(row) === idOf(before[index]))
  );
}

function endless(finding: string): IncompleteReadError {
  return new IncompleteReadError(TITLE, [finding]);
}
