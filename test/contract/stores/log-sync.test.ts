import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { expect, it, onTestFinished, vi } from 'vitest';
import { StateError } from '../../../src/errors.js';
import { GroupCommit } from '../../../src/store/sqlite/group-commit.js';
import { type DiskWaits, LogSync } from '../../../src/store/sqlite/log-sync.js';

/** A state on a disk that behaves as the test says, with what writes one row. */
async function stateOn(disk: DiskWaits) {
  const folder = await mkdtemp(join(tmpdir(), 'hrsync-log-sync-'));
  const file = join(folder, 'state.db');
  const database = new Sqlite(file);
  database.pragma('journal_mode = WAL');
  database.exec('CREATE TABLE written (id INTEGER PRIMARY KEY)');
  const log = new LogSync(database, file, disk);
  const group = new GroupCommit({ transact: (work) => log.transact(work), synced: () => log.synced() });
  onTestFinished(async () => {
    log.close();
    database.close();
    await rm(folder, { recursive: true });
  });
  const rows = () => database.prepare('SELECT count(*) FROM written').pluck().get();
  return { rows, write: () => group.write(() => void database.exec('INSERT INTO written DEFAULT VALUES')) };
}

const slow = () => void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);

it('a quick disk is waited for on the spot', async () => {
  const disk = { here: vi.fn(), elsewhere: vi.fn() };
  const { write, rows } = await stateOn(disk);
  for (let count = 0; count < 3; count += 1) await write();
  expect([rows(), disk.here.mock.calls.length, disk.elsewhere.mock.calls.length]).toEqual([3, 3, 0]);
});

it('a slow disk is waited for in another thread, and nobody goes on before', async () => {
  const waits: (() => void)[] = [];
  const { write } = await stateOn({ here: slow, elsewhere: (_, done) => void waits.push(() => done(null)) });
  await write();
  let isDurable = false;
  const written = write().then(() => {
    isDurable = true;
  });
  await vi.waitUntil(() => waits.length === 1);
  expect(isDurable).toBe(false);
  waits[0]?.();
  await written;
  expect(isDurable).toBe(true);
});

it('a disk that reports an error ends all writing of what a run does', async () => {
  let isBroken = true;
  const here = () => {
    if (isBroken) throw Object.assign(new Error('EIO: i/o error, fdatasync'), { code: 'EIO', syscall: 'fdatasync' });
  };
  const { write } = await stateOn({ here, elsewhere: vi.fn() });
  await expect(write()).rejects.toThrow(StateError);
  isBroken = false;
  await expect(write()).rejects.toThrow(StateError);
});
