import type { Scrub } from '../scrub.js';
import type { FormPair, HttpClientOptions, HttpRequest, Query } from './client.js';
import { AnswerError, ForeignLinkError } from './errors.js';
import { redactUrl } from './redact.js';

/** In characters; servers and proxies refuse longer ones anyway. */
const LONGEST_URL = 8_192;

/**
 * The URL of a request: its path below the base, or an absolute URL of the same origin.
 *
 * @throws ForeignLinkError for another origin
 * @throws AnswerError where it is longer than any API needs, which only a link or cursor of an answer makes it
 */
export function buildUrl(
  { system, baseUrl }: Pick<HttpClientOptions, 'system' | 'baseUrl'>,
  request: HttpRequest,
  scrub?: Scrub,
): string {
  const base = new URL(baseUrl);
  if (request.path.length > LONGEST_URL) throw tooLong(system, request, base);
  const url = /^https?:\/\//i.test(request.path) ? new URL(request.path) : below(base, request.path);
  if (url.origin !== base.origin) {
    const facts = { system, method: request.method, url: redactUrl(url.href, scrub), attempts: 0 };
    throw new ForeignLinkError(facts, redactUrl(url.origin, scrub));
  }
  appendQuery(url.searchParams, request.query ?? {});
  if (request.writtenQuery !== undefined)
    url.search = [url.search.slice(1), request.writtenQuery].join('&').replace(/^&/, '');
  if (url.href.length > LONGEST_URL) throw tooLong(system, request, base);
  return url.href;
}

function tooLong(system: string, { method }: HttpRequest, base: URL): AnswerError {
  const facts = { system, method, url: redactUrl(base.href), attempts: 0 };
  return new AnswerError(facts, 200, `a link or a cursor of more than ${LONGEST_URL} characters`);
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
