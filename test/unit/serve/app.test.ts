import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { hmacSha256, isSame } from '../../../src/http/proof.js';
import { createApp } from '../../../src/serve/app.js';
import { Metrics } from '../../../src/serve/metrics.js';
import type { EventSender } from '../../../src/sources/events.js';
import { komboEvents } from '../../../src/sources/kombo/events.js';
import { personioEvents } from '../../../src/sources/personio/events.js';
import type { InboxEvent } from '../../../src/store/inbox.js';

const TOKEN = 'Bearer 0123456789abcdef';
const SECRET = 'kombo secret of length';

// Signs with the time of sending, and tells of several people at once.
const clockSender: EventSender = {
  type: 'clock',
  title: 'Clock HR',
  settings: { key: 'one key' },
  events: {
    settings: z.strictObject({ key: z.string() }),
    proof: {
      by: 'body',
      holds: ({ headers, body, now }) => {
        const at = headers.get('X-Time') ?? '';
        const isFresh = Math.abs(now.getTime() - Number(at) * 1_000) <= 300_000;
        return isFresh && isSame(headers.get('X-Signature') ?? '', hmacSha256([body, at], 'one key', 'hex'));
      },
    },
    refusal: 'its signature was not made with serve.clock.key within 5 minutes',
    read: (body) =>
      z
        .array(z.string())
        .parse(body)
        .map((id) => ({ key: `clock ${id}`, kind: 'person', employeeId: id })),
  },
};

function receiver({ failing = false, waiting = null }: { failing?: boolean; waiting?: (() => number) | null } = {}) {
  let fails = failing;
  const kept: InboxEvent[] = [];
  const metrics = new Metrics();
  const seen: unknown[] = [];
  const app = createApp({
    senders: [
      { type: 'personio', title: 'Personio', events: personioEvents, settings: { token: TOKEN } },
      {
        ...{ type: 'kombo', title: 'Kombo', events: komboEvents },
        settings: { secret: SECRET, integration_id: 'personio:abc' },
      },
      clockSender,
    ],
    keep: async (events) => {
      if (fails) throw new Error('the disk is full');
      const fresh = events.filter((event) => !kept.some(({ key }) => key === event.key));
      kept.push(...fresh);
      return fresh.length > 0;
    },
    waiting: async () => (waiting === null ? kept.length : waiting()),
    metrics,
    saw: (...what) => seen.push(what),
    now: () => new Date('2026-11-24T12:00:00Z'),
  });
  const post = async (path: string, body: string, headers: Record<string, string>) =>
    (await app.request(path, { method: 'POST', body, headers })).status;
  return {
    app,
    kept,
    mend: () => {
      fails = false;
    },
    metrics,
    seen,
    personio: (body: unknown, token = TOKEN) =>
      post('/webhooks/personio', typeof body === 'string' ? body : JSON.stringify(body), { Authorization: token }),
    clock: (body: unknown, at: number) => {
      const text = JSON.stringify(body);
      const signature = createHmac('sha256', 'one key').update(`${text}${at}`).digest('hex');
      return post('/webhooks/clock', text, { 'X-Time': String(at), 'X-Signature': signature });
    },
    kombo: (body: unknown, signature = signed(JSON.stringify(body))) =>
      post('/webhooks/kombo', JSON.stringify(body), { 'X-Kombo-Signature': signature }),
  };
}

const signed = (body: string) => createHmac('sha256', SECRET).update(body).digest('base64url');
const event = (name: string, payload: unknown, at = '2026-11-24T11:59:59Z') => ({
  company_id: '1',
  event_name: name,
  occurred_at: at,
  payload,
});
const changed = (models: readonly string[], id = 'e1') => ({
  id,
  type: 'data-changed',
  data: { integration_id: 'personio:abc', changed_models: models.map((name) => ({ name })) },
});

describe('a delivery of Personio', () => {
  it.for([
    ['person.updated', { person: { id: '7' } }, { kind: 'person', employeeId: '7' }],
    ['person.created', { person_id: 7 }, { kind: 'person', employeeId: '7' }],
    ['person.updated', { id: 7 }, { kind: 'person', employeeId: '7' }],
    ['person.deleted', { person: { id: 7 } }, { kind: 'deleted', employeeId: '7' }],
    ['employment.terminated', { id: 'e9', person: { id: '7' } }, { kind: 'person', employeeId: '7' }],
    ['employment.updated', { employment: { id: 'e9', person: { id: '7' } } }, { kind: 'person', employeeId: '7' }],
    ['employment.updated', { id: 'e9' }, { kind: 'changed', employeeId: null }],
    ['person.updated', { id: '../7' }, { kind: 'changed', employeeId: null }],
    ['person.deleted', 'nonsense', { kind: 'changed', employeeId: null }],
  ] as const)('%s %j is kept before it is acknowledged', async ([name, payload, expected]) => {
    const { personio, kept } = receiver();
    expect(await personio(event(name, payload))).toBe(204);
    expect(kept).toMatchObject([expected]);
  });

  it('is kept once, however often it comes; another event of the same person is another', async () => {
    const { personio, kept } = receiver();
    const once = event('person.updated', { id: '7' });
    for (const attempt of [1, 2, 3]) expect(await personio({ ...once, meta: { attempt } })).toBe(204);
    await personio(event('person.updated', { id: '7' }, '2026-11-24T12:00:00Z'));
    expect(kept).toHaveLength(2);
  });

  it.for([['ping'], ['absence-period.created'], ['made.up']])('%s is acknowledged and ignored', async ([name = '']) => {
    const { personio, kept } = receiver();
    expect(await personio(event(name, { id: '7' }))).toBe(204);
    expect(kept).toEqual([]);
  });

  it.for(['', 'Bearer 0123456789abcdeX', '0123456789abcdef', `${TOKEN} `.repeat(2)])(
    'with the wrong token %j is refused',
    async (token) => {
      const { personio, kept, seen } = receiver();
      expect(await personio(event('person.updated', { id: '7' }), token)).toBe(401);
      expect([kept, seen]).toEqual([[], [['personio', 'refused']]]);
    },
  );

  it('that is no JSON or no delivery is refused for good, one that cannot be kept for now', async () => {
    expect(await receiver().personio('{')).toBe(400);
    expect(await receiver().personio([1])).toBe(400);
    expect(await receiver().personio('x'.repeat(70_000))).toBe(413);
    expect(await receiver({ failing: true }).personio(event('person.updated', { id: '7' }))).toBe(503);
  });

  it('nested as deep as it may be is refused, and harms nothing', async () => {
    const { personio, kept } = receiver();
    const deep = `{"event_name":"person.updated","payload":${'['.repeat(30_000)}${']'.repeat(30_000)}}`;
    expect([204, 400]).toContain(await personio(deep));
    expect(kept.length).toBeLessThan(2);
    expect(await personio(event('person.updated', { id: '7' }))).toBe(204);
  });

  it('is told to come again while the inbox is full, and is taken once it has room', async () => {
    let count = 100_000;
    const { personio, kept, app, metrics, seen } = receiver({ waiting: () => count });
    expect(await personio(event('person.updated', { id: '7' }))).toBe(503);
    expect([kept, seen]).toEqual([[], [['personio', 'full']]]);
    const health = await app.request('/healthz');
    expect([health.status, await health.json()]).toEqual([503, { status: 'the inbox is full', waiting: 100_000 }]);
    expect(metrics.text()).toContain('hrsync_inbox_limit 100000\n');
    expect(metrics.text()).toContain('hrsync_webhooks_total{sender="personio",outcome="full"} 1\n');
    count = 99_999;
    expect(await personio(event('person.updated', { id: '7' }))).toBe(204);
    expect((await app.request('/healthz')).status).toBe(200);
  });

  it('beyond what can be taken is to come again, and is let in again with time', async () => {
    const { personio } = receiver();
    const statuses = new Set<number>();
    for (let count = 0; count < 1_001; count += 1) statuses.add(await personio(event('ping', {})));
    expect([...statuses]).toEqual([204, 503]);
  });
});

describe('a delivery of Kombo', () => {
  it('that says that employees changed asks for a look at who did', async () => {
    const { kombo, kept } = receiver();
    expect(await kombo(changed(['hris_absences', 'hris_employees']))).toBe(204);
    expect(await kombo(changed(['hris_employees']))).toBe(204);
    expect(kept).toMatchObject([{ kind: 'changed', employeeId: null }]);
  });

  it('about anything else, or another integration, is ignored', async () => {
    const { kombo, kept } = receiver();
    expect(await kombo(changed(['hris_absences']))).toBe(204);
    expect(await kombo({ ...changed(['hris_employees']), type: 'sync-finished' })).toBe(204);
    expect(await kombo({ ...changed([]), data: { integration_id: 'workday:x' } })).toBe(204);
    expect(kept).toEqual([]);
  });

  it('with a signature of other bytes, in another form or none is refused', async () => {
    const { kombo, kept } = receiver();
    const body = changed(['hris_employees']);
    const digest = Buffer.from(signed(JSON.stringify(body)), 'base64url');
    for (const signature of ['', signed('{}'), digest.toString('hex'), `${digest.toString('base64')}`])
      expect(await kombo(body, signature)).toBe(401);
    expect(kept).toEqual([]);
  });
});

describe('a delivery that tells of several people', () => {
  const NOON = Date.parse('2026-11-24T12:00:00Z') / 1_000;

  it('is kept as an event for each, and is new while one of them is', async () => {
    const { clock, kept, seen } = receiver();
    expect(await clock(['7', '8'], NOON - 299)).toBe(204);
    expect(await clock(['8', '9'], NOON + 299)).toBe(204);
    expect(await clock(['9', '7'], NOON)).toBe(204);
    expect(await clock([], NOON)).toBe(204);
    expect(kept.map(({ employeeId }) => employeeId)).toEqual(['7', '8', '9']);
    expect(seen).toEqual([
      ['clock', 'kept'],
      ['clock', 'kept'],
      ['clock', 'repeated'],
      ['clock', 'ignored'],
    ]);
  });

  it('is judged by our clock where the proof is one of time', async () => {
    const { clock, kept } = receiver();
    for (const at of [NOON - 301, NOON + 301]) expect(await clock(['7'], at)).toBe(401);
    expect(kept).toEqual([]);
  });
});

describe('monitoring', () => {
  it('is told that all is well, and the figures without anybody in them', async () => {
    const { app, personio } = receiver();
    await personio(event('person.updated', { id: '4711' }));
    expect(await (await app.request('/healthz')).json()).toEqual({ status: 'ok', waiting: 1 });
    const text = await (await app.request('/metrics')).text();
    expect(text).toContain('hrsync_webhooks_total{sender="personio",outcome="kept"} 1');
    expect(text).toContain('# TYPE hrsync_inbox_waiting gauge\nhrsync_inbox_waiting 1\n');
    expect(text).not.toContain('4711');
  });

  it('is told that the last event could not be written down, until one can be', async () => {
    const { app, personio, mend } = receiver({ failing: true });
    expect((await app.request('/healthz')).status).toBe(200);
    expect(await personio(event('person.updated', { id: '7' }))).toBe(503);
    expect((await app.request('/healthz')).status).toBe(503);
    mend();
    expect(await personio(event('person.updated', { id: '7' }))).toBe(204);
    expect((await app.request('/healthz')).status).toBe(200);
  });

  it('gets the other figures when the inbox cannot be read, and never a 400', async () => {
    const waiting = () => {
      throw new Error('another process is writing to it');
    };
    const { app, personio } = receiver({ waiting });
    expect(await personio(event('person.updated', { id: '7' }))).toBe(503);
    expect((await app.request('/healthz')).status).toBe(503);
    const answer = await app.request('/metrics');
    expect(answer.status).toBe(200);
    const text = await answer.text();
    expect(text).toContain('hrsync_inbox_waiting NaN\n');
    expect(text).toContain('hrsync_webhooks_total{sender="personio",outcome="unkept"} 1\n');
  });

  it.for([
    ['/healthz', 'GET, HEAD', ['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']],
    ['/metrics', 'GET, HEAD', ['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND']],
    ['/webhooks/personio', 'POST', ['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']],
    ['/webhooks/kombo', 'POST', ['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']],
  ] as const)('and everybody else is told which methods %s takes', async ([path, allowed, methods]) => {
    const { app } = receiver();
    for (const method of methods) {
      const { status, headers } = await app.request(path, { method });
      expect([method, status, headers.get('Allow')]).toEqual([method, 405, allowed]);
    }
  });
});
