import * as z from 'zod';
import type { AdapterWorld } from '../../http/world.js';
import type { Subscription, WebhookAdmin } from '../webhooks.js';
import { openConnection } from './connection.js';
import { parsed } from './failure.js';
import type { PersonioSettings } from './settings.js';
import { v2Token } from './v2/token.js';

/** The events that can change what hrsync wants. https://developer.personio.de/reference/webhooks.md */
const EVENTS = [
  'person.created',
  'person.updated',
  'person.deleted',
  'employment.created',
  'employment.updated',
  'employment.updated.cost-centers',
  'employment.deleted',
  'employment.started',
  'employment.terminated',
] as const;

const PATH = '/v2/webhooks';
// What Personio calls it is not documented.
const RIGHT = 'webhooks';

const subscriptionSchema = z
  .object({
    id: z.union([z.string().min(1), z.number().transform(String)]),
    url: z.string(),
    status: z.string().optional(),
    enabled_events: z.array(z.string()).default([]),
  })
  .transform(
    ({ id, url, status, enabled_events: events }): Subscription => ({
      id,
      url,
      isEnabled: status === 'ENABLED',
      events,
    }),
  );
// Whether a single one and a list come wrapped, and in what, is not documented.
const oneSchema = z.union([subscriptionSchema, z.object({ data: subscriptionSchema }).transform(({ data }) => data)]);
const listSchema = z.union([
  z.array(subscriptionSchema),
  z.object({ _data: z.array(subscriptionSchema) }).transform(({ _data }) => _data),
  z.object({ data: z.array(subscriptionSchema) }).transform(({ data }) => data),
]);

/** Personio's subscriptions: https://developer.personio.de/reference/post_v2-webhooks. */
export function openWebhooks(settings: PersonioSettings, world: AdapterWorld): WebhookAdmin {
  const { request } = openConnection(settings, world, { token: v2Token(settings), right: RIGHT });

  async function list(): Promise<readonly Subscription[]> {
    return parsed(listSchema, (await request({ method: 'GET', path: PATH })).body, 'the list of webhooks', RIGHT);
  }

  return {
    list,
    async register(url, token) {
      const known = (await list()).find((one) => one.url === url);
      // `token` is sent back verbatim as the Authorization header.
      const json = {
        url,
        description: 'hrsync',
        enabled_events: EVENTS,
        status: 'ENABLED',
        auth_type: 'TOKEN',
        token,
      };
      const { body } =
        known === undefined
          ? await request({ method: 'POST', path: PATH, json })
          : await request({ method: 'PATCH', path: pathOf(known.id), json, repeatable: true });
      return parsed(oneSchema, body, 'the webhook', RIGHT);
    },
    async ping(id) {
      const ping = { method: 'POST', path: `${pathOf(id)}/ping`, json: {}, repeatable: true, accept: [404] } as const;
      return (await request(ping)).status !== 404;
    },
    async remove(id) {
      return (await request({ method: 'DELETE', path: pathOf(id), repeatable: true, accept: [404] })).status !== 404;
    },
  };
}

function pathOf(id: string): string {
  return `${PATH}/${encodeURIComponent(id)}`;
}
