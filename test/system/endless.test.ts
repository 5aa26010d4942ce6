import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect } from 'vitest';
import { type Connector, test } from '../support/connector.js';
import { rowsOfPart } from '../support/part.js';

interface Reply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Takes what is to be done once a test is over; tests run at the same time, so each has its own. */
type Finished = (work: () => void) => void;

/** Answers a request for people, counted from 1; null leaves it without an answer. */
type People = (number: number, url: URL) => Reply | null;

const json = (body: unknown, headers: Readonly<Record<string, string>> = {}): Reply => ({
  headers,
  body: JSON.stringify(body),
});

/** An HR system that gives out tokens and shows people as a test says; everything else is empty. */
async function startHostileHr(people: People, finished: Finished) {
  let asked = 0;
  const reply = (request: IncomingMessage): Reply | null => {
    const url = new URL(request.url ?? '/', 'http://x');
    if (url.pathname === '/v1/auth')
      return json({ success: true, data: { token: 'a-token-of-v1', expires_in: 3_600 } });
    if (url.pathname.endsWith('/token')) return json({ access_token: 'a-token-of-v2', expires_in: 3_600 });
    if (url.pathname.endsWith('/attributes')) return json({ success: true, data: KEYS.map((key) => ({ key })) });
    if (/\/employees$|\/persons$/.test(url.pathname)) return people(++asked, url);
    if (url.pathname.startsWith('/v1/integrations/')) return json(INTEGRATION);
    return json({ status: 'success', data: { next: null, results: [] }, _data: [], _meta: { links: {} } });
  };
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    request.resume().on('end', () => {
      const answer = reply(request);
      if (answer === null) return;
      response.writeHead(answer.status ?? 200, { 'content-type': 'application/json', ...answer.headers });
      response.end(answer.body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  finished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked: () => asked };
}

const KEYS = ['email', 'status', 'hire_date', 'termination_date', 'last_working_day', 'first_name', 'last_name'];
const INTEGRATION = {
  status: 'success',
  data: {
    id: 'personio:x',
    tool: { id: 'personio', label: 'Personio', slug: 'personio' },
    status: 'ACTIVE',
    setup_status: 'COMPLETED',
    qa_status: 'PASSED',
    read_models: [],
  },
};

const SOURCES = {
  v1: (url: string) => ({ base_url: url }),
  v2: (url: string) => ({ base_url: url, api: 'v2' }),
  kombo: (url: string) => ({
    ...{ type: 'kombo', base_url: `${url}/v1`, client_id: null, client_secret: null },
    ...{ api_key: 'a-key-of-kombo', integration_id: 'personio:x' },
  }),
} as const;

async function connectTo(connector: Connector, source: keyof typeof SOURCES, people: People, finished: Finished) {
  const hr = await startHostileHr(people, finished);
  await connector.configure({
    source: { ...SOURCES[source](hr.url), requests_per_second: 10_000 },
    mapping: {
      ...{
        first_name: { value: 'A' },
        last_name: { value: 'B' },
        job_title: null,
        primary_team: null,
        department: null,
        hire_date: null,
      },
      ...{ primary_location: null, manager: null, custom_fields: null },
    },
  });
  return hr;
}

const person = (id: number) => ({
  type: 'Employee',
  attributes: {
    id: { value: id, type: 'integer' },
    email: { value: `p${id}@acme.example`, type: 'standard' },
    status: { value: 'active', type: 'standard' },
  },
});
const rows = (from: number, count: number) => Array.from({ length: count }, (_, index) => from + index);

const v1Page = (ids: readonly number[], total?: number) =>
  json({ success: true, limit: 100, metadata: { total_elements: total }, data: ids.map(person) });
const v2Page = (ids: readonly number[], next: string | null, headers = {}) =>
  json(
    { _data: ids.map((id) => ({ id: String(id), email: `p${id}@acme.example` })), _meta: { links: { next } } },
    headers,
  );
const komboPage = (ids: readonly number[], next: string | null) =>
  json({
    status: 'success',
    data: { next, results: ids.map((id) => ({ id: `k${id}`, work_email: `p${id}@acme.example` })) },
  });

const deep = (levels: number) => `${'{"error":'.repeat(levels)}"x"${'}'.repeat(levels)}`;

const ENDLESS: readonly (readonly [string, keyof typeof SOURCES, People])[] = [
  ['an error nested 8,000 deep', 'v1', () => ({ status: 500, body: deep(8_000) })],
  ['an error nested 8,000 deep', 'v2', () => ({ status: 400, body: deep(8_000) })],
  ['an error nested 8,000 deep', 'kombo', () => ({ status: 400, body: deep(8_000) })],
  ['a refusal nested 8,000 deep under a success', 'v1', () => ({ body: deep(8_000) })],
  ['lists nested 8,000 deep', 'kombo', () => ({ body: `${'['.repeat(8_000)}${']'.repeat(8_000)}` })],
  ['rows nested 8,000 deep, twice the same', 'v1', () => ({ body: `{"success":true,"data":[${deep(8_000)}]}` })],
  ['a next link of 100,000 letters', 'v2', () => v2Page(rows(1, 50), `/v2/persons/${'x'.repeat(100_000)}`)],
  [
    'a next link of 100,000 at signs',
    'v2',
    (_, url) => v2Page(rows(1, 50), `${url.pathname}?cursor=${'@'.repeat(100_000)}`),
  ],
  ['a cursor of 100,000 letters', 'kombo', () => komboPage(rows(1, 50), 'c'.repeat(100_000))],
  ['a total of 10^15 and the same people over and over', 'v1', (number) => v1Page(rows((number % 2) * 100, 100), 1e15)],
  ['no total and the same people over and over', 'v1', (number) => v1Page(rows((number % 3) * 100, 100))],
  [
    'cursors that never end over the same people',
    'v2',
    (number) => v2Page(rows((number % 3) * 50, 50), `/v2/persons?cursor=${number}`),
  ],
  [
    'cursors that never end over the same people',
    'kombo',
    (number) => komboPage(rows((number % 3) * 50, 50), `c${number}`),
  ],
];

describe.concurrent('an HR system without measure', () => {
  test.for(rowsOfPart(ENDLESS))(
    '%s (%s): ends with exit code 6, soon, and without a stack',
    { timeout: 60_000 },
    async ([, source, people], { connect, onTestFinished }) => {
      const connector = await connect({ people: 5 });
      const hr = await connectTo(connector, source, people, onTestFinished);
      const { code, stdout, stderr } = await connector.run(['import-all', '--verbose']);
      expect(code, stderr).toBe(6);
      expect(stdout + stderr).not.toMatch(/RangeError|call stack|^\s+at /m);
      expect(stderr).toMatch(/is not complete/);
      expect(hr.asked()).toBeLessThan(200);
      expect(connector.takeWrites()).toEqual([]);
    },
  );

  test('a rate of 0.0001 a second does not hold a read for hours', { timeout: 60_000 }, async ({
    connect,
    onTestFinished,
  }) => {
    const connector = await connect({ people: 5 });
    const slow = {
      'x-ratelimit-replenish-rate': '0.0001',
      'x-ratelimit-remaining': '0',
      'x-ratelimit-requested-tokens': '1',
    };
    await connectTo(connector, 'v2', () => v2Page(rows(1, 3), null, slow), onTestFinished);
    const started = performance.now();
    await connector.run(['import-all']);
    expect(performance.now() - started).toBeLessThan(45_000);
  });

  test.for(['import-all', 'sync'])(
    '%s --max-minutes ends a read that hangs, with exit code 10',
    { timeout: 60_000 },
    async (command, { connect, onTestFinished }) => {
      const connector = await connect({ people: 5 });
      await connectTo(connector, 'v1', () => null, onTestFinished);
      const { code, stderr } = await connector.run([command, '--max-minutes', '0.02']);
      expect(code, stderr).toBe(10);
      expect(stderr).toContain('the time of this run was used up while it was still reading');
      expect(connector.takeWrites()).toEqual([]);
    },
  );
});
