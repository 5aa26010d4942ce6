import * as z from 'zod';

const hrefSchema = z.union([z.string().min(1), z.object({ href: z.string().min(1) }).transform(({ href }) => href)]);
const linksSchema = z.object({ _meta: z.object({ links: z.object({ next: z.unknown().optional() }) }) });

/** Where a list goes on: nowhere (`end`), at an address, or in a way that the answer does not make clear. */
export type NextPage =
  | { readonly kind: 'end'; readonly isSaid: boolean }
  | { readonly kind: 'page'; readonly path: string }
  | { readonly kind: 'unclear' };

/**
 * Reads the `next` link of a page. Links come absolute or relative, and those of employments name a path that does not
 * exist: a link to another path of the same origin only lends its cursor. One to another origin comes back as it is, and
 * the HTTP client refuses it. https://developer.personio.de/reference/get_v2-persons
 *
 * Whether a cursor remembers the size of a page is not documented: the limit is added to a link that lacks it.
 *
 * @param baseUrl of the API, perhaps with a path
 * @param path of the list below it, without a query
 * @param limit the size of a page that was asked for
 */
export function nextPageIn(
  body: unknown,
  { baseUrl, path, limit }: { baseUrl: string; path: string; limit: number },
): NextPage {
  const links = linksSchema.safeParse(body);
  if (!links.success) return { kind: 'end', isSaid: false };
  const { next } = links.data._meta.links;
  if (next === undefined || next === null) return { kind: 'end', isSaid: true };
  const href = hrefSchema.safeParse(next);
  const own = new URL(baseUrl + path);
  if (!href.success || !URL.canParse(href.data, own.href)) return { kind: 'unclear' };
  const url = new URL(href.data, own);
  if (url.origin !== own.origin) return { kind: 'page', path: url.href };
  if (url.pathname === own.pathname) return { kind: 'page', path: withLimit(url, limit) };
  const cursor = url.searchParams.get('cursor');
  if (cursor === null || cursor === '') return { kind: 'unclear' };
  own.searchParams.set('cursor', cursor);
  return { kind: 'page', path: withLimit(own, limit) };
}

function withLimit(url: URL, limit: number): string {
  if (!url.searchParams.has('limit')) url.searchParams.set('limit', String(limit));
  return url.href;
}
