import * as z from 'zod';
import { IncompleteReadError } from '../../../errors.js';
import type { Connection } from '../connection.js';
import { parsed, TITLE } from '../failure.js';
import { nextPageIn } from './next-page.js';

/** One list of the v2 API. */
export interface List {
  /** Below the base URL, without a query. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** The most that one page may hold; asked for. */
  readonly limit: number;
  /** More pages are no list of this kind (50,000 unless said otherwise): whoever gathers them must not run out of memory. */
  readonly mostPages?: number;
  /** How errors call it. */
  readonly what: string;
  readonly right: string;
  /** Reads the rows of a page; where it is left out, they stand under `_data`. */
  readonly rows?: z.ZodType<readonly unknown[]>;
}

// Rows are left unread here: one that is not understood must not fail its page.
const dataSchema: z.ZodType<readonly unknown[]> = z
  .object({ _data: z.array(z.unknown()) })
  .transform(({ _data }) => _data);

/** Pages of one list: 2.5 million people. */
const MOST_PAGES = 50_000;
/** More pages without anybody on them are no list that ends. */
const MOST_EMPTY = 10;

/** Reads a list page by page, from link to link. A list that turns in a circle, or breaks off, is an error. */
export async function* readList(
  connection: Pick<Connection, 'get'>,
  baseUrl: string,
  list: List,
): AsyncGenerator<readonly unknown[], void> {
  const { path, query, limit, what, right, mostPages = MOST_PAGES, rows: rowsSchema = dataSchema } = list;
  const been = new Set<string>();
  let empty = 0;
  let body = await connection.get(path, { query: { ...query, limit } });
  for (;;) {
    const rows = parsed(rowsSchema, body, what, right);
    yield rows;
    const next = nextPageIn(body, { baseUrl, path, limit });
    if (next.kind === 'unclear') throw broken(`${what} names a next page that cannot be followed`);
    if (next.kind === 'end') {
      if (next.isSaid || rows.length < limit) return;
      throw broken(`${what} is full and does not say whether another follows`);
    }
    if (been.has(next.path)) throw broken(`${what} leads back to a page that was read already`);
    been.add(next.path);
    if (been.size >= mostPages) throw broken(`${what} does not end after ${been.size} pages`);
    empty = rows.length === 0 ? empty + 1 : 0;
    if (empty > MOST_EMPTY) throw broken(`${what} goes on without anything on it`);
    body = await connection.get(next.path);
  }
}

function broken(finding: string): IncompleteReadError {
  return new IncompleteReadError(TITLE, [finding]);
}
