import type { BudgetError } from '../../errors.js';
import { createHttpClient } from '../../http/axios-client.js';
import { overBudget } from '../../http/budget.js';
import type { HttpAnswer, HttpRequest } from '../../http/client.js';
import { clientOptions } from '../../http/settings.js';
import { createTokenAuthorization } from '../../http/token.js';
import type { AdapterWorld } from '../../http/world.js';
import { type Answers, createAnswers } from '../kit/answers.js';
import { type Concern, TITLE, tokenError, translated } from './errors.js';
import { tokenSchema } from './schema.js';
import type { LearnAmpSettings } from './settings.js';

/** Requests to one account's API, with errors in the words of the target contract. */
export interface Connection extends Answers {
  send(request: HttpRequest, concern: Concern): Promise<HttpAnswer>;
  /** The scopes that the token was given; null where the reply does not say. */
  grantedScopes(): Promise<readonly string[] | null>;
  /** The budget of requests when it is used up. */
  usedUp(): BudgetError | null;
}

/** Opens a connection; the token is fetched when the first request needs it. */
export function connect(settings: LearnAmpSettings, world: AdapterWorld): Connection {
  let granted: readonly string[] | null = null;
  const answers = createAnswers({ title: TITLE, baseUrl: settings.base_url });
  const authorization = createTokenAuthorization({ fetchToken, now: world.now });
  const http = createHttpClient({
    system: TITLE,
    baseUrl: settings.base_url,
    ...clientOptions(settings),
    authorization,
    world,
  });

  // https://developers.learnamp.com/#authentication: a key limited to named scopes must ask for them; others need not.
  async function fetchToken() {
    const { client_id, client_secret, scopes } = settings;
    const scope = scopes.length > 0 ? scopes.join(' ') : undefined;
    const form = { grant_type: 'client_credentials', client_id, client_secret, scope };
    const request: HttpRequest = { method: 'POST', path: '/oauth/token', form, repeatable: true, authorized: false };
    const answer = await http.request(request).catch((error: unknown) => {
      throw tokenError(error, scopes);
    });
    const token = answers.parsed(tokenSchema, request, answer);
    granted = token.scope?.split(/\s+/).filter((name) => name !== '') ?? null;
    return { token: token.access_token, expiresInSeconds: token.expires_in ?? null };
  }

  async function send(request: HttpRequest, concern: Concern): Promise<HttpAnswer> {
    try {
      return await http.request(request);
    } catch (error) {
      throw translated(error, concern, settings.email_taken_pattern);
    }
  }

  return {
    send,
    ...answers,
    async grantedScopes() {
      await authorization.headers();
      return granted;
    },
    usedUp: () => overBudget(TITLE, http.sent, settings.max_requests_per_run),
  };
}
