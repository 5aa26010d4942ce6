import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect } from 'vitest';
import { type Connector, test } from '../support/connector.js';
import { rowsOfPart } from '../support/part.js';

const FORBIDDEN = {
  personio_trace_id: 'trace-1',
  errors: [{ title: 'Insufficient access scope', detail: 'Client scope insufficient to access resource' }],
};

/** A Personio that has webhooks alone, and answers in one of the ways that no page of its documents rules out. */
class WebhookPersonio {
  readonly webhooks: { readonly id: string; readonly url: string; readonly status: string }[] = [];
  readonly bodies: string[] = [];
  /** Whether the credentials lack the scopes for webhooks. */
  isForbidden = false;
  answersWith: (webhook: object) => { readonly status: number; readonly text: string } = (webhook) => ({
    status: 201,
    text: JSON.stringify(webhook),
  });
  readonly #server = createServer((request, response) => {
    void this.#answer(request).then(({ status, text }) => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(text);
    });
  });

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async start(): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return this;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #answer(request: IncomingMessage): Promise<{ readonly status: number; readonly text: string }> {
    let body = '';
    for await (const part of request) body += String(part);
    const url = new URL(request.url ?? '/', this.url);
    if (url.pathname === '/v2/auth/token') return { status: 200, text: '{"access_token":"papi-0123456789"}' };
    if (this.isForbidden) return { status: 403, text: JSON.stringify(FORBIDDEN) };
    if (request.method === 'GET') return { status: 200, text: JSON.stringify(this.#page(url)) };
    this.bodies.push(body);
    if (url.pathname.endsWith('/ping')) return { status: 200, text: 'on its way' };
    const given = JSON.parse(body) as { url: string; status: string };
    const known = this.webhooks.find(({ id }) => url.pathname.endsWith(`/${id}`));
    const webhook = known ?? { id: `w${this.webhooks.length}`, url: given.url, status: given.status };
    if (known === undefined) this.webhooks.push(webhook);
    return this.answersWith({ ...webhook, enabled_events: ['person.updated'] });
  }

  #page(url: URL): object {
    const limit = Number(url.searchParams.get('limit') ?? 100);
    const from = Number(url.searchParams.get('cursor') ?? 0);
    const next = from + 2 < this.webhooks.length ? { href: `${this.url}/v2/webhooks?cursor=${from + 2}` } : null;
    expect(limit).toBeLessThanOrEqual(200);
    return {
      _data: this.webhooks.slice(from, from + 2).map((one) => ({ ...one, enabled_events: ['person.updated'] })),
      _meta: { links: next === null ? {} : { next } },
    };
  }
}

const open: WebhookPersonio[] = [];
afterEach(() => Promise.all(open.splice(0).map((one) => one.stop())));

async function connected(connector: Connector): Promise<WebhookPersonio> {
  const personio = await new WebhookPersonio().start();
  open.push(personio);
  const serve = { personio: { token: 'a-token-of-twenty-letters' } };
  await connector.configure({ source: { base_url: personio.url }, document: { serve } });
  return personio;
}

const URL_OF_OURS = 'https://hooks.acme.example/webhooks/personio';
const register = ['webhook', 'register', '--url', URL_OF_OURS, '--json'];

describe('webhooks of Personio', () => {
  test.for(
    rowsOfPart([
      ['the object itself', (webhook: object) => ({ status: 201, text: JSON.stringify(webhook) })],
      ['an object under _data', (webhook: object) => ({ status: 201, text: JSON.stringify({ _data: webhook }) })],
      ['nothing, under 204', () => ({ status: 204, text: '' })],
      ['an empty body', () => ({ status: 201, text: '' })],
      ['an object that names no webhook', () => ({ status: 201, text: '{"ok":true}' })],
      ['plain text', () => ({ status: 200, text: 'created' })],
    ] as const),
  )('are registered once where Personio answers with %s', async ([, answersWith], { connect }) => {
    const connector = await connect({ people: 10 });
    const personio = await connected(connector);
    personio.answersWith = answersWith;
    for (let time = 1; time <= 2; time += 1) {
      const { code, stdout, stderr } = await connector.run(register);
      expect(code, stderr).toBe(0);
      expect(JSON.parse(stdout)).toMatchObject({ webhook: { id: 'w0', url: URL_OF_OURS, enabled: true } });
    }
    expect(personio.webhooks).toHaveLength(1);
  });

  test('are listed page by page, so that none is registered a second time', async ({ connect }) => {
    const connector = await connect({ people: 10 });
    const personio = await connected(connector);
    for (const name of ['a', 'b', 'c', 'd'])
      personio.webhooks.push({ id: `w-${name}`, url: `https://${name}.acme.example/`, status: 'ENABLED' });
    personio.webhooks.push({ id: 'w-ours', url: URL_OF_OURS, status: 'DISABLED' });
    const list = await connector.run(['webhook', 'list', '--json']);
    const { webhooks } = JSON.parse(list.stdout) as { webhooks: { id: string }[] };
    expect(webhooks.map(({ id }) => id)).toEqual(['w-a', 'w-b', 'w-c', 'w-d', 'w-ours']);
    expect((await connector.run(register)).code).toBe(0);
    expect(personio.webhooks).toHaveLength(5);
  });

  test('are pinged without a body, whatever the answer says', async ({ connect }) => {
    const connector = await connect({ people: 10 });
    const personio = await connected(connector);
    personio.webhooks.push({ id: 'w0', url: URL_OF_OURS, status: 'ENABLED' });
    const { code, stderr } = await connector.run(['webhook', 'test', 'w0']);
    expect(code, stderr).toBe(0);
    expect(new Set(personio.bodies)).toEqual(new Set(['']));
  });

  test.for([['list'], register.slice(1)])(
    'that may not be managed name the two scopes: %j',
    async (words, { connect }) => {
      const connector = await connect({ people: 10 });
      (await connected(connector)).isForbidden = true;
      const { code, stderr } = await connector.run(['webhook', ...words]);
      expect(code).not.toBe(0);
      expect(stderr).toMatch(/personio:webhooks:read and\s+personio:webhooks:write/);
    },
  );
});
