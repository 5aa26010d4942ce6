import { Hono } from 'hono';
import type { StandIn, StandInEnvironment } from '../stand-in.js';
import { limitRequests, refuseAsTold, requireKey } from './access.js';
import { changedEmployees } from './changed.js';
import { datasetReader } from './dataset/dataset.js';
import { datasetFieldsPage } from './dataset/dataset-fields.js';
import { Deletions } from './deletions.js';
import { singleEmployee } from './employee.js';
import { errorBody, refuse } from './errors.js';
import { metadataRoutes } from './meta.js';
import type { BambooHREnvironment, BambooHRParts } from './parts.js';
import { holdToQueries } from './queries.js';
import { customReport } from './report.js';
import { rosterPage } from './roster/roster.js';
import { routes } from './routes.js';
import { webhookRoutes } from './webhooks/routes.js';
import { Webhooks } from './webhooks/webhooks.js';
import { markAnswers, speakXml } from './wire.js';

/** The stand-in, and what it must be told. */
export interface BambooHR extends StandIn {
  /** Something happened in HR, or a day came: delivers webhooks, and takes down who was deleted. */
  happened(): void;
  /** Gives up deliveries under way. */
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
  // Whoever is deleted before the first request was there all the same.
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
