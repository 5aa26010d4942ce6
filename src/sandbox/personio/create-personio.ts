import { type Context, Hono } from 'hono';
import { type Company, findPerson, type Person } from '../company/company.js';
import { shapePage } from '../faults/shape-page.js';
import { withDoubles } from '../oddities.js';
import type { NamedRoute, StandIn, StandInEnvironment } from '../stand-in.js';
import { authRoute, limitEmployees, type PersonioEnvironment, type PersonioParts, requireToken } from './auth.js';
import { changedBetween, employeeJson, readableAttributes, type View } from './employees.js';
import { personioError } from './errors.js';
import { type ListQuery, parseListQuery } from './list-query.js';
import type { PersonioSettings } from './settings.js';
import { TokenBook } from './tokens.js';
import { problem } from './v2/problem.js';
import { v2RouteNames, v2Routes } from './v2/routes.js';
import { v2TokenRoute } from './v2/token.js';
import { type Webhooks, webhookRouteNames } from './webhooks.js';

const routes: readonly NamedRoute[] = [
  { name: 'token', method: 'POST', path: /^\/v1\/auth$/ },
  { name: 'employees', method: 'GET', path: /^\/v1\/company\/employees$/ },
  { name: 'attributes', method: 'GET', path: /^\/v1\/company\/employees\/(custom-)?attributes$/ },
  { name: 'employee', method: 'GET', path: /^\/v1\/company\/employees\/[^/]+$/ },
  ...webhookRouteNames,
  ...v2RouteNames,
];

/** What the stand-in is made of. */
export interface PersonioOptions {
  readonly company: Company;
  readonly settings: PersonioSettings;
  readonly now: () => Date;
  readonly webhooks: Webhooks;
}

/**
 * Imitates Personio's v1 and v2 APIs on a made-up company. A token of one is good for the other too.
 *
 * Sources: developer.personio.de/reference/auth, developer.personio.de/reference/get_company-employees,
 * developer.personio.de/docs/pagination-adoption-guide-for-v1-get-employees-endpoint,
 * developer.personio.de/changelog/rate-limits-on-get-employees-endpoint-may-6-2024.
 */
export function createPersonio({ company, settings, now, webhooks }: PersonioOptions): StandIn {
  const tokens = new TokenBook(settings, now);
  const parts = { settings, tokens, now };
  const app = new Hono<StandInEnvironment>();
  app.route('/', authRoute(parts));
  app.route('/v1/company/employees', employeeRoutes(company, parts));
  app.route('/', v2TokenRoute(parts));
  app.route('/v2/webhooks', webhooks.routes(parts));
  app.route('/v2', v2Routes(company, parts));
  app.notFound((c) => c.json(personioError(404), 404));
  const errorBody = (status: number, path: string) =>
    path.startsWith('/v2/') ? problem(status) : personioError(status);
  return { app, routes, errorBody, revokeTokens: () => tokens.revokeAll() };
}

function employeeRoutes(company: Company, parts: PersonioParts): Hono<PersonioEnvironment> {
  const { settings, now } = parts;
  let turn = 0;
  const viewFor = (c: Context<PersonioEnvironment>, wanted: ListQuery['attributes']): View => {
    turn += 1;
    const readable = readableBy(c, company);
    const attributes = readable.filter(({ key }) => key === 'id' || wanted === null || wanted.has(key));
    return { company, attributes, supervisorDetails: settings.supervisorDetails, oddities: settings, turn };
  };
  const app = new Hono<PersonioEnvironment>();
  app.use(requireToken(parts), limitEmployees(parts));

  app.get('/', (c) => {
    const query = parseListQuery(new URL(c.req.url).searchParams, settings);
    if ('problem' in query) return c.json(personioError(400, query.problem), 400);
    const { limit, offset } = query;
    const view = viewFor(c, query.attributes);
    const { rows, total } = shapePage(
      withDoubles(select(view, query, settings, now()), settings),
      query,
      c.env.dataFaults,
    );
    const echo = settings.echoesPagingAsText ? { offset: String(offset), limit: String(limit) } : { offset, limit };
    return c.json({
      success: true,
      metadata: {
        total_elements: total,
        current_page: Math.floor(offset / limit),
        total_pages: Math.ceil(total / limit),
      },
      ...echo,
      data: rows.map((person) => employeeJson(person, view)),
    });
  });

  for (const path of ['/attributes', '/custom-attributes']) {
    app.get(path, (c) =>
      c.json({
        success: true,
        data: readableBy(c, company).map(({ key, label, type, universalId, options }) => ({
          key,
          label,
          type,
          universal_id: universalId,
          options,
        })),
      }),
    );
  }

  app.get('/:id', (c) => {
    const person = findPerson(company, Number(c.req.param('id')));
    if (person === null) return c.json(personioError(404), 404);
    return c.json({ success: true, data: employeeJson(person, viewFor(c, null)) });
  });
  return app;
}

function readableBy(c: Context<PersonioEnvironment>, company: Company): View['attributes'] {
  const lost = c.env.dataFaults.flatMap((fault) => (fault.kind === 'lost_attribute' ? fault.attributes : []));
  return readableAttributes(company, c.var.credential.readable, new Set(lost));
}

function select(
  { company, attributes }: View,
  { email, updatedSince }: ListQuery,
  { updatedSinceLagSeconds }: PersonioSettings,
  now: Date,
): readonly Person[] {
  if (updatedSince !== null) {
    const until = new Date(now.getTime() - updatedSinceLagSeconds * 1000).toISOString();
    return changedBetween(company.people, attributes, updatedSince, until);
  }
  return email === null ? company.people : company.people.filter((person) => person.email === email);
}
