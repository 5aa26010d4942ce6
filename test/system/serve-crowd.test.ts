import { writeFile } from 'node:fs/promises';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { selfSign } from '../contract/http/certificate.js';
import { type Connect, type Connector, test } from '../support/connector.js';
import { rowsOfPart } from '../support/part.js';
import { plainPeople } from '../support/people.js';
import { SERVING, Server, TOKEN, within } from '../support/server.js';
import { deliver, silentSockets, textAt } from '../support/sockets.js';

async function served(connect: Connect, { tls = false } = {}): Promise<{ connector: Connector; server: Server }> {
  const connector = await connect({ people: 10, config: SERVING });
  await connector.imported();
  if (tls) {
    const { key, certificate } = selfSign(new Date());
    await writeFile(join(connector.folder, 'cert.pem'), certificate);
    await writeFile(join(connector.folder, 'key.pem'), key, { mode: 0o600 });
    const serve = { ...SERVING.document.serve, tls: { cert_file: './cert.pem', key_file: './key.pem' } };
    await connector.configure({ document: { ...SERVING.document, serve } });
  }
  return { connector, server: await Server.start(connector) };
}

const ids = ({ company }: Connector) => plainPeople(company).map(({ id }) => id);
const open = (sockets: readonly Socket[]) => sockets.filter(({ closed }) => !closed).length;
const dropped = (metrics: string, reason: string) =>
  Number(new RegExp(`connections_dropped_total\\{reason="${reason}"\\} (\\d+)`).exec(metrics)?.[1] ?? 0);

const HEAD = `POST /webhooks/personio HTTP/1.1\r\nHost: x\r\nAuthorization: ${TOKEN}\r\n`;

describe.concurrent('callers that say nothing', () => {
  test('over TLS, 400 of them, keep nobody out, and are closed after five seconds', async ({ connect }) => {
    const { connector, server } = await served(connect, { tls: true });
    const [first = 0, second = 0, third = 0] = ids(connector);
    const sockets = await silentSockets(server.url, 400);
    const began = Date.now();
    expect(await deliver(server.url, first)).toBe(204);
    expect(await deliver(server.url, second, '127.0.0.2')).toBe(204);
    expect(Date.now() - began).toBeLessThan(60_000);
    // A hundred gave up their place at once; the others had their five seconds.
    expect(dropped(await textAt(`${server.url}/metrics`), 'crowded_address')).toBeGreaterThanOrEqual(100);
    await within(9, () => open(sockets) === 0);
    const metrics = await textAt(`${server.url}/metrics`);
    expect(dropped(metrics, 'handshake')).toBeGreaterThan(250);
    expect(dropped(metrics, 'handshake') + dropped(metrics, 'crowded_address')).toBe(400);
    expect([dropped(metrics, 'malformed'), dropped(metrics, 'tls')]).toEqual([0, 0]);
    expect(await deliver(server.url, third)).toBe(204);
    server.running.child.kill('SIGTERM');
    const { code, stderr } = await server.running.ended;
    expect(code).toBe(0);
    expect(stderr.match(/closed a connection: it made no TLS handshake/g)).toHaveLength(1);
    expect(stderr.match(/closed a connection: its address had too many open/g)).toHaveLength(1);
    expect(stderr).not.toContain('127.0.0.2');
  });

  test('or no TLS to a door with TLS, are counted and harm nobody', async ({ connect }) => {
    const { connector, server } = await served(connect, { tls: true });
    const sockets = [
      ...(await silentSockets(server.url, 5, { say: 'GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n' })),
      // The beginning of a handshake whose rest never comes.
      ...(await silentSockets(server.url, 5, { say: '\u0016\u0003\u0001\u0000\u0064\u0001' })),
    ];
    await within(9, () => open(sockets) === 0);
    const metrics = await textAt(`${server.url}/metrics`);
    expect(['tls', 'handshake', 'malformed'].map((why) => dropped(metrics, why))).toEqual([5, 5, 0]);
    expect(await deliver(server.url, ids(connector)[0] ?? 0)).toBe(204);
    await server.stop();
  });

  test('or send something that is no HTTP, are counted and harm nobody', async ({ connect }) => {
    const { connector, server } = await served(connect);
    const sockets = [
      ...(await silentSockets(server.url, 5, { say: '\u0016\u0003\u0001\u0000\u0064\u0001' })),
      ...(await silentSockets(server.url, 5, { say: `GET / HTTP/1.1\r\nX-Large: ${'x'.repeat(9_000)}\r\n` })),
    ];
    await within(9, () => open(sockets) === 0);
    expect(dropped(await server.metrics(), 'malformed')).toBe(10);
    expect(await deliver(server.url, ids(connector)[0] ?? 0)).toBe(204);
    await server.stop();
  });

  test.for(
    rowsOfPart([
      ['nothing at all', ''],
      ['half of the headers', `${HEAD}X-Slow: `],
      ['half of a body', `${HEAD}Content-Length: 500\r\n\r\n{"event`],
      ['half of a body in pieces', `${HEAD}Transfer-Encoding: chunked\r\n\r\n1F4\r\n{"event`],
    ] as const),
  )('after %s, 400 of them, keep nobody out and are closed in time', async ([, say], { connect }) => {
    const { connector, server } = await served(connect);
    const sockets = await silentSockets(server.url, 400, { say });
    const began = Date.now();
    expect(await deliver(server.url, ids(connector)[0] ?? 0)).toBe(204);
    expect(await deliver(server.url, ids(connector)[1] ?? 0, '127.0.0.2')).toBe(204);
    expect(Date.now() - began).toBeLessThan(60_000);
    await within(12, () => open(sockets) === 0);
    const metrics = await server.metrics();
    expect(dropped(metrics, 'crowded_address')).toBeGreaterThanOrEqual(100);
    expect(dropped(metrics, 'slow')).toBeGreaterThan(200);
    expect(metrics).toMatch(/^hrsync_connections_open [12]$/m);
    await server.stop();
  });

  test('by dripping a header a second are closed in time, too', async ({ connect }) => {
    const { server } = await served(connect);
    const [socket] = await silentSockets(server.url, 1, { say: 'GET /healthz HTTP/1.1\r\n' });
    if (socket === undefined) throw new Error('there is one');
    const drip = setInterval(() => socket.write('X-Slow: 1\r\n'), 500);
    await within(8, () => socket.closed).finally(() => clearInterval(drip));
    expect(dropped(await server.metrics(), 'slow')).toBe(1);
    await server.stop();
  });

  test('from many addresses, 1,200 of them, keep nobody out', async ({ connect }) => {
    const { connector, server } = await served(connect);
    for (const host of [11, 12, 13, 14, 15, 16]) await silentSockets(server.url, 200, { from: `127.0.0.${host}` });
    expect(await deliver(server.url, ids(connector)[0] ?? 0)).toBe(204);
    expect(dropped(await server.metrics(), 'crowded')).toBeGreaterThanOrEqual(200);
    await server.stop();
  });
});
