import { type Context, Hono } from 'hono';
import type { InboxEvent } from '../store/inbox.js';
import { bodyOf } from './body.js';
import { Bucket } from './bucket.js';
import { readKomboEvent } from './kombo-events.js';
import type { Metrics } from './metrics.js';
import type { Outcome, Sender } from './outcome.js';
import { type Reading, readPersonioEvent } from './personio-events.js';
import { isSame, komboSignature } from './proofs.js';

/** What the receiver works with. */
export interface Receiver {
  /** Who may call; a sender that is left out is not known here. */
  readonly personio?: { readonly token: string } | undefined;
  readonly kombo?: { readonly secret: string; readonly integration_id?: string | undefined } | undefined;
  /** Keeps an event durably; false when it has come before. Rejects when it cannot be kept. */
  readonly keep: (event: InboxEvent) => Promise<boolean>;
  readonly waiting: () => Promise<number>;
  readonly metrics: Metrics;
  /** Hears what becomes of each delivery. */
  readonly saw: (sender: Sender, outcome: Outcome) => void;
  readonly now: () => Date;
}

/** Deliveries a second that are taken; Personio comes again after a 503, of Kombo nobody knows. */
const PER_SECOND = 500;
/** Events that may wait for a run. When nothing drains the inbox, it takes no more: about 20 MB in the state. */
const MOST_WAITING = 100_000;

/** The receiver of webhooks, and what monitoring asks for. Nothing that a delivery says is believed but its id. */
export function createApp(receiver: Receiver): Hono {
  const { personio, kombo, metrics, now } = receiver;
  const bucket = new Bucket(PER_SECOND);
  /** False after an event that could not be written down, until one can be. */
  let takes = true;
  const app = new Hono();
  const answer = (c: Context, sender: Sender, outcome: Outcome) => {
    metrics.add('hrsync_webhooks_total', { sender, outcome });
    receiver.saw(sender, outcome);
    const status = STATUS[outcome];
    if (status === 503) c.header('Retry-After', outcome === 'busy' ? '1' : '60');
    return status === 204 ? c.body(null, 204) : c.json({ error: outcome }, status);
  };
  const take = async (body: string, read: (body: unknown) => Reading): Promise<Outcome> => {
    if (!bucket.admit(now().getTime())) return 'busy';
    const reading = readingOf(body, read);
    if (typeof reading === 'string') return reading;
    try {
      if ((await receiver.waiting()) >= MOST_WAITING) return 'full';
      const isNew = await receiver.keep({ ...reading, receivedAt: now().toISOString() });
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
  if (personio !== undefined) {
    app.post('/webhooks/personio', async (c) => {
      if (!isSame(c.req.header('Authorization') ?? '', personio.token)) return answer(c, 'personio', 'refused');
      const body = await bodyOf(c.req.raw);
      if (typeof body === 'string') return answer(c, 'any', body);
      return answer(c, 'personio', await take(textOf(body), readPersonioEvent));
    });
    only('/webhooks/personio', 'POST');
  }
  if (kombo !== undefined) {
    app.post('/webhooks/kombo', async (c) => {
      const body = await bodyOf(c.req.raw);
      if (typeof body === 'string') return answer(c, 'any', body);
      const signature = komboSignature(body, kombo.secret);
      if (!isSame(c.req.header('X-Kombo-Signature') ?? '', signature)) return answer(c, 'kombo', 'refused');
      const read = (parsed: unknown) => readKomboEvent(parsed, kombo.integration_id);
      return answer(c, 'kombo', await take(textOf(body), read));
    });
    only('/webhooks/kombo', 'POST');
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

// 5xx where the sender shall come again: Personio does not after a 4xx.
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

function textOf(body: Uint8Array): string {
  return new TextDecoder().decode(body);
}

function readingOf(body: string, read: (body: unknown) => Reading): Reading {
  try {
    return read(JSON.parse(body));
  } catch {
    return 'malformed';
  }
}
