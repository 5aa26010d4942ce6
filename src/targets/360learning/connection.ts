import { hash } from 'node:crypto';
import type * as z from 'zod';
import type { BudgetError } from '../../errors.js';
import { createHttpClient } from '../../http/axios-client.js';
import { overBudget } from '../../http/budget.js';
import type { HttpAnswer, HttpRequest } from '../../http/client.js';
import { createTokenAuthorization } from '../../http/token.js';
import type { AdapterWorld } from '../../http/world.js';
import { createScrubber } from '../../scrub.js';
import { type Answers, createAnswers } from '../kit/answers.js';
import { type Concern, TITLE, tokenError, translated } from './errors.js';
import { tokenSchema } from './schema.js';
import type { Learning360Settings } from './settings.js';

/** Requests to one company's API, with errors in the words of the target contract. */
export interface Connection extends Pick<Answers, 'unreadable'> {
  send(request: HttpRequest, concern: Concern): Promise<HttpAnswer>;
  read<Body>(schema: z.ZodType<Body>, request: HttpRequest, concern: Concern): Promise<Body>;
  /** Every row of a list, page by page. `filters` as `field[operator]` → value. */
  pages<Row>(schema: z.ZodType<readonly Row[]>, list: ListRequest, concern: Concern): AsyncGenerator<readonly Row[]>;
  /** Gets a token, to see whether the credentials are accepted. */
  authorize(): Promise<void>;
  /** The budget of requests when it is used up. */
  usedUp(): BudgetError | null;
}

/** A list, and what of it is wanted. */
export interface ListRequest {
  readonly path: string;
  readonly filters?: Readonly<Record<string, string>>;
}

// More pages than any company has; a cursor that goes round in a circle must end.
const MOST_PAGES = 20_000;
/** Pages that were there before, under another cursor: rows may shift, but not so often. */
const MOST_REPEATED = 3;

/**
 * Opens a connection. Reads and writes have limits of their own at 360Learning, and so have a client each; the token is
 * shared: https://360learning.readme.io/docs/copy-of-rate-limiting-errors
 */
export function connect(settings: Learning360Settings, world: AdapterWorld): Connection {
  const authorization = createTokenAuthorization({ fetchToken, now: world.now });
  const options = {
    system: TITLE,
    baseUrl: settings.base_url,
    concurrency: settings.concurrency,
    timeoutSeconds: settings.timeout_seconds,
    proxy: settings.proxy,
    caFile: settings.ca_file,
    headers: { '360-api-version': 'v2.0' },
    authorization,
    // The token that one of them sent may come back in an answer to the other.
    secrets: createScrubber(),
    world,
  };
  const { parsed, unreadable } = createAnswers({ title: TITLE, baseUrl: settings.base_url });
  const reader = createHttpClient({ ...options, requestsPerSecond: settings.reads_per_second });
  const writer = createHttpClient({ ...options, requestsPerSecond: settings.requests_per_second });

  // https://360learning.readme.io/docs/step-1-authenticate
  async function fetchToken() {
    const { client_id, client_secret, token_path } = settings;
    const json = { grant_type: 'client_credentials', client_id, client_secret };
    const request: HttpRequest = { method: 'POST', path: token_path, json, repeatable: true, authorized: false };
    const answer = await reader.request(request).catch((error: unknown) => {
      throw tokenError(error);
    });
    const token = parsed(tokenSchema, request, answer);
    return { token: token.access_token, expiresInSeconds: token.expires_in ?? null };
  }

  async function send(request: HttpRequest, concern: Concern): Promise<HttpAnswer> {
    try {
      return await (request.method === 'GET' ? reader : writer).request(request);
    } catch (error) {
      throw translated(error, concern);
    }
  }

  return {
    send,
    unreadable,
    read: async (schema, request, concern) => parsed(schema, request, await send(request, concern)),
    async *pages(schema, { path, filters = {} }, concern) {
      const writtenQuery = queryOf(filters, settings.filter_brackets);
      let request: HttpRequest = { method: 'GET', path, ...(writtenQuery !== '' && { writtenQuery }) };
      const seen = new Set<string>();
      const digests = new Set<string>();
      let repeated = 0;
      for (let page = 1; page <= MOST_PAGES; page += 1) {
        const answer = await send(request, concern);
        const rows = parsed(schema, request, answer);
        yield rows;
        const digest = hash('sha256', JSON.stringify(rows), 'base64');
        if (rows.length > 0 && digests.has(digest)) repeated += 1;
        digests.add(digest);
        const next = nextLink(answer.headers['link']);
        if (next === null) return;
        if (repeated >= MOST_REPEATED) break;
        // One sample shows a relative link.
        const url = new URL(next, settings.base_url).href;
        if (seen.has(url)) break;
        seen.add(url);
        request = { method: 'GET', path: url };
      }
      const last: HttpAnswer = { status: 200, headers: {}, body: null };
      throw unreadable(request, last, 'a list whose pages do not end');
    },
    async authorize() {
      await authorization.headers();
    },
    usedUp: () => overBudget(TITLE, reader.sent + writer.sent, settings.max_requests_per_run),
  };
}

/** A query of filters, written by hand: a client is known to work with plain brackets only. */
export function queryOf(filters: Readonly<Record<string, string>>, brackets: 'plain' | 'encoded'): string {
  const pairs = Object.entries(filters).map(([key, value]) => {
    const name = brackets === 'plain' ? key : encodeURIComponent(key);
    return `${name}=${encodeURIComponent(value)}`;
  });
  return pairs.join('&');
}

/** The address of the next page out of a `Link` header, or null: https://360learning.readme.io/docs/pagination */
export function nextLink(header: string | undefined): string | null {
  for (const link of header?.split(/,(?=\s*<)/) ?? []) {
    const [, url, parameters = ''] = /^\s*<([^>]*)>(.*)$/.exec(link) ?? [];
    if (url !== undefined && /;\s*rel="?next"?/i.test(parameters)) return url;
  }
  return null;
}
