import { describe, expect } from 'vitest';
import { test } from '../support/connector.js';
import { SERVING, Server, TOKEN } from '../support/server.js';
import { rawAnswer } from '../support/sockets.js';

const TARGETS = [
  '/webhooks/%2e%2e/metrics',
  '/webhooks/../metrics',
  '/webhooks/%2E./healthz',
  '/webhooks/..%2fmetrics',
  '/./metrics',
  '//metrics',
  '///healthz',
  '/metrics/',
  '/healthz/',
  '/metrics//',
  '/METRICS',
  '/%6detrics',
  '/healthz%00',
  '/healthz%20',
  '/healthz%2f',
  '/healthz;x=1',
  '/healthz.json',
  '/metrics%3fa',
  '/metrics#top',
  '/webhooks%2fpersonio',
  '/webhooks/personio/..',
  '/webhooks',
  '/',
  '*',
  'metrics',
  'http://x/metrics',
  'https://hr.acme.example/healthz',
  'file:///healthz',
  '//hr.acme.example/metrics',
  '/webhooks\\..\\metrics',
];

describe.concurrent('the routes of hrsync serve', () => {
  test('are exact: nothing else is decoded, resolved or cut until it is one of them', async ({ connect }) => {
    const server = await Server.start(await connect({ people: 10, config: SERVING }));
    const ask = async (method: string, target: string) => {
      const headers = `Host: x\r\nAuthorization: ${TOKEN}\r\nContent-Length: 0\r\nConnection: close\r\n`;
      return (await rawAnswer(server.url, `${method} ${target} HTTP/1.1\r\n${headers}\r\n`)).split('\r\n')[0];
    };
    for (const target of TARGETS)
      for (const method of ['GET', 'POST'])
        expect([method, target, await ask(method, target)]).toEqual([
          method,
          target,
          // Node's parser refuses some targets by itself.
          expect.stringMatching(/^HTTP\/1\.1 (404 Not Found|400 Bad Request)$/),
        ]);
    for (const target of TARGETS.slice(0, 20))
      expect([target, await ask('GET', target)]).toEqual([target, 'HTTP/1.1 404 Not Found']);
    for (const target of ['/metrics', '/healthz', '/metrics?format=text', '/healthz?a=../b'])
      expect([target, await ask('GET', target)]).toEqual([target, 'HTTP/1.1 200 OK']);
    await server.stop();
  });

  test('take their own methods and no others', async ({ connect }) => {
    const server = await Server.start(await connect({ people: 10, config: SERVING }));
    const ask = (method: string, path: string) =>
      rawAnswer(server.url, `${method} ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
    for (const path of ['/metrics', '/healthz']) {
      for (const method of ['OPTIONS', 'PUT', 'PATCH', 'DELETE', 'TRACE', 'PROPFIND', 'M-SEARCH']) {
        const answer = await ask(method, path);
        expect([method, path, answer]).toEqual([method, path, expect.stringMatching(/^HTTP\/1\.1 405 /)]);
        expect(answer).toMatch(/^allow: GET, HEAD\r$/im);
      }
      const head = await ask('HEAD', path);
      expect(head).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
      expect(head.split('\r\n\r\n')[1]).toBe('');
    }
    for (const method of ['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE'])
      expect([method, await ask(method, '/webhooks/personio')]).toEqual([
        method,
        expect.stringMatching(/^HTTP\/1\.1 405 .*\r\nallow: POST\r\n/is),
      ]);
    expect(await ask('CONNECT', 'hr.acme.example:443')).not.toContain('200');
    expect(await server.waiting()).toBe(0);
    await server.stop();
  });

  test('answer a probe without a Host, or with an odd one, as any other', async ({ connect }) => {
    const server = await Server.start(await connect({ people: 10, config: SERVING }));
    for (const path of ['/metrics', '/healthz']) {
      expect(await rawAnswer(server.url, `GET ${path} HTTP/1.0\r\n\r\n`)).toMatch(/^HTTP\/1\.\d 200 OK/);
      for (const host of ['', 'a b', 'x:99999', 'a/b', '[::1', '?', 'hr_sync.internal:080']) {
        const answer = await rawAnswer(
          server.url,
          `GET ${path} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`,
        );
        expect([path, host, answer.split('\r\n')[0]]).toEqual([path, host, 'HTTP/1.1 200 OK']);
      }
    }
    await server.stop();
  });
});
