import { Hono } from 'hono';
import type { StandIn, StandInEnvironment } from '../stand-in.js';
import type { Academy } from './academy.js';
import type { LearnAmpEnvironment } from './environment.js';
import { requireToken, type Tokens, tokenRoute } from './oauth.js';
import { holdToQueries } from './queries.js';
import { Refusal } from './refusal.js';
import { routes } from './routes.js';
import type { LearnAmpSettings } from './settings.js';
import { teamRoutes } from './teams.js';
import { userRoutes } from './users.js';

/** What the stand-in is made of. */
export interface LearnAmpOptions {
  readonly academy: Academy;
  readonly settings: LearnAmpSettings;
  readonly now: () => Date;
}

/**
 * Imitates Learn Amp's public REST API. What its pages leave open is a setting.
 *
 * Source: developers.learnamp.com; for the effects of a deactivation, the help centre's page 1793490958.
 */
export function createLearnAmp({ academy, settings, now }: LearnAmpOptions): StandIn {
  const tokens: Tokens = new Map();
  const oauth = { settings, tokens, now };
  const app = new Hono<StandInEnvironment>({ getPath: pathWithoutFormat });
  const resources = new Hono<LearnAmpEnvironment>();
  resources.use(requireToken(oauth), holdToQueries(settings));
  resources.route('/users', userRoutes({ academy, settings }));
  resources.route('/teams', teamRoutes({ academy, settings }));
  app.route('/', tokenRoute(oauth));
  app.route('/v1', resources);
  app.onError((error, c) => {
    if (error instanceof Refusal) return c.json(error.body, error.status);
    throw error;
  });
  app.notFound((c) => c.json({ error: 'Not found' }, 404));
  return { app, routes, errorBody, revokeTokens: () => tokens.clear() };
}

/** Paths of resources may end in `.json`, as those in answers do. */
function pathWithoutFormat(request: Request): string {
  const [, path = '/'] = /^https?:\/\/[^/?#]+([^?#]*)/.exec(request.url) ?? [];
  return path.replace(/^(\/v1\/(?:users|teams)(?:\/\d+)?(?:\/users(?:\/\d+)?)?)\.json$/, '$1');
}

const messages: Readonly<Record<number, string>> = {
  401: 'The access token is invalid',
  403: 'Forbidden',
  404: 'Not found',
  406: 'Not acceptable',
  410: 'Gone',
  429: 'Too many requests',
  503: 'Service unavailable',
};

function errorBody(status: number): unknown {
  return { error: messages[status] ?? 'Internal server error' };
}
