import { Hono } from 'hono';
import type { StandIn, StandInEnvironment } from '../stand-in.js';
import { requireToken, tokenRoute } from './access.js';
import { bulkRoutes } from './bulk-routes.js';
import { customFieldRoutes, customValueRoutes } from './custom-field-routes.js';
import { externalIdRoutes } from './external-id-routes.js';
import { groupRoutes } from './group-routes.js';
import type { Parts, PlatformEnvironment } from './parts.js';
import type { Platform } from './platform.js';
import { holdToQueries } from './queries.js';
import { Refusal } from './refusal.js';
import { routes } from './routes.js';
import type { Learning360Settings } from './settings.js';
import { userRoutes } from './user-routes.js';

/** What the stand-in is made of. */
export interface Learning360Options {
  readonly platform: Platform;
  readonly settings: Learning360Settings;
  readonly now: () => Date;
}

/**
 * Imitates version 2 of 360Learning's public API. What its pages leave open is a setting.
 *
 * Source: 360learning.readme.io, and the OpenAPI files that it is made from.
 */
export function create360Learning({ platform, settings, now }: Learning360Options): StandIn {
  const parts: Parts = { platform, settings, now, tokens: new Map() };
  const app = new Hono<StandInEnvironment>();
  const api = new Hono<PlatformEnvironment>();
  api.use(requireToken(parts), holdToQueries());
  api.route('/users', customValueRoutes(parts));
  api.route('/users', userRoutes(parts));
  api.route('/groups', groupRoutes(parts));
  api.route('/custom-fields', customFieldRoutes(parts));
  api.route('/external-ids', externalIdRoutes(parts));
  api.route('/bulk', bulkRoutes(parts));
  app.route('/', tokenRoute(parts));
  app.route('/api/v2', api);
  app.onError((error, c) => {
    if (error instanceof Refusal) return c.json(error.body, error.status);
    throw error;
  });
  app.notFound((c) => c.json({ error: { code: 'notFound', message: 'No such route' } }, 404));
  return { app, routes, errorBody, revokeTokens: () => parts.tokens.clear() };
}

const ACCESS: Readonly<Record<number, string>> = { 401: 'invalid_token', 429: 'tooManyRequests' };

function errorBody(status: number): unknown {
  return { error: ACCESS[status] ?? { code: 'internalError', message: 'Something went wrong' } };
}
