import { Hono } from 'hono';
import type { StandIn, StandInEnvironment } from '../stand-in.js';
import { gate } from './access.js';
import type { Directory } from './directory.js';
import { discoveryRoutes } from './discovery-routes.js';
import { Cursors } from './list/cursors.js';
import { tokenRoute } from './oauth.js';
import { answer, BASE, type ScimParts } from './parts.js';
import { errorBody, notFound, Refusal } from './refusal.js';
import { resourceRoutes } from './resource-routes.js';
import { routes } from './routes.js';
import type { ScimSettings } from './settings.js';
import { groupCollection } from './write/groups.js';
import { userCollection } from './write/users.js';

/** What the stand-in is made of. */
export interface ScimOptions {
  readonly directory: Directory;
  readonly settings: ScimSettings;
  readonly now: () => Date;
}

/**
 * Imitates a learning platform that is provisioned over SCIM 2.0. By default it is strict; in what real portals differ is a
 * setting.
 *
 * Source: RFC 7643, RFC 7644 and RFC 9865 at https://www.rfc-editor.org
 */
export function createScim({ directory, settings, now }: ScimOptions): StandIn {
  const parts: ScimParts = { directory, settings, now, tokens: new Map(), cursors: new Cursors() };
  const app = new Hono<StandInEnvironment>();
  const api = new Hono<StandInEnvironment>();
  api.use(gate(parts));
  api.use('/Groups/*', async (_, next) => {
    if (!settings.groupsEndpoint) throw notFound('Groups');
    return next();
  });
  api.route('/', discoveryRoutes(parts));
  api.route('/Users', resourceRoutes(userCollection(parts), parts));
  api.route('/Groups', resourceRoutes(groupCollection(parts), parts));
  for (const path of ['/Bulk', '/Me']) {
    api.all(path, () => {
      throw new Refusal(501, null, `${path} is not implemented`);
    });
  }
  app.route('/', tokenRoute(parts));
  app.route(BASE, api);
  app.onError((error, c) => {
    if (!(error instanceof Refusal)) throw error;
    return answer(c, errorBody(error, settings), settings, error.status);
  });
  app.notFound((c) => answer(c, errorBody(notFound(c.req.path), settings), settings, 404));
  return {
    app,
    routes,
    errorBody: (status) => errorBody({ status, scimType: null, message: `The request failed: ${status}` }, settings),
    revokeTokens: () => {
      for (const text of [...parts.tokens.keys(), settings.token]) parts.tokens.set(text, 0);
    },
  };
}
