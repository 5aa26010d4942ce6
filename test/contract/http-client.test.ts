import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { AnswerError, ForeignLinkError, StatusError, TimeoutError } from '../../src/http/errors.js';
import type { AdapterWorld } from '../../src/http/world.js';
import { type Answering, inTurn, json, openClient } from './http/far-end.js';
import { failure, GET, ok, POST, stage, status } from './http/stage.js';

/** A world in which waits are over at once and the clock has gone on by them. */
function movingWorld(): AdapterWorld {
  let at = Date.now();
  return {
    ...openClient('http://127.0.0.1:9').world,
    now: () => new Date(at),
    sleep: async (milliseconds) => {
      at += milliseconds;
    },
  };
}

describe('what is sent', () => {
  it('a query repeats the keys of lists, and the base keeps its own path and query', async () => {
    const { farEnd } = await stage(ok);
    const { client } = openClient(`${farEnd.url}/api/v1?tenant=7`);
    await client.request({ ...GET, query: { id: ['1', '2'], 'filters[email]': 'a+b@c.example', none: undefined } });
    const { pathname, searchParams } = new URL(farEnd.received[0]?.url ?? '', farEnd.url);
    expect(pathname).toBe('/api/v1/users');
    expect([...searchParams]).toEqual([
      ['tenant', '7'],
      ['id', '1'],
      ['id', '2'],
      ['filters[email]', 'a+b@c.example'],
    ]);
  });

  it('JSON, with names in any script', async () => {
    const { client, farEnd } = await stage(ok);
    await client.request({ ...POST, json: { name: 'Zoë 中' } });
    expect(farEnd.received[0]).toMatchObject({
      body: '{"name":"Zoë 中"}',
      headers: { 'content-type': 'application/json' },
    });
  });

  it('a form, whose lists repeat their key', async () => {
    const { client, farEnd } = await stage(ok);
    await client.request({ method: 'POST', path: '/', form: { a: ['1', '2'], b: 'x y', c: undefined } });
    expect(farEnd.received[0]?.body).toBe('a=1&a=2&b=x+y');
    expect(farEnd.received[0]?.headers['content-type']).toBe('application/x-www-form-urlencoded');
  });

  it.each(['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const)('no type of a body where %s has none', async (method) => {
    const { client, farEnd } = await stage(ok);
    await client.request({ method, path: '/users' });
    expect(farEnd.received[0]?.headers).not.toHaveProperty('content-type');
    expect(farEnd.received[0]?.body).toBe('');
  });

  it('headers of the client and of the request', async () => {
    const { client, farEnd } = await stage(ok, { headers: { 'X-App': 'one', 'X-Other': 'two' } });
    await client.request({ ...GET, headers: { 'X-App': 'three' } });
    expect(farEnd.received[0]?.headers).toMatchObject({
      'x-app': 'three',
      'x-other': 'two',
      accept: 'application/json',
    });
  });

  it('nothing to another origin, and nothing after a redirect', async () => {
    const { client, farEnd } = await stage(status(302, { location: 'http://127.0.0.1:9/elsewhere' }));
    const link = await failure(client.request({ method: 'GET', path: 'https://evil.example/users' }));
    expect(link).toBeInstanceOf(ForeignLinkError);
    expect(await failure(client.request(GET))).toMatchObject({ name: 'StatusError', status: 302 });
    expect(farEnd.received).toHaveLength(1);
  });

  it('many requests over one connection', async () => {
    const { client, farEnd } = await stage(ok);
    for (let count = 0; count < 5; count++) await client.request(GET);
    expect(farEnd.connections()).toBe(1);
    expect(client.sent).toBe(5);
  });

  it('no more at once than may be', async () => {
    let underWay = 0;
    let most = 0;
    const slow: Answering = async (response) => {
      most = Math.max(most, ++underWay);
      await wait(10);
      underWay -= 1;
      json(response, 200, {});
    };
    const { client, farEnd } = await stage(slow, { concurrency: 3 });
    await Promise.all(Array.from({ length: 12 }, () => client.request(GET)));
    expect(most).toBe(3);
    expect(farEnd.connections()).toBeLessThanOrEqual(4);
  });
});

describe('an answer', () => {
  it('of JSON is parsed, whatever its type says, with header names in lower case', async () => {
    const answer: Answering = (response) => response.writeHead(201, { 'X-Total': '9' }).end('\uFEFF {"id":1}\n');
    const { client } = await stage(answer);
    const { status, headers, body } = await client.request(POST);
    expect({ status, total: headers['x-total'], body }).toEqual({ status: 201, total: '9', body: { id: 1 } });
  });

  it.each([204, 200])('without a body is null (%d)', async (code) => {
    const { client } = await stage((response) => response.writeHead(code).end());
    expect(await client.request(POST)).toMatchObject({ status: code, body: null });
  });

  it('with an accepted status is no error', async () => {
    const { client } = await stage(status(404));
    expect(await client.request({ ...GET, accept: [404] })).toMatchObject({ status: 404 });
  });

  it('with another status is an error that holds the body and the headers', async () => {
    const { client } = await stage(status(422, { 'x-request-id': 'r1' }));
    const error = await failure(client.request(POST));
    expect(error).toBeInstanceOf(StatusError);
    const expected = { status: 422, body: { message: 'status 422' }, headers: { 'x-request-id': 'r1' } };
    expect(error).toMatchObject({ ...expected, mayHaveHappened: false, request: { system: 'Acme', attempts: 1 } });
  });

  it('tells the clock of the far end where it is a success with a date', async () => {
    const ahead = new Date(Date.now() + 86_400_000).toUTCString();
    const { client } = await stage(
      inTurn(status(404, { date: 'Mon, 01 Jan 2001 00:00:00 GMT' }), status(200, { date: ahead })),
    );
    await failure(client.request(GET));
    expect(client.clockSkew()).toBeNull();
    await client.request(GET);
    expect(Math.abs((client.clockSkew() ?? 0) - 86_400_000)).toBeLessThan(10_000);
  });

  it('that asks for pauses without end is given up, and leaves open what an earlier attempt did', async () => {
    const busy = status(503, { 'retry-after': '299' });
    const reads = await stage(busy, { attempts: 100, world: movingWorld() });
    const error = await failure(reads.client.request(GET));
    expect(error).toMatchObject({ name: 'PatienceError', minutes: expect.any(Number) });
    expect(reads.farEnd.received.length).toBeLessThan(10);
    const writes = await stage(busy, { attempts: 100, world: movingWorld() });
    const unclear = await failure(writes.client.request({ ...POST, repeatable: true }));
    expect(unclear).toMatchObject({ name: 'StatusError', status: 503, mayHaveHappened: true });
  });

  it('with an error in text keeps its first 2,000 characters', async () => {
    const { client } = await stage((response) => response.writeHead(400).end('x'.repeat(5_000)));
    expect(await failure(client.request(GET))).toMatchObject({ status: 400, body: 'x'.repeat(2_000) });
  });

  it.each([
    ['an HTML page', '<!DOCTYPE html><title>Maintenance</title>', 'an HTML page instead of JSON'],
    ['JSON that ends early', '{"data": [{"id": 1}, {"i', 'JSON that is broken or ends early'],
    ['text', 'OK', 'text that is not JSON'],
  ])('of %s under a success status is asked for once more, and then an error', async (_, body, problem) => {
    const { client, farEnd } = await stage((response) => response.writeHead(200).end(body));
    const error = await failure(client.request(GET));
    expect(error).toBeInstanceOf(AnswerError);
    expect(error).toMatchObject({ problem, status: 200 });
    expect(farEnd.received).toHaveLength(2);
  });

  it('beyond the limit is not read', async () => {
    const answer: Answering = (response) => response.end(JSON.stringify('x'.repeat(3 * 2 ** 20)));
    const { client } = await stage(answer, { maximumBytes: 2 ** 20 });
    expect(await failure(client.request(GET))).toMatchObject({ name: 'AnswerError', problem: 'more than 1 MiB' });
  });

  it('that drips for longer than the time allowed is given up', async () => {
    const drip: Answering = (response) => {
      response.writeHead(200).write('[');
      const timer = setInterval(() => response.write(' '), 10);
      response.on('close', () => clearInterval(timer));
    };
    const { client } = await stage(drip, { timeoutSeconds: 0.1, attempts: 2 });
    const error = await failure(client.request(GET));
    expect(error).toBeInstanceOf(TimeoutError);
    expect(error).toMatchObject({ seconds: 0.1, request: { attempts: 2 } });
  });
});
