import type { MiddlewareHandler } from 'hono';
import { type Parameters, queryProblem } from '../queries.js';
import { type NamedRoute, routeOf, type StandInEnvironment } from '../stand-in.js';
import { refuse } from './errors.js';
import type { KomboSettings } from './settings.js';

// What page size and instants look like is judged where they are read.
const paging: Parameters = { cursor: 'any', page_size: 'any' };
const flags = ['true', 'false'];
const list: Parameters = {
  ...paging,
  updated_after: 'any',
  include_deleted: flags,
  ignore_unsupported_filters: flags,
  ids: 'any',
  remote_ids: 'any',
};
const statuses = ['ACTIVE', 'PENDING', 'INACTIVE', 'LEAVE', ''];

/** What each call can be asked for; other calls take no query. https://api.kombo.dev/openapi.json */
const QUERIES: Readonly<Record<string, Parameters>> = {
  custom_fields: paging,
  integration_fields: paging,
  employees: {
    ...list,
    employment_status: statuses,
    employment_statuses: statuses,
    group_ids: 'any',
    legal_entity_ids: 'any',
    work_location_ids: 'any',
    work_emails: 'any',
    personal_emails: 'any',
    custom_fields: 'any',
  },
  groups: { ...list, types: ['DEPARTMENT', 'TEAM', 'COST_CENTER', 'null', ''], name_contains: 'any' },
  locations: { ...list, name_contains: 'any' },
  legal_entities: { ...list, name_contains: 'any' },
};

/** Refuses a query that is not as described; whether an undocumented parameter is refused too, the settings say. */
export function holdToQueries(
  routes: readonly NamedRoute[],
  settings: KomboSettings,
): MiddlewareHandler<StandInEnvironment> {
  return async (c, next) => {
    const query = new URL(c.req.url).searchParams;
    const allowed = QUERIES[routeOf(routes, c.req.method, c.req.path) ?? ''] ?? {};
    const isJudged = (name: string): boolean => settings.undocumented === 'refuse' || Object.hasOwn(allowed, name);
    const problem = queryProblem(allowed, new URLSearchParams([...query].filter(([name]) => isJudged(name))));
    return problem === null ? next() : refuse(c, 'PLATFORM.INPUT_INVALID', problem);
  };
}
