import { ShortListError } from '../../errors.js';
import type { Kind, Page, ScimClient } from './client.js';
import { scimTypeOf, TITLE } from './errors.js';
import type { ScimResource } from './schema.js';
import type { ScimSettings } from './settings.js';

type Settings = Pick<ScimSettings, 'paging' | 'page_size'>;
type Client = Pick<ScimClient, 'page'>;

/** More pages are no list that ends. */
const MOST_PAGES = 50_000;

/**
 * Reads a list whole, each resource once.
 *
 * A list that ends before its own total, or whose cursor has expired, is read once more: it may have shifted meanwhile.
 *
 * @throws ShortListError when it is short again
 */
export async function* readList(
  client: Client,
  kind: Kind,
  settings: Settings,
): AsyncGenerator<readonly ScimResource[]> {
  const seen = new Set<string>();
  for (const isLast of [false, true]) {
    let total: number | null = null;
    try {
      for await (const page of pagesOf(client, kind, settings)) {
        total = page.total;
        const fresh = page.resources.filter(({ id }) => !seen.has(id));
        for (const { id } of fresh) seen.add(id);
        if (fresh.length > 0) yield fresh;
      }
    } catch (error) {
      if (isLast || scimTypeOf(error) !== 'expiredcursor') throw error;
      continue;
    }
    if (total === null || seen.size >= total) return;
    if (isLast) throw short(kind, `a list of ${seen.size} that says it has ${total}, so nothing is concluded from it`);
  }
}

/** Where to read on. */
type Place = { readonly cursor: string } | { readonly startIndex: number };

/**
 * The pages of one walk through a list. By index it goes on after what it received, until the total is there, or nothing
 * came, or only what had come before: some servers answer an index beyond the end with the first page, and some ignore it
 * (https://www.rfc-editor.org/rfc/rfc7644#section-3.4.2.4). A `nextCursor` is followed whatever was asked
 * (https://www.rfc-editor.org/rfc/rfc9865), unless `paging: index` forbids it.
 */
async function* pagesOf(client: Client, kind: Kind, { paging, page_size }: Settings): AsyncGenerator<Page> {
  const seen = new Set<string>();
  let place: Place | null = paging === 'cursor' ? { cursor: '' } : { startIndex: 1 };
  let count = page_size;
  let received = 0;
  for (let pages = 1; place !== null; pages += 1) {
    if (pages > MOST_PAGES) throw short(kind, `a list that does not end after ${MOST_PAGES} pages`);
    let page: Page;
    try {
      page = await client.page(kind, { ...place, count });
    } catch (error) {
      if (scimTypeOf(error) !== 'invalidcount' || count === 1) throw error;
      count = Math.ceil(count / 2);
      continue;
    }
    yield page;
    const known = seen.size;
    for (const { id } of page.resources) seen.add(id);
    received += page.resources.length;
    if (paging !== 'index' && page.nextCursor !== null) {
      const isRepeated: boolean = 'cursor' in place && place.cursor === page.nextCursor;
      place = isRepeated ? null : { cursor: page.nextCursor };
    } else if ('cursor' in place || seen.size === known || (page.total !== null && received >= page.total)) {
      place = null;
    } else {
      place = { startIndex: received + 1 };
    }
  }
}

function short(kind: Kind, problem: string): ShortListError {
  return new ShortListError({ system: TITLE, method: 'GET', url: `/${kind}`, attempts: 1 }, problem);
}
