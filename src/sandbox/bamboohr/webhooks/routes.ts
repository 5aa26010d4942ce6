import { type Context, Hono } from 'hono';
import { misfitsOf } from '../../misfit.js';
import { RateLimiter } from '../../rate-limit.js';
import { refuse } from '../gate/errors.js';
import { isJson } from '../gate/wire.js';
import type { BambooHREnvironment, BambooHRParts } from '../parts.js';
import { sightOf } from '../people/sight.js';
import { monitorable, shownWebhook, webhookSchema } from './subscription.js';
import type { Webhooks } from './webhooks.js';

type Asked = Context<BambooHREnvironment>;

/**
 * `/v1/webhooks`.
 *
 * Sources: documentation.bamboohr.com/docs/permissioned-webhooks, github.com/BambooHR/bhr-api-python specs/public.yaml.
 */
export function webhookRoutes(webhooks: Webhooks, parts: BambooHRParts): Hono<BambooHREnvironment> {
  const { settings, now } = parts;
  const logLimiter = new RateLimiter();
  const unknown = (c: Asked): Response => refuse(c, settings, 404, { message: 'There is no such webhook' });
  const found = (c: Asked) => webhooks.find(Number(c.req.param('id')), c.var.key);
  const app = new Hono<BambooHREnvironment>();
  app.get('/monitor_fields', (c) => {
    const fields = monitorable(parts, sightOf(c.var.key));
    return c.json({ fields: fields.map(({ id, name, alias }) => ({ id, name, alias })) });
  });
  app.get('/', (c) => c.json({ webhooks: webhooks.of(c.var.key).map(shownWebhook) }));
  app.post('/', async (c) => {
    const body = await webhookIn(c, parts);
    if (body instanceof Response) return body;
    const { privateKey, ...made } = webhooks.add(body, c.var.key);
    return c.json({ ...shownWebhook({ ...made, privateKey }), privateKey }, 201);
  });
  app.get('/:id{\\d+}', (c) => {
    const webhook = found(c);
    return webhook === null ? unknown(c) : c.json(shownWebhook(webhook));
  });
  // Everything is replaced: what is left out gets its default.
  app.put('/:id{\\d+}', async (c) => {
    const webhook = found(c);
    if (webhook === null) return unknown(c);
    const body = await webhookIn(c, parts);
    if (body instanceof Response) return body;
    const changed = { ...webhook, ...body };
    webhooks.replace(changed);
    return c.json(shownWebhook(changed));
  });
  app.delete('/:id{\\d+}', (c) => {
    const webhook = found(c);
    if (webhook === null) return unknown(c);
    webhooks.remove(webhook);
    return c.body(null, 204);
  });
  app.get('/:id{\\d+}/log', (c) => {
    const webhook = found(c);
    if (webhook === null) return unknown(c);
    const requests = settings.webhookLogsPerMinute;
    if (requests !== null && !logLimiter.admit({ requests, seconds: 60 }, now().getTime())) {
      // The status of the answer itself stays 200.
      return c.json({ status: 429, error: 'Too many requests' });
    }
    return c.json(webhooks.attempts(webhook));
  });
  return app;
}

/** The webhook in a body; a refusal where it is not as described, or watches what may not be seen. */
async function webhookIn(c: Asked, parts: BambooHRParts) {
  const { settings } = parts;
  if (!isJson(c.req.header('Content-Type'))) {
    return refuse(c, settings, 400, { message: 'The body must be application/json' });
  }
  const body: unknown = await c.req.json().catch(() => null);
  const [misfit] = misfitsOf(webhookSchema, body);
  if (misfit !== undefined) return refuse(c, settings, 400, { message: `${misfit.at}: ${misfit.message}` });
  const webhook = webhookSchema.parse(body);
  const allowed = new Set(monitorable(parts, sightOf(c.var.key)).map(({ alias }) => alias));
  const fields = [...webhook.monitorFields, ...Object.keys(webhook.postFields)].filter((alias) => !allowed.has(alias));
  if (fields.length === 0) return webhook;
  const message = `Unknown or forbidden fields: ${fields.join(', ')}`;
  return refuse(c, settings, 403, { message, details: { fields } });
}
