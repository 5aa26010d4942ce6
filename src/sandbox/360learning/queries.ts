import type { MiddlewareHandler } from 'hono';
import { type Parameter, type Parameters, queryProblem } from '../queries.js';
import { routeOf } from '../stand-in.js';
import { TARGET_TYPES } from './bodies.js';
import type { PlatformEnvironment } from './parts.js';
import { refuse } from './refusal.js';
import { routes } from './routes.js';

const page: Parameters = { next: 'any' };
const ALL = ['eq', 'ne', 'in', 'nin'] as const;
const KINDS = ['users', 'contents'];

/**
 * What each call can be asked for, and where a value is one of a list, that list; other calls take no query.
 *
 * Source: the vendor's OpenAPI document behind https://360learning.readme.io/reference; operators per field:
 * https://360learning.readme.io/docs/filtering
 */
const QUERIES: Readonly<Record<string, Parameters>> = {
  'users.list': {
    ...page,
    ...filter('mail', ALL),
    ...filter('username', ALL),
    ...filter('status', ['eq', 'ne'], ['active', 'invited', 'deleted']),
  },
  'users.create': { sendInvitationEmail: ['true', 'false'] },
  'customFields.list': {
    ...page,
    ...filter('name', ALL),
    ...filter('targetType', ALL, KINDS),
    ...filter('type', ALL, ['string', 'date']),
  },
  'externalIds.list': {
    ...page,
    ...filter('platform', ALL),
    ...filter('type', ALL, TARGET_TYPES),
    ...filter('value', ALL),
    ...filter('targetId', ALL),
  },
  'groups.list': page,
  'groups.roles': page,
  'managers.list': page,
  'subordinates.list': page,
  'roles.list': page,
  'values.list': page,
  'customFields.choices': page,
  'bulk.list': {
    ...page,
    ...filter('createdAt', ['lt', 'gte']),
    ...filter('status', ['eq']),
    ...filter('type', ['eq']),
  },
  'bulk.results': page,
};

/** Refuses a query that a call does not document. What the real one does with it is not documented either. */
export function holdToQueries(): MiddlewareHandler<PlatformEnvironment> {
  return async (c, next) => {
    const allowed = QUERIES[routeOf(routes, c.req.method, c.req.path) ?? ''] ?? {};
    const problem = queryProblem(allowed, new URL(c.req.url).searchParams);
    if (problem !== null) throw refuse(400, 'invalidInput', problem);
    return next();
  };
}

function filter(field: string, operators: readonly string[], values: Parameter = 'any'): Parameters {
  return Object.fromEntries(operators.map((operator) => [`${field}[${operator}]`, values]));
}
