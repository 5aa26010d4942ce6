import { type Context, Hono } from 'hono';
import type { HrEvent } from '../core/hr-event.js';
import type { EventSender } from '../sources/events.js';
import type { InboxEvent } from '../store/inbox.js';
import { bodyOf } from './body.js';
import { Bucket } from './bucket.js';
import type { Metrics } from './metrics.js';
import type { Outcome } from './outcome.js';

/** What the receiver works with. */
export interface Receiver {
  /** Who may call; a sender that is left out is not known here. */
  readonly senders: readonly EventSender[];
  /** Keeps the events of a delivery durably; false when all of them have come before. Rejects when it cannot keep them. */
  readonly keep: (events: readonly InboxEvent[]) => Promise<boolean>;
  readonly waiting: () => Promise<number>;
  readonly metrics: Metrics;
  /** Hears what becomes of each delivery; `from` is the `type` of a sender, or `any` before that matters. */
  readonly saw: (from: string, outcome: Outcome) => void;
  readonly now: () => Date;
}

/** Deliveries a second that are taken; the others are answered with 503. */
const PER_SECOND = 500;
/** Events that may wait for a run. When nothing drains the inbox, it takes no more: about 20 MB in the state. */
const MOST_WAITING = 100_000;

/** The receiver of webhooks, and what monitoring asks for. Nothing that a delivery says is believed but its id. */
export function createApp(receiver: Receiver): Hono {
  const { senders, metrics, now } = receiver;
  const bucket = new Bucket(PER_SECOND);
  /** False after an event that could not be written down, until one can be. */
  let takes = true;
  const app = new Hono();
  const answer = (c: Context, from: string, outcome: Outcome) => {
    metrics.add('hrsync_webhooks_total', { sender: from, outcome });
    receiver.saw(from, outcome);
    const status = STATUS[outcome];
    if (status === 503) c.header('Retry-After', outcome === 'busy' ? '1' : '60');
    return status === 204 ? c.body(null, 204) : c.json({ error: outcome }, status);
  };
  const take = async (body: Uint8Array, sender: EventSender): Promise<Outcome> => {
    if (!bucket.admit(now().getTime())) return 'busy';
    const events = eventsIn(body, sender);
    if (events === 'malformed') return events;
    if (events.length === 0) return 'ignored';
    try {
      if ((await receiver.waiting()) >= MOST_WAITING) return 'full';
      const receivedAt = now().toISOString();
      const isNew = await receiver.keep(events.map((event) => ({ ...event, receivedAt })));
      takes = true;
      return isNew ? 'kept' : 'repeated';
    } catch {
      takes = false;
      return 'unkept';
    }
  };
  const only = (path: string, ...methods: readonly string[]) =>
    app.all(path, (c) => c.json({ error: 'method not allowed' }, 405, { Allow: methods.join(', ') }));

  metrics.set('hrsync_inbox_limit', MOST_WAITING);
  for (const sender of senders) {
    const { type, settings } = sender;
    const { proof } = sender.events;
    app.post(`/webhooks/${type}`, async (c) => {
      const { headers } = c.req.raw;
      if (proof.by === 'headers' && !proof.holds({ headers, now: now() }, settings)) return answer(c, type, 'refused');
      const body = await bodyOf(c.req.raw);
      if (typeof body === 'string') return answer(c, 'any', body);
      if (proof.by === 'body' && !proof.holds({ headers, body, now: now() }, settings))
        return answer(c, type, 'refused');
      return answer(c, type, await take(body, sender));
    });
    only(`/webhooks/${type}`, 'POST');
  }
  app.get('/healthz', async (c) => {
    const waiting = await receiver.waiting().catch(() => null);
    if (waiting === null) return c.json({ status: 'the inbox cannot be read' }, 503);
    if (waiting >= MOST_WAITING) return c.json({ status: 'the inbox is full', waiting }, 503);
    if (!takes) return c.json({ status: 'the last event could not be written down', waiting }, 503);
    return c.json({ status: 'ok', waiting });
  });
  only('/healthz', 'GET', 'HEAD');
  app.get('/metrics', async (c) => {
    // The other figures are wanted most when the inbox cannot be read.
    metrics.set('hrsync_inbox_waiting', await receiver.waiting().catch(() => Number.NaN));
    return c.text(metrics.text(), 200, { 'Content-Type': 'text/plain; version=0.0.4; charset=utf-8' });
  });
  only('/metrics', 'GET', 'HEAD');
  app.notFound((c) => c.json({ error: 'not found' }, 404));
  app.onError((_, c) => {
    // A caller that went away half-way.
    if (c.req.raw.signal.aborted) return c.json({ error: 'bad request' }, 400);
    metrics.add('hrsync_errors_total', { where: 'door' });
    return c.json({ error: 'unexpected' }, 500);
  });
  return app;
}

// 5xx where the sender shall come again: after a 4xx most do not.
const STATUS = {
  kept: 204,
  repeated: 204,
  ignored: 204,
  malformed: 400,
  refused: 401,
  too_large: 413,
  cut_off: 400,
  busy: 503,
  full: 503,
  unkept: 503,
} as const;

function eventsIn(body: Uint8Array, { events, settings }: EventSender): readonly HrEvent[] | 'malformed' {
  try {
    return events.read(JSON.parse(new TextDecoder().decode(body)), settings);
  } catch {
    return 'malformed';
  }
}
