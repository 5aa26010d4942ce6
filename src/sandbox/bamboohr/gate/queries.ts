import type { MiddlewareHandler } from 'hono';
import { type Parameters, queryProblem } from '../../queries.js';
import { routeOf } from '../../stand-in.js';
import type { BambooHREnvironment, BambooHRParts } from '../parts.js';
import { refuse } from './errors.js';
import { routes } from './routes.js';

const flags = ['true', 'false'];

/** What each call can be asked for; other calls take no query. */
const QUERIES: Readonly<Record<string, Parameters>> = {
  roster: {
    ...{ 'page[limit]': 'integer', 'page[after]': 'any', 'page[before]': 'any', sort: 'any', fields: 'any' },
    ...{ 'filter[ids]': 'any', 'filter[status]': ['active', 'inactive'], 'filter[firstName]': 'any' },
    ...{ 'filter[lastName]': 'any', 'filter[preferredName]': 'any', 'filter[employeeNumber]': 'any' },
    ...{ 'filter[terminationDate]': 'day', 'filter[originalHireDate]': 'day', 'filter[reportsToId]': 'integer' },
  },
  changed: { since: 'any', type: ['inserted', 'updated', 'deleted'] },
  employee: { fields: 'any', onlyCurrent: flags },
  report: { format: 'any', onlyCurrent: flags },
  dataset_fields: { page: 'integer', page_size: 'integer' },
};

/** Refuses a query that is not as described; whether an undocumented parameter is refused too, the settings say. */
export function holdToQueries({ settings }: BambooHRParts): MiddlewareHandler<BambooHREnvironment> {
  return async (c, next) => {
    const query = new URL(c.req.url).searchParams;
    const allowed = QUERIES[routeOf(routes, c.req.method, c.req.path) ?? ''] ?? {};
    const isJudged = (name: string): boolean => settings.undocumented === 'refuse' || Object.hasOwn(allowed, name);
    const problem = queryProblem(allowed, new URLSearchParams([...query].filter(([name]) => isJudged(name))));
    return problem === null ? next() : refuse(c, settings, 400, { message: problem });
  };
}
