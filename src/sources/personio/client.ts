import { CredentialsError, PermissionError } from '../../errors.js';
import { createHttpClient } from '../../http/axios-client.js';
import type { HttpRequest } from '../../http/client.js';
import { createTokenAuthorization } from '../../http/token.js';
import type { AdapterWorld } from '../../http/world.js';
import { parsed, saysTokenIsRefused, TITLE, translated } from './failure.js';
import { type Attribute, attributesSchema, employeesSchema, tokenSchema } from './schema.js';
import type { PersonioSettings } from './settings.js';

/** One page of employees as it came. */
export interface EmployeesPage {
  readonly people: readonly unknown[];
  /** Row at which the next page begins. */
  readonly nextOffset: number;
  /** How many people there are in all, or null where the answer does not say. */
  readonly total: number | null;
}

/** The calls of Personio's v1 API that a source needs. They throw what `sources/source` promises. */
export interface PersonioClient {
  /** https://developer.personio.de/reference/get_company-employees; `offset` counts rows, `limit` is 100 at most. */
  employees(offset: number, limit: number): Promise<EmployeesPage>;
  /** https://developer.personio.de/reference/get_company-employees-custom-attributes */
  attributes(): Promise<readonly Attribute[]>;
}

/** Opens the API for one pair of credentials. */
export function createPersonioClient(settings: PersonioSettings, world: AdapterWorld): PersonioClient {
  const authorization = createTokenAuthorization({ fetchToken, now: world.now });
  const http = createHttpClient({
    system: TITLE,
    baseUrl: settings.base_url,
    requestsPerSecond: settings.requests_per_second,
    concurrency: settings.concurrency,
    timeoutSeconds: settings.timeout_seconds,
    proxy: settings.proxy,
    caFile: settings.ca_file,
    headers: { 'X-Personio-App-ID': settings.app_id },
    authorization,
    world,
  });

  // https://developer.personio.de/reference/auth. Asking twice brings the same token twice.
  async function fetchToken() {
    const json = { client_id: settings.client_id, client_secret: settings.client_secret };
    try {
      const answer = await http.request({
        method: 'POST',
        path: '/v1/auth',
        json,
        repeatable: true,
        authorized: false,
      });
      const { data } = parsed(tokenSchema, answer.body, 'the token');
      return { token: data.token, expiresInSeconds: data.expires_in ?? null };
    } catch (error) {
      throw asCredentials(translated(error));
    }
  }

  async function get(path: string, query: HttpRequest['query'] = {}): Promise<unknown> {
    const request: HttpRequest = { method: 'GET', path, query };
    try {
      const answer = await http.request(request).catch(async (error: unknown) => {
        if (!saysTokenIsRefused(error)) throw error;
        const refused = await authorization.headers();
        authorization.renew(refused['authorization']);
        return http.request(request);
      });
      return answer.body;
    } catch (error) {
      throw translated(error);
    }
  }

  return {
    async employees(offset, limit) {
      const body = await get('/v1/company/employees', { limit, offset });
      const answer = parsed(employeesSchema, body, `the page of employees from row ${offset}`);
      // The limit that the answer echoes is the one that was applied; a silently lowered one would skip people.
      const nextOffset = offset + (answer.limit || limit);
      return { people: answer.data, nextOffset, total: answer.metadata?.total_elements ?? null };
    },
    async attributes() {
      const body = await get('/v1/company/employees/attributes');
      return parsed(attributesSchema, body, 'the attribute catalogue').data;
    },
  };
}

// The token call needs no right: whatever it refuses is the credentials.
function asCredentials(error: unknown): unknown {
  return error instanceof PermissionError ? new CredentialsError(TITLE, error.detail, { cause: error.cause }) : error;
}
