import type { FormPair, HttpRequest, Query } from './client.js';

/**
 * The URL of a request: its path below the base, or an absolute URL of the same origin.
 *
 * @throws RangeError for another origin: the credentials that go with the request are not for others
 */
export function buildUrl(baseUrl: string, request: Pick<HttpRequest, 'path' | 'query'>): string {
  const base = new URL(baseUrl);
  const url = /^https?:\/\//.test(request.path) ? new URL(request.path) : below(base, request.path);
  if (url.origin !== base.origin) throw new RangeError(`a link leads from ${base.origin} to ${url.origin}`);
  appendQuery(url.searchParams, request.query ?? {});
  return url.href;
}

/** The pairs of a query or form; a list repeats its key. */
export function appendQuery(parameters: URLSearchParams, query: Query | readonly FormPair[]): URLSearchParams {
  for (const [key, value] of arePairs(query) ? query : Object.entries(query)) {
    if (value === undefined) continue;
    const values = typeof value === 'object' ? value : [value];
    for (const one of values) parameters.append(key, String(one));
  }
  return parameters;
}

function arePairs(query: Query | readonly FormPair[]): query is readonly FormPair[] {
  return Array.isArray(query);
}

function below(base: URL, path: string): URL {
  const url = new URL(base);
  const [pathname = '', search = ''] = path.split('?', 2);
  url.pathname = `${base.pathname.replace(/\/+$/, '')}/${pathname.replace(/^\/+/, '')}`;
  for (const [key, value] of new URLSearchParams(search)) url.searchParams.append(key, value);
  return url;
}
