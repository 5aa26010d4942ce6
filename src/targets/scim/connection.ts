import type { BudgetError } from '../../errors.js';
import { createHttpClient } from '../../http/axios-client.js';
import { overBudget } from '../../http/budget.js';
import type { Authorization, HttpAnswer, HttpClient, HttpRequest } from '../../http/client.js';
import { clientOptions } from '../../http/settings.js';
import { basicAuthorization, createTokenAuthorization } from '../../http/token.js';
import type { AdapterWorld } from '../../http/world.js';
import { createScrubber } from '../../scrub.js';
import { type Answers, createAnswers } from '../kit/answers.js';
import { type Concern, TITLE, tokenError, translated } from './errors.js';
import { tokenSchema } from './schema.js';
import type { ScimSettings } from './settings.js';

/** Requests to one SCIM service, with errors in the words of the target contract. */
export interface Connection extends Answers {
  send(request: HttpRequest, concern: Concern): Promise<HttpAnswer>;
  /** The budget of requests when it is used up. */
  usedUp(): BudgetError | null;
}

/** Opens a connection; a token is fetched when the first request needs it. */
export function connect(settings: ScimSettings, world: AdapterWorld): Connection {
  const options = {
    system: TITLE,
    ...clientOptions(settings),
    // A token may come back in an answer of the other server.
    secrets: createScrubber(),
    world,
  };
  const tokens = settings.oauth && createHttpClient({ ...options, baseUrl: settings.oauth.token_url });
  const http = createHttpClient({
    ...options,
    baseUrl: settings.base_url,
    headers: { accept: 'application/scim+json, application/json' },
    authorization: authorizationFor(settings, world, tokens),
  });

  async function send(request: HttpRequest, concern: Concern): Promise<HttpAnswer> {
    const typed =
      request.json === undefined ? request : { ...request, headers: { 'content-type': settings.media_type } };
    try {
      return await http.request(typed);
    } catch (error) {
      throw translated(error, concern);
    }
  }

  return {
    send,
    ...answersAt(settings.base_url),
    usedUp: () => overBudget(TITLE, http.sent + (tokens?.sent ?? 0), settings.max_requests_per_run),
  };
}

function authorizationFor(
  { token, username, password, oauth }: ScimSettings,
  { now }: AdapterWorld,
  tokens: HttpClient | undefined,
): Authorization {
  if (oauth !== undefined && tokens !== undefined) {
    return createTokenAuthorization({ fetchToken: () => fetchToken(oauth, tokens), now });
  }
  if (username !== undefined && password !== undefined) return basicAuthorization(username, password);
  return { headers: () => Promise.resolve({ authorization: `Bearer ${token ?? ''}` }), renew: () => false };
}

// https://www.rfc-editor.org/rfc/rfc6749#section-4.4
async function fetchToken(
  { token_url, client_id, client_secret, scope }: NonNullable<ScimSettings['oauth']>,
  tokens: HttpClient,
) {
  const form = { grant_type: 'client_credentials', client_id, client_secret, scope };
  const request: HttpRequest = { method: 'POST', path: token_url, form, repeatable: true, authorized: false };
  const answer = await tokens.request(request).catch((error: unknown) => {
    throw tokenError(error);
  });
  const read = tokenSchema.safeParse(answer.body);
  if (!read.success) throw answersAt('').unreadable(request, answer, 'a body that holds no token');
  return { token: read.data.access_token, expiresInSeconds: read.data.expires_in ?? null };
}

function answersAt(baseUrl: string): Answers {
  return createAnswers({ title: TITLE, baseUrl, shape: 'SCIM has' });
}
