import { hostname } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { LockedError } from '../../../src/errors.js';
import { LeaseLostError } from '../../../src/errors-state.js';
import type { Lock } from '../../../src/store/lock.js';
import { acquireLock, openStore, readLock } from '../../../src/store/open.js';
import { acquireLease } from '../../../src/store/postgres/open.js';
import { makeDatabase, NO_POSTGRES, type TestDatabase } from '../../support/postgres.js';
import { allOf, intent, settlement, snapshot } from './made-up.js';
import { makePostgresPlace, type PostgresPlace } from './postgres-place.js';

describe.skipIf(NO_POSTGRES !== null)('the lease of a connector', () => {
  let database: TestDatabase;
  const held: Lock[] = [];
  beforeAll(async () => {
    database = await makeDatabase();
  });
  afterEach(async () => {
    for (const lock of held.splice(0)) await lock.release();
  });

  async function take({ place }: PostgresPlace): Promise<Lock> {
    const lock = await acquireLock(place, () => new Date());
    held.push(lock);
    return lock;
  }
  const nobody = { lasts: 1, grace: 1 };
  /** Lets the time of a lease pass in the database, as a frozen holder would. */
  const letPass = ({ place }: PostgresPlace) =>
    database.sql(`UPDATE hrsync.lease SET until = until - interval '10 minutes' WHERE connector = $1`, [
      place.connector,
    ]);

  it('is held by one run, which the refusal names with its host, its start and the end of its lease', async () => {
    const place = makePostgresPlace(database);
    await take(place);
    const before = Date.now();
    const refusal = await take(place).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(LockedError);
    const { holder, freeAt, exitCode } = refusal as LockedError;
    expect(holder).toMatch(new RegExp(`^process ${process.pid} on ${hostname()} since 20\\d\\d-\\S+Z$`));
    expect(Math.abs(Date.parse(freeAt ?? '') - before - 75_000)).toBeLessThan(10_000);
    expect(exitCode).toBe(7);
    expect(await readLock(place.place)).toMatchObject({ since: expect.stringMatching(/Z$/) });
  });

  it('is free at once when it is released, and sends nothing after that', async () => {
    const place = makePostgresPlace(database);
    const first = await take(place);
    expect(first.mayWrite()).toBe(true);
    await first.release();
    expect(first.mayWrite()).toBe(false);
    expect(await readLock(place.place)).toBeNull();
    expect((await take(place)).mayWrite()).toBe(true);
  });

  it('is not taken before its time and the grace are over', async () => {
    const place = makePostgresPlace(database, { lasts: 30_000, grace: 45_000 });
    await take(place);
    await database.sql(`UPDATE hrsync.lease SET until = now() - interval '44 seconds' WHERE connector = $1`, [
      place.place.connector,
    ]);
    await expect(take(place)).rejects.toThrow(LockedError);
    await letPass(place);
    await expect(take(place)).resolves.toBeDefined();
  });

  it('keeps the grace that its holder promised when the taker has a shorter one', async () => {
    const place = makePostgresPlace(database, { lasts: 30_000, grace: 600_000 });
    await take(place);
    await database.sql(`UPDATE hrsync.lease SET until = now() - interval '60 seconds' WHERE connector = $1`, [
      place.place.connector,
    ]);
    await expect(acquireLock({ ...place.place, lease: nobody }, () => new Date())).rejects.toThrow(LockedError);
  });

  it('is renewed while it is held', async () => {
    const place = makePostgresPlace(database, { lasts: 900, grace: 100 });
    const lock = await take(place);
    await wait(2_500);
    expect(lock.mayWrite()).toBe(true);
    await expect(take(place)).rejects.toThrow(LockedError);
  });

  it('ends for good when another has taken it: the next write is aborted, nothing of it is kept, and nothing is sent', async () => {
    const place = makePostgresPlace(database);
    const store = await place.open();
    const first = await place.lease();
    const [id = 0] = await store.begin([intent('1')]);
    await letPass(place);
    const second = await take(place);
    const writes = [
      () => store.settle([settlement(id, { snapshot: snapshot('1') })]),
      () => store.begin([intent('2')]),
      () => store.putSnapshots([snapshot('3')]),
      () => store.startRun({ command: 'import-all', startedAt: '2026-11-24T02:00:00.000Z' }),
      () => store.forget('1'),
    ];
    for (const write of writes) await expect(write()).rejects.toThrow(LeaseLostError);
    expect([first.mayWrite(), first.lost.aborted, second.mayWrite()]).toEqual([false, true, true]);
    const taker = await openStore({ ...place.options, mode: 'write', lock: second });
    expect((await taker.openIntents()).map((one) => one.id)).toEqual([id]);
    expect(await allOf(taker.snapshots())).toEqual([]);
    expect(await taker.runs(1)).toEqual([]);
    await taker.close();
  });

  it('is lost with a renewal that finds another token', async () => {
    const place = makePostgresPlace(database, { lasts: 600, grace: 100 });
    const first = await take(place);
    await database.sql('UPDATE hrsync.lease SET token = gen_random_uuid() WHERE connector = $1', [
      place.place.connector,
    ]);
    await new Promise((resolve) => first.lost.addEventListener('abort', resolve));
    expect(first.lost.reason).toBeInstanceOf(LeaseLostError);
    expect(first.mayWrite()).toBe(false);
  });

  it.each([
    ['stops the monotonic clock', 'wall'],
    ['leaves the wall clock behind', 'monotonic'],
  ] as const)('ends by the earlier of two clocks: what %s does not lengthen it', async (_, passes) => {
    const place = makePostgresPlace(database);
    const time = { monotonic: 0, wall: 0 };
    const clocks = { monotonic: () => time.monotonic, wall: () => time.wall };
    const lease = await acquireLease(place.place, { clocks });
    held.push(lease);
    time[passes] = 29_999;
    expect(lease.mayWrite()).toBe(true);
    time[passes] = 30_000;
    expect(lease.mayWrite()).toBe(false);
    time[passes] = 0;
    expect(lease.mayWrite(), 'a lease that ran out is not taken back').toBe(false);
    expect(lease.lost.reason).toBeInstanceOf(LeaseLostError);
  });

  it('is refused at once where a frozen process keeps a lock on its row', async () => {
    const place = makePostgresPlace(database);
    await (await take(place)).release();
    const { default: pg } = await import('pg');
    const frozen = new pg.Client({ connectionString: database.url });
    await frozen.connect();
    await frozen.query('BEGIN');
    await frozen.query('SELECT 1 FROM hrsync.lease WHERE connector = $1 FOR KEY SHARE', [place.place.connector]);
    const asked = Date.now();
    await expect(take(place)).rejects.toThrow(LockedError);
    expect(Date.now() - asked).toBeLessThan(5_000);
    await frozen.query('ROLLBACK');
    await frozen.end();
    await expect(take(place)).resolves.toBeDefined();
  });

  it('lets a taker wait for a write that has passed its check', async () => {
    const place = makePostgresPlace(database);
    const store = await place.open();
    await letPass(place);
    const many = Array.from({ length: 3_000 }, (_, index) => snapshot(`p${index}`));
    const [wrote, took] = await Promise.allSettled([store.putSnapshots(many), take(place)]);
    const reader = await openStore({ ...place.options, mode: 'read' });
    const kept = (await allOf(reader.snapshots())).length;
    await reader.close();
    // Whichever came first: all of it before the take, or none of it.
    expect(kept).toBe(wrote.status === 'fulfilled' ? many.length : 0);
    if (wrote.status === 'fulfilled' && took.status === 'fulfilled')
      await expect(store.putSnapshots([snapshot('late')])).rejects.toThrow(LeaseLostError);
  });
});
