import * as z from 'zod';
import { IncompleteReadError, UsageError } from '../../errors.js';
import { AnswerError } from '../../http/errors.js';
import type { AdapterWorld } from '../../http/world.js';
import type { Subscription, WebhookAdmin } from '../webhooks.js';
import { openConnection } from './connection.js';
import type { PersonioEventSettings } from './events.js';
import { TITLE } from './failure.js';
import type { PersonioSettings } from './settings.js';
import { readList } from './v2/list.js';
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

// The calls are described on the reference pages alone, https://developer.personio.de/reference/webhooks.md; the OpenAPI files
// that Personio publishes do not hold them.
const PATH = '/v2/webhooks';
/** https://developer.personio.de/v2.0/reference/authentication */
const RIGHT = 'personio:webhooks:read and personio:webhooks:write';

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
// Whether a single one comes wrapped, and in what, is not documented; nor is whether it comes at all.
const oneSchema = z.union([
  subscriptionSchema,
  z.object({ _data: subscriptionSchema }).transform(({ _data }) => _data),
  z.object({ data: subscriptionSchema }).transform(({ data }) => data),
]);
const listSchema = z.union([
  z.array(subscriptionSchema),
  z.object({ _data: z.array(subscriptionSchema) }).transform(({ _data }) => _data),
  z.object({ data: z.array(subscriptionSchema) }).transform(({ data }) => data),
]);

/** The most subscriptions that Personio gives on one page. */
const PAGE_SIZE = 200;

/** Personio's subscriptions: https://developer.personio.de/reference/post_v2-webhooks. */
export function openWebhooks(settings: PersonioSettings, world: AdapterWorld): WebhookAdmin<PersonioEventSettings> {
  const connection = openConnection(settings, world, { token: v2Token(settings), right: RIGHT });
  const { request } = connection;

  async function list(): Promise<readonly Subscription[]> {
    const what = 'the list of webhooks';
    const pages = readList(connection, settings.base_url, {
      ...{ path: PATH, query: {}, limit: PAGE_SIZE, what, right: RIGHT },
      rows: listSchema,
    });
    const all: Subscription[] = [];
    // Each row has the shape of a subscription: the schema of the page says so.
    for await (const rows of pages) all.push(...(rows as readonly Subscription[]));
    return all;
  }

  // Whatever the answer shows of it, the subscription is made: who takes that for a failure makes a second one.
  async function registered(body: unknown, url: string): Promise<Subscription> {
    const shown = oneSchema.safeParse(body);
    const found = shown.success ? shown.data : (await list()).find((one) => one.url === url);
    if (found !== undefined) return found;
    throw new IncompleteReadError(TITLE, ['the webhook was accepted, and the list of webhooks does not hold it']);
  }

  return {
    list,
    async register(url, block) {
      if (block === undefined)
        throw new UsageError('serve.personio.token is not set: without it anybody could send events');
      const known = (await list()).find((one) => one.url === url);
      // `token` is sent back verbatim as the Authorization header.
      const json = {
        url,
        description: 'hrsync',
        enabled_events: EVENTS,
        status: 'ENABLED',
        auth_type: 'TOKEN',
        token: block.token,
      };
      const answer =
        known === undefined
          ? request({ method: 'POST', path: PATH, json })
          : request({ method: 'PATCH', path: pathOf(known.id), json, repeatable: true });
      return registered((await answer.catch(acceptedAnyhow)).body, url);
    },
    async ping(id) {
      const ping = { method: 'POST', path: `${pathOf(id)}/ping`, repeatable: true, accept: [404] } as const;
      return (await request(ping).catch(acceptedAnyhow)).status !== 404;
    },
    async remove(id) {
      return (await request({ method: 'DELETE', path: pathOf(id), repeatable: true, accept: [404] })).status !== 404;
    },
  };
}

// No page shows what these calls are answered with: a success in whatever words is one.
function acceptedAnyhow(error: unknown): { readonly status: number; readonly body: unknown } {
  const cause = error instanceof IncompleteReadError ? error.cause : null;
  if (!(cause instanceof AnswerError) || cause.status >= 300) throw error;
  return { status: cause.status, body: null };
}

function pathOf(id: string): string {
  return `${PATH}/${encodeURIComponent(id)}`;
}
