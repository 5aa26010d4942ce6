import { Hono } from 'hono';
import type { StandIn, StandInEnvironment } from '../stand-in.js';
import { changedEmployees } from './changed.js';
import { datasetReader } from './dataset/dataset.js';
import { datasetFieldsPage } from './dataset/dataset-fields.js';
import { singleEmployee } from './employee.js';
import { limitRequests, refuseAsTold, requireKey } from './gate/access.js';
import { errorBody, refuse } from './gate/errors.js';
import { holdToQueries } from './gate/queries.js';
import { routes } from './gate/routes.js';
import { markAnswers, speakXml } from './gate/wire.js';
import { metadataRoutes } from './meta.js';
import type { BambooHREnvironment, BambooHRParts } from './parts.js';
import { Deletions } from './people/deletions.js';
import { customReport } from './report.js';
import { rosterPage } from './roster/roster.js';
import { webhookRoutes } from './webhooks/routes.js';
import { Webhooks } from './webhooks/webhooks.js';

/** The stand-in, and what it must be told. */
export interface BambooHR extends StandIn {
  /** Call it after every event in HR and every new day: delivers webhooks and records deletions. */
  happened(): void;
  /** Aborts deliveries. */
  stop(): void;
}

/**
 * Imitates BambooHR's API on a made-up company, below `/api`.
 *
 * Sources: documentation.bamboohr.com/docs/getting-started, documentation.bamboohr.com/docs/api-details,
 * documentation.bamboohr.com/docs/webhooks, github.com/BambooHR/bhr-api-python specs/public.yaml.
 */
export function createBambooHR(parts: BambooHRParts): BambooHR {
  const { settings } = parts;
  const deletions = new Deletions(parts);
  // Remembers people who are deleted before the first request.
  deletions.look();
  const webhooks = new Webhooks(parts);
  const app = new Hono<StandInEnvironment>();
  app.route('/api', apiRoutes(parts, deletions, webhooks));
  app.notFound((c) => refuse(c, settings, 404, { message: `There is no ${c.req.path}` }));
  return {
    ...{ app, routes, errorBody: (status, path) => errorBody(status, path), revokeTokens: () => undefined },
    happened: () => {
      deletions.look();
      webhooks.happened();
    },
    stop: () => webhooks.stop(),
  };
}

function apiRoutes(parts: BambooHRParts, deletions: Deletions, webhooks: Webhooks): Hono<BambooHREnvironment> {
  const app = new Hono<BambooHREnvironment>();
  app.use(markAnswers(parts), speakXml(parts), requireKey(parts), limitRequests(parts), refuseAsTold(parts));
  app.use(holdToQueries(parts));
  app.route('/v1', metadataRoutes(parts));
  app.get('/v1/employees', (c) => rosterPage(c, parts));
  app.get('/v1/employees/changed', (c) => changedEmployees(c, parts, deletions));
  app.get('/v1/employees/:id{\\d+}', (c) => singleEmployee(c, Number(c.req.param('id')), parts));
  app.post('/v1/reports/custom', (c) => customReport(c, parts));
  app.post('/v2/datasets/:name/data', datasetReader(parts));
  app.get('/v1_2/datasets/:name/fields', (c) => datasetFieldsPage(c, parts));
  app.route('/v1/webhooks', webhookRoutes(webhooks, parts));
  return app;
}
