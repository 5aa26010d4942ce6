import { Hono } from 'hono';
import { createApp, type Metrics } from '../serve/index.js';
import type { EventSender } from '../sources/events.js';
import type { DoorBook, Overview } from '../store/fleet.js';
import { fleetMetrics } from './metrics.js';

/** Who may send webhooks for a connector; null where there is no such connector. */
export type Senders = (connector: string) => Promise<readonly EventSender[] | null>;

/** What the door of a fleet works with. */
export interface Door {
  readonly store: DoorBook & Overview & { now(): Promise<Date> };
  readonly senders: Senders;
  readonly metrics: Metrics;
  readonly saw: Parameters<typeof createApp>[0]['saw'];
  readonly now: () => Date;
}

/** Apps of connectors kept in memory; more are made anew when they are needed. */
const MOST = 1_000;

/** The door of a fleet: `/webhooks/NAME/TYPE`, checked with the secrets of the connector, and what monitoring asks for. */
export function createFleetApp({ store, senders, metrics, saw, now }: Door): Hono {
  const doors = new Map<string, { readonly senders: readonly EventSender[]; readonly app: Hono }>();
  const doorOf = (name: string, known: readonly EventSender[]): Hono => {
    const held = doors.get(name);
    if (held?.senders === known) return held.app;
    if (doors.size >= MOST) doors.clear();
    const app = createApp({
      senders: known,
      keep: (events) => store.takeIn(name, events),
      waiting: () => store.countWaiting(name),
      ...{ metrics, saw, now },
    });
    doors.set(name, { senders: known, app });
    return app;
  };
  const app = new Hono();
  app.all('/webhooks/:name/:type', async (c) => {
    const { name, type } = c.req.param();
    let known: readonly EventSender[] | null;
    try {
      known = /^[A-Za-z0-9_-]{1,64}$/.test(name) ? await senders(name) : null;
    } catch {
      metrics.add('hrsync_errors_total', { where: 'door' });
      return c.json({ error: 'unready' }, 503, { 'Retry-After': '60' });
    }
    if (known === null || !known.some((sender) => sender.type === type)) return c.json({ error: 'not found' }, 404);
    return doorOf(name, known).fetch(new Request(new URL(`/webhooks/${type}`, c.req.url), c.req.raw));
  });
  app.get('/healthz', async (c) => {
    const isThere = await store.now().then(
      () => true,
      () => false,
    );
    return isThere ? c.json({ status: 'ok' }) : c.json({ status: 'the database cannot be reached' }, 503);
  });
  app.get('/metrics', async (c) => {
    const totals = await store.overview().then(fleetMetrics, () => '');
    const type = 'text/plain; version=0.0.4; charset=utf-8';
    return c.text(`${metrics.text()}${totals}`, 200, { 'Content-Type': type });
  });
  app.notFound((c) => c.json({ error: 'not found' }, 404));
  app.onError((_, c) => {
    metrics.add('hrsync_errors_total', { where: 'door' });
    return c.json({ error: 'unexpected' }, 500);
  });
  return app;
}
