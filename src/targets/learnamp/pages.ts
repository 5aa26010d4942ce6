import type * as z from 'zod';
import type { HttpRequest, Query } from '../../http/client.js';
import type { Connection } from './connection.js';

/** Pages of one list, at fifty rows each: 2.5 million accounts. */
const MOST_PAGES = 50_000;
/** Pages in a row that bring nothing new: rows may shift, but not for so long. */
const MOST_BARREN = 10;

/** Which list to read, and how. */
export interface ListRequest<Row> {
  readonly path: string;
  readonly query: Query;
  readonly perPage: number;
  readonly schema: z.ZodType<readonly Row[]>;
}

/**
 * Reads a list page by page, each row once: rows shift between pages while others edit. The headers say how many pages
 * there are, whatever number of rows was asked for; without them the list ends with the page that brings nothing new.
 * https://developers.learnamp.com/#pagination
 */
export async function* readPages<Row extends { readonly id: number }>(
  { send, parsed, unreadable }: Connection,
  { path, query, perPage, schema }: ListRequest<Row>,
): AsyncGenerator<readonly Row[]> {
  const seen = new Set<number>();
  let barren = 0;
  for (let page = 1; ; page += 1) {
    const request: HttpRequest = { method: 'GET', path, query: { ...query, page, perPage } };
    const answer = await send(request, 'everybody');
    const rows = parsed(schema, request, answer);
    const pages = countIn(answer.headers['total-pages']);
    if (rows.length === 0 && pages !== null && page < pages) {
      throw unreadable(request, answer, `nothing on page ${page} of ${pages}`);
    }
    const fresh = rows.filter((row) => !seen.has(row.id));
    for (const row of fresh) seen.add(row.id);
    if (fresh.length > 0) yield fresh;
    if (pages === null ? fresh.length === 0 : page >= pages) return;
    barren = fresh.length > 0 ? 0 : barren + 1;
    if (barren >= MOST_BARREN || page >= MOST_PAGES) {
      throw unreadable(
        request,
        answer,
        `a list that does not end (${barren} of ${page} pages in a row brought nothing new)`,
      );
    }
  }
}

/** A count in a header; null where there is none. */
export function countIn(header: string | undefined): number | null {
  return header !== undefined && /^\d+$/.test(header) ? Number(header) : null;
}
