import type { MiddlewareHandler } from 'hono';
import { type Parameters, queryProblem } from '../queries.js';
import { routeOf } from '../stand-in.js';
import { roles } from './codes.js';
import type { LearnAmpEnvironment } from './environment.js';
import { refuse } from './refusal.js';
import { routes } from './routes.js';
import type { LearnAmpSettings } from './settings.js';

const paging: Parameters = { page: 'integer', perPage: 'integer' };
const span = (name: string): Parameters => ({ [`filters[${name}][from]`]: 'day', [`filters[${name}][to]`]: 'day' });

/** What each call can be asked for; other calls take no query. https://developers.learnamp.com/#users */
const QUERIES: Readonly<Record<string, Parameters>> = {
  'users.list': {
    ...paging,
    expanded: ['true', 'false'],
    'filters[email]': 'any',
    'filters[integration_external_id]': 'any',
    'filters[first_name]': 'any',
    'filters[last_name]': 'any',
    'filters[role]': [...roles, 'owner'],
    'filters[no_team]': ['true', 'false'],
    'filters[team_ids]': 'any',
    'filters[status]': ['not_invited', 'invite_scheduled', 'invite_pending', 'confirmed', 'deactivated'],
    ...span('created_at'),
    ...span('updated_at'),
    ...span('deactivated_at'),
  },
  'teams.list': { ...paging, 'filters[name]': 'any', 'filters[tags]': 'any' },
  'members.list': paging,
};

/** Refuses a query that a call does not document, unless the settings say that it is ignored. */
export function holdToQueries(settings: LearnAmpSettings): MiddlewareHandler<LearnAmpEnvironment> {
  return async (c, next) => {
    const allowed = QUERIES[routeOf(routes, c.req.method, c.req.path) ?? ''] ?? {};
    const problem = queryProblem(allowed, new URL(c.req.url).searchParams);
    if (problem !== null && settings.undocumented === 'refuse') throw refuse(400, problem);
    return next();
  };
}
