import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { StateError } from '../../../src/errors.js';
import { intent } from './made-up.js';
import { makeSqlitePlace, type SqlitePlace } from './sqlite-place.js';

/** What the disk does with a wait, here and in another thread. */
const disk = vi.hoisted(() => ({
  here: (): void => undefined,
  elsewhere: (done: (error: Error | null) => void): void => done(null),
}));

vi.mock('node:fs', async (original) => ({
  ...(await original<typeof import('node:fs')>()),
  fdatasyncSync: () => disk.here(),
  fdatasync: (_: number, done: (error: Error | null) => void) => disk.elsewhere(done),
}));

const QUICK = () => undefined;
const SLOW = () => void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
const broken = () => Object.assign(new Error('EIO: i/o error, fdatasync'), { code: 'EIO', syscall: 'fdatasync' });

let place: SqlitePlace;
beforeEach(async () => {
  place = await makeSqlitePlace();
});
afterEach(() => place.clear());

it('a quick disk is waited for on the spot', async () => {
  disk.here = QUICK;
  const elsewhere = vi.fn(disk.elsewhere);
  disk.elsewhere = elsewhere;
  const store = await place.open('write');
  for (let count = 0; count < 3; count += 1) await store.begin([intent('1')]);
  await store.close();
  expect(elsewhere).not.toHaveBeenCalled();
});

it('a slow disk is waited for in another thread, and nobody goes on before', async () => {
  disk.here = SLOW;
  const waits: (() => void)[] = [];
  disk.elsewhere = (done) => void waits.push(() => done(null));
  const store = await place.open('write');
  await store.begin([intent('1')]);
  let isDurable = false;
  const begun = store.begin([intent('2')]).then(() => {
    isDurable = true;
  });
  await vi.waitUntil(() => waits.length === 1);
  expect(isDurable).toBe(false);
  waits[0]?.();
  await begun;
  expect(isDurable).toBe(true);
  await store.close();
});

it('a disk that reports an error ends all writing of what a run does', async () => {
  disk.here = () => {
    throw broken();
  };
  const store = await place.open('write');
  await expect(store.begin([intent('1')])).rejects.toThrow(StateError);
  disk.here = QUICK;
  await expect(store.begin([intent('2')])).rejects.toThrow(StateError);
  await store.close();
});
