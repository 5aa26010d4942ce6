import { Hono } from 'hono';
import type { StandIn, StandInEnvironment } from '../stand-in.js';
import { gate } from './gate.js';
import { groupRoutes } from './groups.js';
import { inviteRoutes } from './invites.js';
import type { LearnUponParts } from './parts.js';
import { Refusal } from './refusal.js';
import { routes } from './routes.js';
import { userRoutes } from './users.js';

/**
 * Imitates LearnUpon's public REST API. What its pages leave open is a setting.
 *
 * Source: docs.learnupon.com/api, and what public clients of it have written down about live portals.
 */
export function createLearnUpon({ portal, settings, now }: LearnUponParts & { readonly now: () => Date }): StandIn {
  const app = new Hono<StandInEnvironment>();
  const api = new Hono<StandInEnvironment>();
  const parts = { portal, settings };
  api.use(gate(settings, now));
  api.route('/users', userRoutes(parts));
  api.route('/', inviteRoutes(parts));
  api.route('/', groupRoutes(parts));
  app.route('/api/v1', api);
  app.onError((error, c) => {
    if (error instanceof Refusal) return c.json(error.body, error.status);
    throw error;
  });
  app.notFound((c) => c.json(errorBody(404), 404));
  // Keys do not run out; there is nothing to revoke.
  return { app, routes, errorBody, revokeTokens: () => undefined };
}

function errorBody(status: number): object {
  return { response_type: 'ERROR', response_code: status, message: `Request failed with ${status}` };
}
