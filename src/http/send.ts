import type { Agent } from 'node:http';
import axios, { AxiosError, type AxiosResponse } from 'axios';
import { InterruptedError } from '../errors.js';
import type { Answer } from './answer.js';
import type { HttpRequest } from './client.js';
import { AnswerError, NetworkError, type RequestFacts, TimeoutError } from './errors.js';
import { appendQuery } from './url.js';

/** Sends one request once, whatever status comes back. */
export type Sender = (
  request: HttpRequest,
  url: string,
  headers: Readonly<Record<string, string>>,
  facts: RequestFacts,
) => Promise<Answer>;

/** What a sender is made from. */
export interface SenderOptions {
  readonly agents: { readonly http: Agent; readonly https: Agent };
  /** From sending to the last byte, so that a dripping answer ends too. */
  readonly timeoutSeconds: number;
  readonly maximumBytes: number;
  readonly signal: AbortSignal;
}

// Failures before a byte of the request can have reached the far end.
const NEVER_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ERR_INVALID_URL',
]);

/** Makes a sender on axios. Its own retries, redirects, proxies and JSON are switched off: they are decided here. */
export function createSender(options: SenderOptions): Sender {
  const client = axios.create({
    adapter: 'http',
    httpAgent: options.agents.http,
    httpsAgent: options.agents.https,
    proxy: false,
    maxRedirects: 0,
    responseType: 'arraybuffer',
    validateStatus: () => true,
    transformRequest: [(data: unknown) => data],
    transformResponse: [(data: unknown) => data],
    maxContentLength: options.maximumBytes,
    maxBodyLength: 10 * 2 ** 20,
  });
  return async (request, url, headers, facts) => {
    const deadline = AbortSignal.timeout(options.timeoutSeconds * 1_000);
    // A write that is under way is never cut off: its answer is what tells whether it happened.
    const signal = request.method === 'GET' ? AbortSignal.any([deadline, options.signal]) : deadline;
    const { data, contentType } = bodyOf(request);
    try {
      const response: AxiosResponse<Buffer> = await client.request({
        method: request.method,
        url,
        ...(data !== undefined && { data }),
        headers: { accept: 'application/json', ...(contentType && { 'content-type': contentType }), ...headers },
        signal,
      });
      return { status: response.status, headers: flat(response.headers), bytes: Buffer.from(response.data ?? '') };
    } catch (error) {
      if (deadline.aborted) throw new TimeoutError(facts, options.timeoutSeconds, { cause: redacted(error) });
      if (options.signal.aborted && request.method === 'GET') throw new InterruptedError();
      throw failureOf(error, facts, options.maximumBytes);
    }
  };
}

function bodyOf(request: HttpRequest): { readonly data?: string; readonly contentType?: string } {
  if (request.json !== undefined) return { data: JSON.stringify(request.json), contentType: 'application/json' };
  if (request.form === undefined) return {};
  const data = appendQuery(new URLSearchParams(), request.form).toString();
  return { data, contentType: 'application/x-www-form-urlencoded' };
}

function failureOf(error: unknown, facts: RequestFacts, maximumBytes: number): Error {
  if (!(error instanceof AxiosError)) return error instanceof Error ? error : new Error(String(error));
  if (error.message.includes('maxContentLength')) {
    const problem = `more than ${Math.round(maximumBytes / 2 ** 20)} MiB`;
    return new AnswerError(facts, error.response?.status ?? 200, problem, { cause: redacted(error) });
  }
  const code = error.code ?? 'ERR_NETWORK';
  const mayHaveHappened = !NEVER_SENT.has(code) && !isTls(code);
  return new NetworkError(facts, code, mayHaveHappened, { cause: redacted(error) });
}

function isTls(code: string): boolean {
  return /^(CERT_|ERR_TLS|ERR_SSL|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_)/.test(code);
}

// axios hangs the whole request, credentials included, on its errors; none of that may travel on.
function redacted(error: unknown): Error {
  const message = error instanceof Error ? error.message : String(error);
  return new Error(message);
}

function flat(headers: AxiosResponse['headers']): Record<string, string> {
  const result: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined && value !== null) result[name.toLowerCase()] = String(value);
  }
  return result;
}
