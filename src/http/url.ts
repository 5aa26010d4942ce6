import type { FormPair, HttpClientOptions, HttpRequest, Query } from './client.js';
import { ForeignLinkError } from './errors.js';
import { redactUrl } from './redact.js';

/**
 * The URL of a request: its path below the base, or an absolute URL of the same origin.
 *
 * @throws ForeignLinkError for another origin
 */
export function buildUrl(
  { system, baseUrl }: Pick<HttpClientOptions, 'system' | 'baseUrl'>,
  request: HttpRequest,
): string {
  const base = new URL(baseUrl);
  const url = /^https?:\/\//i.test(request.path) ? new URL(request.path) : below(base, request.path);
  if (url.origin !== base.origin) {
    const facts = { system, method: request.method, url: redactUrl(url.href), attempts: 0 };
    throw new ForeignLinkError(facts, url.origin);
  }
  appendQuery(url.searchParams, request.query ?? {});
  if (request.writtenQuery !== undefined)
    url.search = [url.search.slice(1), request.writtenQuery].join('&').replace(/^&/, '');
  return url.href;
}

/** Whether a proxy is given by a full URL; nothing else is understood. */
export function isProxyAddress(address: string): boolean {
  return /^https?:\/\//i.test(address) && URL.canParse(address);
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
