import { setTimeout as wait } from 'node:timers/promises';
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { InterruptedError } from '../../../src/errors.js';
import type { Authorization } from '../../../src/http/client.js';
import { NetworkError } from '../../../src/http/errors.js';
import { createTokenAuthorization } from '../../../src/http/token.js';
import { type Answering, inTurn, json, openClient } from './far-end.js';
import { failure, GET, ok, POST, stage, status } from './stage.js';

const page: Answering = (response) =>
  response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><p>');
const reset: Answering = (response) => response.socket?.resetAndDestroy();
const cutOff: Answering = (response) => {
  response.writeHead(200, { 'content-length': '100' }).write('{"data":');
  setTimeout(() => response.destroy(), 5);
};

describe('a failure', () => {
  it.each([
    ['a reset', reset],
    ['an answer that was cut off', cutOff],
    ['500', status(500)],
    ['503', status(503)],
    ['a page of HTML', page],
  ])('%s of a read is tried again', async (_, trouble) => {
    const { client, farEnd, pauses } = await stage(inTurn(trouble, ok));
    expect(await client.request(GET)).toMatchObject({ body: { ok: true } });
    expect(farEnd.received).toHaveLength(2);
    expect(pauses).toContain(250);
  });

  it.each([
    ['a reset', reset],
    ['an answer that was cut off', cutOff],
    ['500', status(500)],
    ['503', status(503, { 'retry-after': '1' })],
    ['a page of HTML', page],
  ])('%s of a write that may have happened is not repeated, and says so', async (_, trouble) => {
    const { client, farEnd } = await stage(trouble);
    expect(await failure(client.request(POST))).toMatchObject({ mayHaveHappened: true, request: { attempts: 1 } });
    expect(farEnd.received).toHaveLength(1);
  });

  it('of a write that says it may be repeated is tried again', async () => {
    const { client, farEnd } = await stage(inTurn(status(502), reset, ok));
    await client.request({ ...POST, repeatable: true });
    expect(farEnd.received.map((one) => one.body)).toEqual(Array(3).fill('{"name":"Ada"}'));
  });

  it('to connect is tried three times by any method, and nothing has happened', async () => {
    const { farEnd, client } = await stage(ok);
    await farEnd.stop();
    const error = await failure(client.request(POST));
    expect(error).toBeInstanceOf(NetworkError);
    expect(error).toMatchObject({ code: 'ECONNREFUSED', mayHaveHappened: false, request: { attempts: 3 } });
  });

  it('holds no secret, however deep one looks', async () => {
    const { farEnd } = await stage(reset);
    const authorization: Authorization = {
      headers: async () => ({ authorization: 'Bearer s3cret' }),
      renew: () => false,
    };
    const { client, log } = openClient(farEnd.url, { authorization });
    const error = await failure(client.request({ ...POST, query: { key: 's3cret' }, json: { password: 's3cret' } }));
    expect(inspect([error, log], { depth: 20, showHidden: true })).not.toContain('s3cret');
  });
});

describe('a write that may have happened at the first attempt', () => {
  const repeatable = { ...POST, repeatable: true };

  it('is not forgotten when later ones cannot even connect', async () => {
    const { client, farEnd, pauses } = await stage((response) => {
      response.socket?.resetAndDestroy();
      void farEnd.stop();
    });
    const error = await failure(client.request(repeatable));
    expect(error).toMatchObject({ code: 'ECONNRESET', mayHaveHappened: true });
    expect(pauses.length).toBeGreaterThan(1);
  });

  it('is what the last answer says', async () => {
    const { client } = await stage(inTurn(status(500), status(409)));
    expect(await failure(client.request(repeatable))).toMatchObject({ status: 409, mayHaveHappened: false });
  });
});

describe('a limit', () => {
  it('is obeyed for as long as Retry-After says, whatever the method', async () => {
    const { client, farEnd, pauses } = await stage(inTurn(status(429, { 'retry-after': '7' }), ok));
    await client.request(POST);
    expect(farEnd.received).toHaveLength(2);
    expect(Math.max(...pauses)).toBe(7_125);
  });

  it('without Retry-After is met with a growing pause', async () => {
    const { client, pauses } = await stage(inTurn(status(429), status(429), ok));
    await client.request(GET);
    expect(pauses).toEqual(expect.arrayContaining([1_000, 2_000]));
  });

  it('that would hold for hours is given up, and holds nobody else', async () => {
    const { client, farEnd, pauses } = await stage(inTurn(status(429, { 'retry-after': '86400' }), ok));
    expect(await failure(client.request(GET))).toMatchObject({ status: 429, request: { attempts: 1 } });
    await client.request(GET);
    expect(farEnd.received).toHaveLength(2);
    expect(Math.max(0, ...pauses)).toBeLessThan(2_000);
  });

  it('that is used up by a success holds the next request', async () => {
    const spent: Answering = (response) =>
      json(response, 200, {}, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '9' });
    const { client, pauses } = await stage(inTurn(spent, ok));
    await client.request(GET);
    await client.request(GET);
    expect(Math.max(...pauses)).toBeGreaterThan(8_000);
  });
});

describe('a refused token', () => {
  const checked: Answering = (response, { headers }) =>
    json(response, headers.authorization === 'Bearer good' ? 200 : 401, {});
  const tokens = (...all: string[]) => {
    const fetched: string[] = [];
    const fetchToken = async () => {
      const token = all[Math.min(fetched.length, all.length - 1)] ?? '';
      fetched.push(token);
      return { token, expiresInSeconds: null };
    };
    return { fetched, authorization: createTokenAuthorization({ fetchToken, now: () => new Date() }) };
  };

  it('is renewed once for all who were refused, also when they write', async () => {
    const { authorization, fetched } = tokens('old', 'good');
    const { client } = await stage(checked, { authorization });
    await Promise.all(Array.from({ length: 4 }, () => client.request(POST)));
    expect(fetched).toEqual(['old', 'good']);
  });

  it('is an error when the new one is refused too', async () => {
    const { authorization, fetched } = tokens('old', 'bad');
    const { client, farEnd } = await stage(checked, { authorization });
    expect(await failure(client.request(GET))).toMatchObject({ status: 401, request: { attempts: 2 } });
    expect(fetched).toHaveLength(2);
    expect(farEnd.received).toHaveLength(2);
  });

  it('is not sent with a request that wants none', async () => {
    const { authorization, fetched } = tokens('good');
    const { client, farEnd } = await stage(ok, { authorization });
    await client.request({ ...POST, authorized: false });
    expect(fetched).toEqual([]);
    expect(farEnd.received[0]?.headers).not.toHaveProperty('authorization');
  });
});

describe('a run that is stopped', () => {
  const slow: Answering = (response) => void setTimeout(() => json(response, 201, { id: 1 }), 60);

  it('starts no request', async () => {
    const { client, farEnd, stop } = await stage(ok);
    stop.abort();
    expect(await failure(client.request(GET))).toBeInstanceOf(InterruptedError);
    expect(farEnd.received).toEqual([]);
    expect(client.sent).toBe(0);
  });

  it('cuts off a read and waits for a write', async () => {
    const { client, farEnd, stop } = await stage(slow);
    const read = failure(client.request(GET));
    const write = client.request(POST);
    while (farEnd.received.length < 2) await wait(2);
    stop.abort();
    expect(await read).toBeInstanceOf(InterruptedError);
    expect(await write).toMatchObject({ status: 201, body: { id: 1 } });
  });

  it('cuts off many reads, and Node does not complain of a leak meanwhile', async () => {
    const warnings: string[] = [];
    const note = (warning: Error) => warnings.push(warning.name);
    process.on('warning', note);
    const { client, farEnd, stop } = await stage(slow, { concurrency: 16 });
    const reads = Array.from({ length: 16 }, () => failure(client.request(GET)));
    while (farEnd.received.length < 16) await wait(2);
    stop.abort();
    for (const read of reads) expect(await read).toBeInstanceOf(InterruptedError);
    process.off('warning', note);
    expect(warnings).toEqual([]);
  });

  it('still hears that a write may have happened', async () => {
    const { farEnd, world } = await stage(status(500));
    const sleep = () => Promise.reject(new InterruptedError());
    const { client } = openClient(farEnd.url, { world: { ...world, sleep } });
    const error = await failure(client.request({ ...POST, repeatable: true }));
    expect(error).toMatchObject({ status: 500, mayHaveHappened: true });
    expect(await failure(client.request(GET))).toBeInstanceOf(InterruptedError);
  });
});
