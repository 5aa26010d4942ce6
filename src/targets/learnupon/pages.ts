import type * as z from 'zod';
import type { HttpRequest, Query } from '../../http/client.js';
import { AnswerError } from '../../http/errors.js';
import type { Connection } from './connection.js';
import { type Concern, TITLE } from './errors.js';

/** Pages of one list; more are no list that ends. */
const MOST_PAGES = 50_000;

/** A list, and whom a refusal of it is about: one person, or everybody unless said otherwise. */
interface List<Row> {
  readonly path: string;
  readonly query: Query;
  readonly schema: z.ZodType<readonly Row[]>;
  readonly concern?: Concern;
}

/**
 * Reads a list page by page, each row once: rows may shift between pages. Only `LU-Has-Next-Page` says whether there is
 * more, whatever number of rows a page has: https://docs.learnupon.com/api/
 */
export async function* readPages<Row extends { readonly id: number }>(
  { send, parsed }: Pick<Connection, 'send' | 'parsed'>,
  { path, query, schema, concern = 'everybody' }: List<Row>,
): AsyncGenerator<readonly Row[]> {
  const seen = new Set<number>();
  for (let page = 1; ; page += 1) {
    const request: HttpRequest = { method: 'GET', path, query: { ...query, page } };
    const answer = await send(request, concern);
    const fresh = parsed(schema, request, answer).filter((row) => !seen.has(row.id));
    for (const row of fresh) seen.add(row.id);
    if (fresh.length > 0) yield fresh;
    // A list that ignores the page would come again for ever.
    if (answer.headers['lu-has-next-page']?.trim().toLowerCase() !== 'true' || fresh.length === 0) return;
    if (page >= MOST_PAGES) {
      const facts = { system: TITLE, method: 'GET', url: path, attempts: 1 };
      throw new AnswerError(facts, answer.status, `a list that does not end after ${page} pages`);
    }
  }
}
