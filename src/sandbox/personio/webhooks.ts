import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { type Context, Hono } from 'hono';
import * as z from 'zod';
import type { CompanyEvent } from '../company/events.js';
import type { NamedRoute } from '../stand-in.js';
import type { PersonioEnvironment, PersonioParts } from './auth.js';
import { listPage } from './v2/cursor.js';
import { problem, problemResponse } from './v2/problem.js';
import { requireV2Token } from './v2/token.js';

/** The routes of subscriptions, as faults and request logs call them. */
export const webhookRouteNames: readonly NamedRoute[] = [
  { name: 'webhooks', method: 'GET', path: /^\/v2\/webhooks$/ },
  { name: 'webhooks.create', method: 'POST', path: /^\/v2\/webhooks$/ },
  { name: 'webhooks.change', method: 'PATCH', path: /^\/v2\/webhooks\/[^/]+$/ },
  { name: 'webhooks.delete', method: 'DELETE', path: /^\/v2\/webhooks\/[^/]+$/ },
  { name: 'webhooks.ping', method: 'POST', path: /^\/v2\/webhooks\/[^/]+\/ping$/ },
];

/** Every event that can be asked for. https://developer.personio.de/reference/webhooks.md */
const KNOWN = new RegExp(
  `^(${[
    'person\\.(created|updated|deleted)',
    'employment\\.(created|updated|updated\\.cost-centers|deleted|started|terminated)',
    'absence-period\\.(created|updated\\.status|updated\\.timerange|deleted)',
    'attendance-period\\.(created|updated|deleted)',
    'document\\.(created|updated|deleted|signed)',
    'ping',
  ].join('|')})$`,
);

const subscriptionSchema = z.strictObject({
  // Over plain http only to this machine, where the stand-in is at home.
  url: z.string().regex(/^(https:\/\/|http:\/\/(localhost|127\.0\.0\.1)[:/])/),
  description: z.string().optional(),
  enabled_events: z.array(z.string().regex(KNOWN)).min(1),
  status: z.enum(['ENABLED', 'DISABLED']).default('DISABLED'),
  auth_type: z.enum(['TOKEN', 'NONE', 'CUSTOM']).default('TOKEN'),
  token: z.string().min(1).optional(),
  custom_headers: z
    .record(z.string(), z.string())
    .refine((headers) => Object.keys(headers).length <= 3, 'at most three')
    .optional(),
});

/** What can be changed; what is not named stays. */
const changeSchema = z.strictObject({
  url: subscriptionSchema.shape.url.optional(),
  description: z.string().optional(),
  enabled_events: subscriptionSchema.shape.enabled_events.optional(),
  status: z.enum(['ENABLED', 'DISABLED']).optional(),
  auth_type: z.enum(['TOKEN', 'NONE', 'CUSTOM']).optional(),
  token: z.string().min(1).optional(),
  custom_headers: subscriptionSchema.shape.custom_headers,
});

type Subscription = z.output<typeof subscriptionSchema> & { readonly id: string };

const TRIES = 5;
const ANSWER_WITHIN = 3_000;

/** Subscriptions of the stand-in, and the deliveries to them: ids without data, in no order that could be relied on. */
export class Webhooks {
  readonly #subscriptions = new Map<string, Subscription>();
  readonly #stop = new AbortController();

  constructor(private readonly now: () => Date) {}

  /** Tells every subscriber what an event in HR comes to, some time soon. */
  happened(event: CompanyEvent, person: number | null): void {
    for (const [name, id] of namesOf(event, person)) {
      const payload = { person: { id: String(id) } };
      for (const one of this.#subscriptions.values()) {
        if (one.status === 'ENABLED' && one.enabled_events.includes(name)) void this.#deliver(one, name, payload);
      }
    }
  }

  stop(): void {
    this.#stop.abort();
  }

  /** `/v2/webhooks`. https://developer.personio.de/reference/post_v2-webhooks */
  routes(parts: PersonioParts): Hono<PersonioEnvironment> {
    const { settings } = parts;
    const app = new Hono<PersonioEnvironment>();
    app.use(requireV2Token(parts));
    const answered = (c: Context, subscription: Subscription, status: 200 | 201): Response => {
      if (settings.webhookAnswers === 'no_content') return c.body(null, 204);
      const json = shown(subscription);
      return c.json(settings.webhookAnswers === 'under_data' ? { _data: json } : json, status);
    };
    app.get('/', (c) => {
      const most = settings.webhooksPerPage;
      const list = { url: new URL(c.req.url), settings, faults: c.env.dataFaults };
      const isKnown = [...list.url.searchParams.keys()].every((key) => key === 'limit' || key === 'cursor');
      const page = isKnown
        ? listPage(
            { ...list, defaultLimit: 100, largestLimit: 200, most },
            () => [...this.#subscriptions.values()],
            shown,
          )
        : null;
      return page === null ? problemResponse(400) : c.json(page);
    });
    app.post('/', async (c) => {
      const read = subscriptionSchema.safeParse(await jsonOf(c));
      if (!read.success) return problemResponse(422, problem(400, z.prettifyError(read.error)));
      if ([...this.#subscriptions.values()].some(({ url }) => url === read.data.url)) return problemResponse(409);
      const subscription = { ...read.data, id: randomUUID() };
      this.#subscriptions.set(subscription.id, subscription);
      return answered(c, subscription, 201);
    });
    app.patch('/:id', async (c) => {
      const known = this.#subscriptions.get(c.req.param('id'));
      if (known === undefined) return problemResponse(404);
      const read = changeSchema.safeParse(await jsonOf(c));
      if (!read.success) return problemResponse(422, problem(400, z.prettifyError(read.error)));
      const given = Object.fromEntries(Object.entries(read.data).filter(([, value]) => value !== undefined));
      const changed = { ...known, ...given };
      this.#subscriptions.set(known.id, changed);
      return answered(c, changed, 200);
    });
    app.delete('/:id', (c) =>
      this.#subscriptions.delete(c.req.param('id')) ? c.body(null, 204) : problemResponse(404),
    );
    app.post('/:id/ping', async (c) => {
      const known = this.#subscriptions.get(c.req.param('id'));
      if (known === undefined) return problemResponse(404);
      // No body is documented for this call, not even an empty object.
      if ((await c.req.text()) !== '') return problemResponse(400);
      void this.#deliver(known, 'ping', {});
      return c.body(null, 200);
    });
    return app;
  }

  // Again after a timeout and after a 5xx but 501, never after a 4xx; redirects are not followed. The waits are shortened.
  async #deliver({ url, auth_type, token }: Subscription, name: string, payload: object): Promise<void> {
    const body = JSON.stringify({ company_id: '1', event_name: name, occurred_at: this.now().toISOString(), payload });
    const headers = {
      'Content-Type': 'application/json',
      ...(auth_type === 'TOKEN' && token !== undefined && { Authorization: token }),
    };
    for (let attempt = 1; attempt <= TRIES && !this.#stop.signal.aborted; attempt += 1) {
      const signal = AbortSignal.any([this.#stop.signal, AbortSignal.timeout(ANSWER_WITHIN)]);
      const request = fetch(url, { method: 'POST', body, headers, redirect: 'manual', signal });
      const status = await request.then((answer) => answer.status).catch(() => 504);
      if (status < 500 || status === 501) return;
      await wait(100 * 2 ** attempt, undefined, { signal: this.#stop.signal }).catch(() => undefined);
    }
  }
}

/** A JSON body; null for what is none. */
async function jsonOf(c: Context): Promise<unknown> {
  const isJson = /^application\/json\b/.test(c.req.header('Content-Type') ?? '');
  return isJson ? c.req.json().catch(() => null) : null;
}

function shown({ token: _, ...subscription }: Subscription): object {
  return subscription;
}

/** What Personio sends for something that happens: nothing for a renamed unit, and nothing that says what changed. */
function namesOf(event: CompanyEvent, person: number | null): readonly (readonly [string, number])[] {
  switch (event.kind) {
    case 'hire':
      return person === null ? [] : both('created', person);
    case 'rehire':
      return [['person.updated', event.person], ...(person === null ? [] : both('created', person))];
    case 'delete':
      return [['person.deleted', event.person]];
    case 'withdraw_hire':
      return [[person === null ? 'person.deleted' : 'employment.updated', event.person]];
    case 'swap_emails':
      return [
        ['person.updated', event.with],
        ['person.updated', event.person],
      ];
    case 'change_name':
    case 'change_email':
    case 'set_custom':
      return [['person.updated', event.person]];
    case 'rename_department':
    case 'rename_unit':
      return [];
    default:
      return [['employment.updated', event.person]];
  }
}

function both(what: string, person: number): readonly (readonly [string, number])[] {
  return [
    [`employment.${what}`, person],
    [`person.${what}`, person],
  ];
}
