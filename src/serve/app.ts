import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { InboxEvent } from '../store/inbox.js';
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

/** The largest body that is read, in bytes: deliveries hold ids, no data. */
const LARGEST_BODY = 65_536;
/** Deliveries a second that are taken; Personio comes again after a 503, of Kombo nobody knows. */
const PER_SECOND = 500;

/** The receiver of webhooks, and what monitoring asks for. Nothing that a delivery says is believed but its id. */
export function createApp(receiver: Receiver): Hono {
  const { personio, kombo, metrics, now } = receiver;
  const bucket = new Bucket(PER_SECOND);
  const app = new Hono();
  const answer = (c: Context, sender: Sender, outcome: Outcome) => {
    metrics.add('hrsync_webhooks_total', { sender, outcome });
    receiver.saw(sender, outcome);
    if (outcome === 'busy') c.header('Retry-After', '1');
    const status = STATUS[outcome];
    return status === 204 ? c.body(null, 204) : c.json({ error: outcome }, status);
  };
  const take = async (body: string, read: (body: unknown) => Reading): Promise<Outcome> => {
    if (!bucket.admit(now().getTime())) return 'busy';
    const reading = readingOf(body, read);
    if (typeof reading === 'string') return reading;
    try {
      const isNew = await receiver.keep({ ...reading, receivedAt: now().toISOString() });
      return isNew ? 'kept' : 'repeated';
    } catch {
      return 'unkept';
    }
  };

  app.use('/webhooks/*', bodyLimit({ maxSize: LARGEST_BODY, onError: (c) => answer(c, 'any', 'too_large') }));
  if (personio !== undefined) {
    app.post('/webhooks/personio', async (c) => {
      if (!isSame(c.req.header('Authorization') ?? '', personio.token)) return answer(c, 'personio', 'refused');
      return answer(c, 'personio', await take(await c.req.text(), readPersonioEvent));
    });
  }
  if (kombo !== undefined) {
    app.post('/webhooks/kombo', async (c) => {
      const body = new Uint8Array(await c.req.arrayBuffer());
      const signature = komboSignature(body, kombo.secret);
      if (!isSame(c.req.header('X-Kombo-Signature') ?? '', signature)) return answer(c, 'kombo', 'refused');
      const read = (parsed: unknown) => readKomboEvent(parsed, kombo.integration_id);
      return answer(c, 'kombo', await take(new TextDecoder().decode(body), read));
    });
  }
  app.get('/healthz', async (c) => {
    try {
      return c.json({ status: 'ok', waiting: await receiver.waiting() });
    } catch {
      return c.json({ status: 'the inbox cannot be read' }, 503);
    }
  });
  app.get('/metrics', async (c) => {
    // The other figures matter all the more when the inbox cannot be read.
    const waiting = await receiver.waiting().catch(() => null);
    if (waiting !== null) metrics.set('hrsync_inbox_waiting', waiting);
    return c.text(metrics.text(), 200, { 'Content-Type': 'text/plain; version=0.0.4; charset=utf-8' });
  });
  app.notFound((c) => c.json({ error: 'not found' }, 404));
  // A client that went away half-way, or a body that is no body.
  app.onError((_, c) => c.json({ error: 'bad request' }, 400));
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
  busy: 503,
  unkept: 503,
} as const;

function readingOf(body: string, read: (body: unknown) => Reading): Reading {
  try {
    return read(JSON.parse(body));
  } catch {
    return 'malformed';
  }
}
