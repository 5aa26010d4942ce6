import * as z from 'zod';
import { IncompleteReadError, UsageError } from '../../errors.js';
import type { HttpRequest } from '../../http/client.js';
import { AnswerError } from '../../http/errors.js';
import type { AdapterWorld } from '../../http/world.js';
import type { Subscription, WebhookAdmin } from '../webhooks.js';
import { sourceFields } from './catalogue.js';
import { createBamboohrClient } from './client.js';
import { openConnection } from './connection.js';
import { parsed, TITLE } from './failure.js';
import { aliasOf } from './names.js';
import { idSchema } from './schema.js';
import type { BamboohrSettings } from './settings.js';

/** The family of events that brings ids alone. https://documentation.bamboohr.com/docs/event-based-webhooks */
const EVENTS = ['employee.created', 'employee.updated', 'employee.deleted'] as const;

const PATH = '/v1/webhooks';
const RIGHT = 'webhooks';
/** Status of an answer about a webhook that does not exist. */
const NOT_FOUND = 404;

const webhookSchema = z.object({
  id: idSchema,
  url: z.string().nullish().catch(null),
  events: z.array(z.string()).optional().catch(undefined),
  privateKey: z.string().min(1).optional().catch(undefined),
});
const listSchema = z.object({ webhooks: z.array(webhookSchema) });
const monitoredSchema = z.object({ fields: z.array(z.object({ alias: z.string().nullish().catch(null) })) });

/** The subscriptions that the key's user owns: https://documentation.bamboohr.com/docs/permissioned-webhooks. */
export function openWebhooks(settings: BamboohrSettings, world: AdapterWorld): WebhookAdmin {
  const connection = openConnection(settings, world);
  const ask = (request: HttpRequest) => connection.request(request, RIGHT);
  const get = async (path: string) => (await ask({ method: 'GET', path })).body;

  async function list(): Promise<readonly Subscription[]> {
    const { webhooks } = parsed(listSchema, await get(PATH), 'the list of webhooks');
    const all: Subscription[] = [];
    // The list is documented to leave events out.
    for (const one of webhooks) {
      const whole = one.events === undefined ? parsed(webhookSchema, await get(pathOf(one.id)), 'a webhook') : one;
      all.push(subscriptionOf({ ...one, ...whole }));
    }
    return all;
  }

  // A webhook that watches a field which its owner may not see is refused as a whole.
  async function watched(): Promise<readonly string[]> {
    const { fields } = parsed(monitoredSchema, await get(`${PATH}/monitor_fields`), 'the fields that can be watched');
    const readable = await sourceFields(createBamboohrClient(connection));
    const aliases = new Set(readable.map(({ name }) => aliasOf(name)));
    return fields.flatMap(({ alias }) => (alias && aliases.has(alias) ? [alias] : []));
  }

  return {
    list,
    async register(url) {
      const known = (await list()).find((one) => one.url === url);
      const json = { name: 'hrsync', url, format: 'json', monitorFields: await watched(), events: EVENTS };
      // Another PUT does no harm; another POST makes another webhook.
      const request: HttpRequest =
        known === undefined
          ? { method: 'POST', path: PATH, json }
          : { method: 'PUT', path: pathOf(known.id), json, repeatable: true };
      const made = parsed(webhookSchema, (await ask(request)).body, 'the webhook');
      return subscriptionOf({ url, events: [...EVENTS], ...made });
    },
    async ping(id) {
      if (!(await list()).some((one) => one.id === id)) return false;
      throw new UsageError(`${TITLE} sends no pings: change a watched field of somebody to try the webhook`);
    },
    async remove(id) {
      if (!idSchema.safeParse(id).success) return false;
      const removal: HttpRequest = { method: 'DELETE', path: pathOf(id), repeatable: true, accept: [NOT_FOUND] };
      return (await ask(removal).catch(confirmedInWords)).status !== NOT_FOUND;
    },
  };
}

function subscriptionOf({ id, url, events, privateKey }: z.output<typeof webhookSchema>): Subscription {
  const made = { id, url: url ?? '', isEnabled: true, events: events ?? [] };
  return privateKey === undefined ? made : { ...made, secret: { setting: 'private_key', value: privateKey } };
}

// A removal is confirmed by a sentence, which is no JSON. https://documentation.bamboohr.com/reference/delete-webhook
function confirmedInWords(error: unknown): { readonly status: number } {
  const cause = error instanceof IncompleteReadError ? error.cause : null;
  if (!(cause instanceof AnswerError) || cause.status >= 300) throw error;
  return { status: cause.status };
}

function pathOf(id: string): string {
  return `${PATH}/${encodeURIComponent(id)}`;
}
