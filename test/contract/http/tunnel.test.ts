import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createProxy, type Server } from 'node:http';
import { createServer } from 'node:https';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { CaFileError, ProxyAddressError } from '../../../src/http/errors.js';
import { selfSign } from './certificate.js';
import { openClient } from './far-end.js';

const folder = mkdtempSync(join(tmpdir(), 'hrsync-http-'));
const caFile = join(folder, 'ca.pem');
const { key, certificate } = selfSign(new Date());
const tunnels: { readonly to: string; readonly credentials: string | undefined }[] = [];
let refusal = 0;
let requests = 0;

const farEnd = createServer({ key, cert: certificate }, (_, response) => {
  requests += 1;
  response.end('{"ok":true}');
});
const proxy = createProxy().on('connect', ({ url = '', headers }, socket) => {
  tunnels.push({ to: url, credentials: headers['proxy-authorization'] });
  if (refusal > 0) {
    socket.end(`HTTP/1.1 ${refusal} No\r\ncontent-length: 0\r\n\r\n`);
    return;
  }
  const onward = connect(Number(url.split(':')[1]), '127.0.0.1', () => {
    socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
    onward.pipe(socket).pipe(onward);
  });
  onward.on('error', () => socket.destroy());
  socket.on('error', () => onward.destroy());
});
const addressOf = (server: Server) => `localhost:${(server.address() as AddressInfo).port}`;
const baseUrl = () => `https://${addressOf(farEnd)}`;

beforeAll(async () => {
  writeFileSync(caFile, certificate);
  for (const server of [farEnd, proxy]) await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
beforeEach(() => {
  tunnels.length = 0;
  refusal = 0;
  requests = 0;
});
afterAll(() => {
  for (const server of [farEnd, proxy]) {
    server.closeAllConnections();
    server.close();
  }
  rmSync(folder, { recursive: true });
});

const POST = { method: 'POST', path: '/users', json: {} } as const;

it('a certificate that nobody vouches for is refused before anything is sent', async () => {
  const { client } = openClient(baseUrl());
  const expected = { name: 'NetworkError', code: 'DEPTH_ZERO_SELF_SIGNED_CERT', mayHaveHappened: false };
  await expect(client.request(POST)).rejects.toMatchObject(expected);
  expect(requests).toBe(0);
});

it('a certificate of ca_file is trusted', async () => {
  const { client } = openClient(baseUrl(), { caFile });
  expect(await client.request(POST)).toMatchObject({ body: { ok: true } });
});

it('a certificate of ca_file is trusted through a proxy too, and the tunnel is kept', async () => {
  const { client } = openClient(baseUrl(), { caFile, proxy: `http://me:pass%20word@${addressOf(proxy)}` });
  for (let count = 0; count < 3; count++) await client.request(POST);
  expect(requests).toBe(3);
  const credentials = `Basic ${Buffer.from('me:pass word').toString('base64')}`;
  expect(tunnels).toEqual([{ to: addressOf(farEnd), credentials }]);
});

it('the proxy of the environment is used where the config names none', async () => {
  const { world } = openClient(baseUrl());
  const environment = { proxyFor: (url: string) => (url === baseUrl() ? `http://${addressOf(proxy)}` : '') };
  const { client } = openClient(baseUrl(), { caFile, proxy: undefined, world: { ...world, environment } });
  await client.request(POST);
  expect(tunnels).toHaveLength(1);
});

it.each([403, 502])(
  'a proxy that refuses with %d is not taken for the far end: nothing has happened',
  async (status) => {
    refusal = status;
    const { client } = openClient(baseUrl(), { caFile, proxy: `http://${addressOf(proxy)}` });
    const expected = { name: 'NetworkError', code: `PROXY_${status}`, mayHaveHappened: false };
    await expect(client.request(POST)).rejects.toMatchObject(expected);
    expect(requests).toBe(0);
  },
);

it('a proxy that wants credentials is a 407', async () => {
  refusal = 407;
  const { client } = openClient(baseUrl(), { caFile, proxy: `http://${addressOf(proxy)}` });
  await expect(client.request(POST)).rejects.toMatchObject({
    name: 'StatusError',
    status: 407,
    mayHaveHappened: false,
  });
});

it.each(['proxy.acme.example:3128', 'socks5://me:s3cret@proxy.acme.example', 'http://me:s3cret@:x'])(
  'the proxy address %s cannot be used, and is not told to anybody',
  async (address) => {
    const error: unknown = await openClient(baseUrl(), { proxy: address })
      .client.request(POST)
      .catch((each) => each);
    expect(error).toBeInstanceOf(ProxyAddressError);
    expect(String(error)).not.toContain('s3cret');
  },
);

it.each([
  ['that is not there', join(folder, 'nowhere.pem'), 'it cannot be read'],
  ['without a certificate', join(folder, 'empty.pem'), 'it holds no certificate in PEM form'],
])('a ca_file %s is named', async (_, file, problem) => {
  writeFileSync(join(folder, 'empty.pem'), 'no certificate');
  const error: unknown = await openClient(baseUrl(), { caFile: file })
    .client.request(POST)
    .catch((each) => each);
  expect(error).toBeInstanceOf(CaFileError);
  expect(error).toMatchObject({ file, problem });
});
