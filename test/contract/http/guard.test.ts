import { describe, expect, it } from 'vitest';
import { LeaseLostError } from '../../../src/errors-state.js';
import type { AdapterWorld } from '../../../src/http/world.js';
import { openClient } from './far-end.js';
import { GET, ok, POST, stage } from './stage.js';

describe('a change that is about to leave', () => {
  /** A world whose lease is held until something takes it away. */
  function leased(change: Partial<AdapterWorld> = {}): {
    readonly world: AdapterWorld;
    readonly lease: { held: boolean };
  } {
    const lease = { held: true };
    const world = { ...openClient('http://127.0.0.1:9').world, mayWrite: () => lease.held, ...change };
    return { world, lease };
  }

  it.each(['POST', 'PUT', 'PATCH', 'DELETE'] as const)('is held back once the lease is lost: %s', async (method) => {
    const { world, lease } = leased();
    const { client, farEnd } = await stage(ok, { world });
    await client.request({ method, path: '/users' });
    lease.held = false;
    await expect(client.request({ method, path: '/users' })).rejects.toThrow(LeaseLostError);
    await client.request(GET);
    expect(farEnd.received.map((one) => one.method)).toEqual([method, 'GET']);
  });

  it('is held back when the lease is lost while it waits for its pace', async () => {
    const { world, lease } = leased();
    const waiting: AdapterWorld = {
      ...world,
      sleep: async () => {
        lease.held = false;
      },
    };
    const { client, farEnd } = await stage(ok, { world: waiting, requestsPerSecond: 1, concurrency: 1 });
    await client.request(POST);
    const late = await Promise.allSettled([client.request(POST), client.request(POST)]);
    expect(late.map((one) => one.status)).toEqual(['rejected', 'rejected']);
    expect(farEnd.received).toHaveLength(1);
  });

  it('is held back when the lease is lost while a token is fetched', async () => {
    const { world, lease } = leased();
    const authorization = {
      async headers() {
        lease.held = false;
        return { authorization: 'Bearer t' };
      },
      renew: () => false,
    };
    const { client, farEnd } = await stage(ok, { world, authorization });
    await expect(client.request(POST)).rejects.toThrow(LeaseLostError);
    expect(farEnd.received).toEqual([]);
  });
});
