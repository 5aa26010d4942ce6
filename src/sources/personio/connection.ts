import type * as z from 'zod';
import { PermissionError } from '../../errors.js';
import { createHttpClient } from '../../http/axios-client.js';
import type { HttpAnswer, HttpClientOptions, HttpRequest } from '../../http/client.js';
import { createTokenAuthorization } from '../../http/token.js';
import type { AdapterWorld } from '../../http/world.js';
import { parsed, rejectedCredentials, saysTokenIsRefused, TITLE, translated } from './failure.js';
import { type PersonioSettings, paceOf } from './settings.js';

/** How one version of the API gives out its token. Asking twice brings the same token twice. */
export interface TokenCall {
  readonly request: Pick<HttpRequest, 'path' | 'json' | 'form'>;
  readonly answer: z.ZodType<{ readonly token: string; readonly expiresInSeconds: number | null }>;
}

/** What a version of the API differs in. */
export interface ConnectionOptions {
  readonly token: TokenCall;
  /** The right that is missing where a read is forbidden. */
  readonly right: string;
  readonly rateAfter?: NonNullable<HttpClientOptions['rateAfter']>;
}

/** Authorised reads of one account, the same for both versions. They throw what `sources/source` promises. */
export interface Connection {
  /** The body of a GET; `path` may be an absolute URL of the same origin. */
  get(path: string, options?: Pick<HttpRequest, 'query' | 'headers'>): Promise<unknown>;
  /** Any request. */
  request(request: HttpRequest): Promise<HttpAnswer>;
  /** Personio's clock minus ours in ms, or null before any answer that tells. */
  clockSkew(): number | null;
}

/** Opens the API for one pair of credentials; no request is made yet. */
export function openConnection(
  settings: PersonioSettings,
  world: AdapterWorld,
  options: ConnectionOptions,
): Connection {
  const authorization = createTokenAuthorization({ fetchToken, now: world.now });
  const http = createHttpClient({
    system: TITLE,
    baseUrl: settings.base_url,
    ...paceOf(settings),
    ...(options.rateAfter && { rateAfter: options.rateAfter }),
    timeoutSeconds: settings.timeout_seconds,
    proxy: settings.proxy,
    caFile: settings.ca_file,
    headers: { 'X-Personio-App-ID': settings.app_id },
    authorization,
    world,
  });

  async function fetchToken() {
    const { request, answer } = options.token;
    try {
      const { body } = await http.request({ method: 'POST', ...request, repeatable: true, authorized: false });
      return parsed(answer, body, 'the token', options.right);
    } catch (error) {
      throw asCredentials(translated(error, options.right));
    }
  }

  async function ask(request: HttpRequest): Promise<HttpAnswer> {
    try {
      return await http.request(request).catch(async (error: unknown) => {
        if (!saysTokenIsRefused(error)) throw error;
        const refused = await authorization.headers();
        authorization.renew(refused['authorization']);
        return http.request(request);
      });
    } catch (error) {
      throw translated(error, options.right);
    }
  }

  return {
    request: ask,
    clockSkew: () => http.clockSkew(),
    async get(path, { query, headers } = {}) {
      return (await ask({ method: 'GET', path, ...(query && { query }), ...(headers && { headers }) })).body;
    },
  };
}

// The token call needs no right: whatever it refuses is the credentials.
function asCredentials(error: unknown): unknown {
  return error instanceof PermissionError ? rejectedCredentials(error.detail, { cause: error.cause }) : error;
}
