import { Hono } from 'hono';
import * as z from 'zod';
import type { Company } from '../company/company.js';
import type { NamedRoute, StandIn, StandInEnvironment } from '../stand-in.js';
import { limitRequests, requireIntegration, requireKey, unknownIntegration } from './access.js';
import { coverageOf } from './coverage.js';
import { errorOf, komboError, refuse } from './errors.js';
import { komboId } from './ids.js';
import { customFieldRows, integrationFieldRows, integrationJson } from './integration.js';
import { employeeList, groupList, type Listed, legalEntityList, listOfRows, listPage, locationList } from './lists.js';
import { Mirror } from './mirror.js';
import { holdToQueries } from './queries.js';
import type { KomboSettings } from './settings.js';

const routes: readonly NamedRoute[] = [
  { name: 'check_api_key', method: 'GET', path: /^\/v1\/check-api-key$/ },
  { name: 'integration', method: 'GET', path: /^\/v1\/integrations\/[^/]+$/ },
  { name: 'custom_fields', method: 'GET', path: /^\/v1\/integrations\/[^/]+\/custom-fields$/ },
  { name: 'integration_fields', method: 'GET', path: /^\/v1\/integrations\/[^/]+\/integration-fields$/ },
  { name: 'employees', method: 'GET', path: /^\/v1\/hris\/employees$/ },
  { name: 'groups', method: 'GET', path: /^\/v1\/hris\/(groups|teams)$/ },
  { name: 'locations', method: 'GET', path: /^\/v1\/hris\/locations$/ },
  { name: 'legal_entities', method: 'GET', path: /^\/v1\/hris\/legal-entities$/ },
  { name: 'force_sync', method: 'POST', path: /^\/v1\/force-sync$/ },
];

/** https://docs.kombo.dev/v1/post-force-sync */
const syncSchema = z.strictObject({ type: z.enum(['FULL', 'DELTA']).default('FULL') });

/** What the stand-in is made of. */
export interface KomboOptions {
  readonly company: Company;
  readonly settings: KomboSettings;
  readonly now: () => Date;
}

/**
 * Imitates Kombo's unified HRIS API on a made-up company.
 *
 * Sources: api.kombo.dev/openapi.json, docs.kombo.dev/hris/getting-started/querying-api.md, docs.kombo.dev/guides/errors,
 * docs.kombo.dev/hris/guides/integration-states, docs.kombo.dev/lms/features/deletion-policy.md.
 */
export function createKombo({ company, settings, now }: KomboOptions): StandIn {
  const mirror = new Mirror(company, now);
  // What Kombo has copied by now it will remember, whoever leaves before the first call.
  mirror.look();
  const listed = { company, settings, mirror, now };
  const app = new Hono<StandInEnvironment>();
  app.use('/v1/*', requireKey(settings), limitRequests(settings, now), holdToQueries(routes, settings));
  app.get('/v1/check-api-key', (c) => {
    const id = komboId('environment', 'production');
    return c.json({ status: 'success', data: { environment_id: id, customer_id: id } });
  });
  app.route('/v1/integrations', integrationRoutes(listed));
  app.route('/v1/hris', hrisRoutes(listed));
  app.post('/v1/force-sync', requireIntegration(settings), async (c) => {
    // The body may be left out; one that is there must be as described.
    const text = await c.req.text();
    const sent = syncSchema.safeParse(text === '' ? {} : await c.req.json().catch(() => null));
    if (!sent.success) return refuse(c, 'PLATFORM.INPUT_INVALID', 'type must be FULL or DELTA.');
    const sync = komboId('sync', now().toISOString());
    return c.json({ status: 'success', data: { already_queued: true, sync_id: sync, type: sent.data.type } });
  });
  app.notFound((c) => c.json(komboError(null, `There is no ${c.req.path}`), 404));
  return { app, routes, errorBody: errorOf, revokeTokens: () => undefined };
}

function integrationRoutes({ company, settings }: Listed): Hono<StandInEnvironment> {
  const app = new Hono<StandInEnvironment>();
  app.use('/:id/*', async (c, next) => {
    if (c.req.param('id') !== settings.integrationId) return unknownIntegration(c);
    await next();
    return undefined;
  });
  app.get('/:id', (c) => c.json({ status: 'success', data: integrationJson(settings, c.env.dataFaults) }));
  app.get('/:id/custom-fields', (c) =>
    listPage(c, { settings }, () => listOfRows(customFieldRows(settings)), 'next_cursor'),
  );
  app.get('/:id/integration-fields', (c) =>
    listPage(
      c,
      { settings: { ...settings, largestPageSize: 2000 } },
      () => listOfRows(integrationFieldRows(settings, company)),
      'next_cursor',
    ),
  );
  return app;
}

function hrisRoutes(listed: Listed): Hono<StandInEnvironment> {
  const { settings } = listed;
  const app = new Hono<StandInEnvironment>();
  app.use(requireIntegration(settings));
  const offers = (model: string): void => {
    app.use(`/${PATHS[model] ?? model}`, async (c, next) => {
      const { coverage_status: coverage, is_available: isAvailable } = coverageOf(model, settings);
      if (coverage === 'UNSUPPORTED') return refuse(c, 'INTEGRATION.MODEL_NOT_AVAILABLE', `The tool has no ${model}.`);
      if (!isAvailable) return refuse(c, 'INTEGRATION.MODEL_DISABLED', `${model} is switched off.`);
      await next();
      return undefined;
    });
  };
  for (const model of Object.keys(PATHS)) offers(model);
  app.get('/employees', (c) => listPage(c, listed, (query) => employeeList(listed, query, c.env.dataFaults)));
  app.get('/groups', (c) => listPage(c, listed, (query) => groupList(listed, query)));
  app.get('/teams', (c) => listPage(c, listed, (query) => groupList(listed, query)));
  app.get('/locations', (c) => listPage(c, listed, (query) => locationList(listed, query)));
  app.get('/legal-entities', (c) => listPage(c, listed, (query) => legalEntityList(listed, query)));
  return app;
}

const PATHS: Readonly<Record<string, string>> = {
  hris_employees: 'employees',
  hris_teams: 'groups',
  hris_locations: 'locations',
  hris_legal_entities: 'legal-entities',
};
