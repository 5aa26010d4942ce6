import axios, { type AxiosResponse } from 'axios';
import { InterruptedError } from '../errors.js';
import { LeaseLostError } from '../errors-state.js';
import type { Agents } from './agents.js';
import type { Answer } from './answer.js';
import type { HttpRequest } from './client.js';
import { type RequestFacts, TimeoutError } from './errors.js';
import { failureOf, withoutRequest } from './failure.js';
import { appendQuery } from './url.js';

/** One attempt at a request, ready to leave. */
export interface OutgoingRequest {
  readonly request: HttpRequest;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly facts: RequestFacts;
}

/** Sends one request once, whatever status comes back. */
export type Sender = (outgoing: OutgoingRequest) => Promise<Answer>;

/** What a sender is made from. */
export interface SenderOptions {
  readonly agents: Agents;
  /** From sending to the last byte, so that a dripping answer ends too. */
  readonly timeoutSeconds: number;
  readonly maximumBytes: number;
  readonly signal: AbortSignal;
  /** Whether a change may leave now. */
  readonly mayWrite: () => boolean;
}

const TIME_IS_UP = 'time is up';
const STOPPED = 'stopped';

/** Makes a sender on axios. Its own redirects, proxies and JSON are switched off: they are decided here. */
export function createSender({ agents, timeoutSeconds, maximumBytes, signal, mayWrite }: SenderOptions): Sender {
  const client = axios.create({
    adapter: 'http',
    httpAgent: agents.http,
    httpsAgent: agents.https,
    proxy: false,
    maxRedirects: 0,
    responseType: 'arraybuffer',
    validateStatus: () => true,
    transformRequest: [(data: unknown) => data],
    transformResponse: [(data: unknown) => data],
    maxContentLength: maximumBytes,
  });
  // One listener for all: Node takes many on one signal for a leak, and says so on stderr.
  const reads = new Set<AbortController>();
  signal.addEventListener('abort', () => {
    for (const read of reads) read.abort(STOPPED);
  });
  return async ({ request, url, headers, facts }) => {
    const cut = new AbortController();
    const timer = setTimeout(() => cut.abort(TIME_IS_UP), timeoutSeconds * 1_000);
    // A write that is under way is never cut off: its answer is what tells whether it happened.
    if (request.method === 'GET') reads.add(cut);
    const { contentType, ...body } = bodyOf(request);
    try {
      // Here, after every wait: for the pace, for a token, for whatever came before.
      if (request.method !== 'GET' && !mayWrite()) throw new LeaseLostError('a change was about to be sent');
      const response: AxiosResponse<Buffer> = await client.request({
        method: request.method,
        url,
        ...body,
        headers: { accept: 'application/json', 'content-type': contentType, ...headers },
        signal: cut.signal,
      });
      return { status: response.status, headers: flat(response.headers), bytes: response.data };
    } catch (error) {
      if (cut.signal.reason === TIME_IS_UP) {
        throw new TimeoutError(facts, timeoutSeconds, { cause: withoutRequest(error) });
      }
      if (cut.signal.reason === STOPPED) throw new InterruptedError();
      if (error instanceof LeaseLostError) throw error;
      throw failureOf(error, facts, maximumBytes);
    } finally {
      clearTimeout(timer);
      reads.delete(cut);
    }
  };
}

// `false` keeps axios from naming a type for a body that is not there.
function bodyOf(request: HttpRequest): { readonly data?: string; readonly contentType: string | false } {
  if (request.json !== undefined) return { data: JSON.stringify(request.json), contentType: 'application/json' };
  if (request.form === undefined) return { contentType: false };
  const data = appendQuery(new URLSearchParams(), request.form).toString();
  return { data, contentType: 'application/x-www-form-urlencoded' };
}

function flat(headers: AxiosResponse['headers']): Record<string, string> {
  const result: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined && value !== null) result[name.toLowerCase()] = String(value);
  }
  return result;
}
