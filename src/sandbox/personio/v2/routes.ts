import { type Context, Hono } from 'hono';
import { type Company, findPerson, type Person } from '../../company/company.js';
import { plusDays } from '../../company/days.js';
import { withDoubles } from '../../oddities.js';
import type { NamedRoute } from '../../stand-in.js';
import type { PersonioEnvironment, PersonioParts } from '../auth.js';
import { limitByBuckets } from './buckets.js';
import { type ListRequest, listPage } from './cursor.js';
import { isChanged, peopleFor, refusalOf } from './filters.js';
import { noSuchEndpoint, problemResponse } from './problem.js';
import { requireV2Token } from './token.js';
import { unitRoutes } from './units.js';
import { employmentId, employmentJson, personJson, type V2View } from './view.js';

/** The v2 routes, as faults and request logs call them. */
export const v2RouteNames: readonly NamedRoute[] = [
  { name: 'token', method: 'POST', path: /^\/v2\/auth\/token$/ },
  { name: 'persons', method: 'GET', path: /^\/v2\/persons$/ },
  { name: 'person', method: 'GET', path: /^\/v2\/persons\/[^/]+$/ },
  { name: 'employments', method: 'GET', path: /^\/v2\/persons\/[^/]+\/employments$/ },
  { name: 'org_units', method: 'GET', path: /^\/v2\/org-units$/ },
  { name: 'org_unit', method: 'GET', path: /^\/v2\/org-units\/[^/]+$/ },
  { name: 'legal_entities', method: 'GET', path: /^\/v2\/legal-entities$/ },
  { name: 'legal_entity', method: 'GET', path: /^\/v2\/legal-entities\/[^/]+$/ },
  { name: 'workplaces', method: 'GET', path: /^\/v2\/workplaces$/ },
  { name: 'cost_centers', method: 'GET', path: /^\/v2\/cost-centers$/ },
];

/**
 * Personio's v2 API below `/v2`, but for its token. Each part is an app of its own.
 *
 * Sources: developer.personio.de/reference/get_v2-persons, developer.personio.de/reference/org-units,
 * developer.personio.de/reference/legal-entities.
 */
export function v2Routes(company: Company, parts: PersonioParts): Hono<PersonioEnvironment> {
  const app = new Hono<PersonioEnvironment>();
  app.use(requireV2Token(parts), limitByBuckets(parts));
  app.route('/persons', personRoutes(company, parts));
  app.route('/', unitRoutes(company, parts));
  app.all('*', (c) => problemResponse(404, noSuchEndpoint(c.req.path)));
  return app;
}

function personRoutes(company: Company, { settings, now }: PersonioParts): Hono<PersonioEnvironment> {
  const app = new Hono<PersonioEnvironment>();
  const viewFor = (c: Context<PersonioEnvironment>): V2View => {
    const { readable } = c.var.credential;
    const lost = c.env.dataFaults.flatMap((fault) => (fault.kind === 'lost_attribute' ? fault.attributes : []));
    return {
      company,
      settings,
      origin: new URL(c.req.url).origin,
      mayRead: (key) => (readable === 'all' || readable.includes(key)) && !lost.includes(key),
    };
  };
  const request = (c: Context<PersonioEnvironment>): ListRequest => ({
    url: new URL(c.req.url),
    settings,
    faults: c.env.dataFaults,
    defaultLimit: 10,
    largestLimit: 50,
  });

  const passes = (employment: object, filters: URLSearchParams) => {
    const [id, at]: unknown[] = [Reflect.get(employment, 'id'), Reflect.get(employment, 'updated_at')];
    const isOne = filters.get('id')?.split(',').includes(String(id)) ?? true;
    return isOne && (typeof at !== 'string' || isChanged(at, filters, settings, now()));
  };

  app.get('/', (c) => {
    const refusal = refusalOf('persons', new URL(c.req.url).searchParams);
    if (refusal !== null) return problemResponse(400, refusal);
    const view = viewFor(c);
    const page = listPage(
      request(c),
      (filters) => withDoubles(peopleFor(company, filters, settings, now()), settings),
      (person) => personJson(person, view),
    );
    return page === null ? problemResponse(400) : c.json(page);
  });
  app.get('/:id', (c) => {
    const person = findPerson(company, Number(c.req.param('id')));
    return person === null ? problemResponse(404) : c.json(personJson(person, viewFor(c)));
  });
  app.get('/:id/employments', (c) => {
    const person = findPerson(company, Number(c.req.param('id')));
    if (person === null) return problemResponse(404);
    const refused = settings.unreadableEmployments[person.id];
    if (refused !== undefined) return problemResponse(refused);
    const refusal = refusalOf('employments', new URL(c.req.url).searchParams);
    if (refusal !== null) return problemResponse(400, refusal);
    const list = employmentsOf(person, viewFor(c));
    const page = listPage(
      { ...request(c), nextPath: '/v2/employments' },
      (filters) => list.filter((one) => passes(one, filters)),
      (one) => one,
    );
    return page === null ? problemResponse(400) : c.json(page);
  });
  return app;
}

/** Newest first. */
function employmentsOf(person: Person, view: V2View): readonly object[] {
  const current = employmentJson(person, view);
  if (view.settings.furtherEmployments === 'none' || person.id % 3 !== 0) return [current];
  const start = person.hireDate ?? '2020-01-01';
  if (view.settings.furtherEmployments === 'former') {
    const end = plusDays(start, -30);
    const former = { ...person, hireDate: plusDays(start, -400), terminationDate: end, lastWorkingDay: end };
    const job = { position: 'Trainee', status: 'inactive' } as const;
    return [current, { ...employmentJson({ ...former, ...job }, view), id: employmentId(person.id, 1) }];
  }
  if (person.status === 'inactive') return [current];
  const withdrawn = { ...person, hireDate: plusDays(start, 200), position: 'Withdrawn', status: 'inactive' } as const;
  return [{ ...employmentJson(withdrawn, view), id: employmentId(person.id, 2) }, current];
}
