import { createHash } from 'node:crypto';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { StateError } from '../../../src/errors.js';
import type { Store } from '../../../src/store/store.js';
import { allOf, intent, settlement, snapshot } from './made-up.js';
import { IDENTITY, makeSqlitePlace, openState, type SqlitePlace } from './sqlite-place.js';
import { describeStore } from './store-contract.js';

describeStore('SQLite', makeSqlitePlace);

let place: SqlitePlace;
const open: Store[] = [];
beforeEach(async () => {
  place = await makeSqlitePlace();
});
afterEach(async () => {
  for (const store of open.splice(0)) await store.close();
  await place.clear();
});

async function opened(mode: 'read' | 'write' | 'rehearse', file = place.file): Promise<Store> {
  const store = await openState(file, mode);
  open.push(store);
  return store;
}

async function writeState(...ids: readonly string[]): Promise<void> {
  const store = await place.open();
  await store.putSnapshots(ids.map((id) => snapshot(id)));
  await store.close();
}

const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8);
const hash = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
const filesIn = (folder: string) =>
  Object.fromEntries(readdirSync(folder).map((name) => [name, hash(readFileSync(join(folder, name)))]));
const idsIn = async (store: Store) => (await allOf(store.snapshots())).map((one) => one.employeeId);

describe('a rehearsal', () => {
  it.each(['while somebody writes', 'afterwards'])('writes into a copy that is forgotten (%s)', async (when) => {
    if (when === 'afterwards') await writeState('1');
    else await (await opened('write')).putSnapshots([snapshot('1')]);
    // Whoever reads beside a writer leaves their mark in the shared memory, and there alone.
    const contents = () => Object.entries(filesIn(place.folder)).filter(([name]) => !name.endsWith('-shm'));
    const before = contents();
    const store = await opened('rehearse');
    await store.putSnapshots([snapshot('1', { name: 'Somebody else' }), snapshot('2')]);
    expect(await idsIn(store)).toEqual(['1', '2']);
    await store.close();
    open.pop();
    expect(contents()).toEqual(before);
    expect(await allOf((await opened('read')).snapshots())).toMatchObject([snapshot('1')]);
  });

  it('of a state that is not there yet begins empty and leaves nothing', async () => {
    const store = await opened('rehearse');
    await store.putSnapshots([snapshot('1')]);
    expect(await idsIn(store)).toEqual(['1']);
    expect(existsSync(place.folder)).toBe(false);
  });
});

describe('a state file', () => {
  it('is its owner’s alone, with all that lies beside it', async () => {
    const store = await opened('write');
    await store.putSnapshots([snapshot('1')]);
    expect(modeOf(place.folder)).toBe('700');
    const modes = Object.fromEntries(readdirSync(place.folder).map((name) => [name, modeOf(join(place.folder, name))]));
    expect(modes).toEqual({ 'acme.db': '600', 'acme.db-wal': '600', 'acme.db-shm': '600' });
  });

  it('that others may read is taken away from them', async () => {
    await writeState('1');
    chmodSync(place.file, 0o644);
    await opened('write');
    expect(modeOf(place.file)).toBe('600');
  });

  it('is written ahead, waits for the disk at every commit, and forgets what is erased', async () => {
    const pragma = vi.spyOn(Sqlite.prototype, 'pragma');
    await opened('write');
    const connection: unknown = pragma.mock.contexts[0];
    pragma.mockRestore();
    if (!(connection instanceof Sqlite)) throw new Error('no connection was opened');
    const value = (name: string) => connection.pragma(name, { simple: true });
    expect(value('journal_mode')).toBe('wal');
    expect(value('synchronous')).toBe(2);
    expect(value('secure_delete')).toBe(1);
  });

  it('is one file again when it is closed', async () => {
    await writeState('1');
    expect(readdirSync(place.folder)).toEqual(['acme.db']);
  });
});

describe('reading', () => {
  it('makes nothing where there is no state, not even a folder', async () => {
    const store = await opened('read');
    expect(await idsIn(store)).toEqual([]);
    expect(await store.lastCompleteRun()).toBeNull();
    expect(await store.nextRunNumber()).toBe(1);
    expect(() => statSync(place.folder)).toThrow('ENOENT');
  });

  it('takes a file without a byte for no state, and leaves it so', async () => {
    mkdirSync(place.folder, { recursive: true });
    const file = join(place.folder, 'acme.db');
    writeFileSync(file, '');
    const store = await place.open('read');
    expect(await idsIn(store)).toEqual([]);
    await store.close();
    expect(statSync(file).size).toBe(0);
  });

  it('leaves a state as it was, and nothing beside it', async () => {
    await writeState('1', '2');
    const before = filesIn(place.folder);
    const store = await place.open('read');
    expect(await idsIn(store)).toEqual(['1', '2']);
    await store.close();
    expect(filesIn(place.folder)).toEqual(before);
  });

  it('sees what a run that is under way has committed, and leaves nothing behind', async () => {
    const writer = await opened('write');
    await writer.putSnapshots([snapshot('1')]);
    const before = readdirSync(place.folder);
    const reader = await place.open('read');
    await writer.putSnapshots([snapshot('2')]);
    expect(await idsIn(reader)).toEqual(['1', '2']);
    await reader.close();
    expect(readdirSync(place.folder)).toEqual(before);
    await writer.putSnapshots([snapshot('3')]);
    expect(await idsIn(writer)).toEqual(['1', '2', '3']);
  });

  it('sees what a run that was killed had committed, and changes none of it', async () => {
    const writer = await opened('write');
    await writer.putSnapshots([snapshot('1')]);
    const killed = join(place.folder, 'killed');
    mkdirSync(killed);
    for (const end of ['', '-wal']) copyFileSync(`${place.file}${end}`, join(killed, `acme.db${end}`));
    const { 'acme.db': database, 'acme.db-wal': log } = filesIn(killed);
    const reader = await openState(join(killed, 'acme.db'), 'read');
    expect(await idsIn(reader)).toEqual(['1']);
    await reader.close();
    expect(filesIn(killed)).toMatchObject({ 'acme.db': database, 'acme.db-wal': log });
    expect(await idsIn(await opened('write', join(killed, 'acme.db')))).toEqual(['1']);
  });

  it('cannot write', async () => {
    await writeState('1');
    const store = await opened('read');
    await expect(store.putSnapshots([snapshot('2')])).rejects.toThrow(StateError);
    await expect(store.begin([intent('1')])).rejects.toThrow(StateError);
    expect(await idsIn(store)).toEqual(['1']);
  });
});

describe('a state that cannot be used', () => {
  const identityWith = (change: Partial<typeof IDENTITY>) => ({ ...IDENTITY, ...change });

  it.each(['read', 'write'] as const)('because it belongs to another connector is refused (%s)', async (mode) => {
    await writeState('1');
    const before = filesIn(place.folder);
    const other = identityWith({ target: 'learnamp other.learnamp.com' });
    await expect(openState(place.file, mode, other)).rejects.toMatchObject({
      name: 'StateError',
      problem: { kind: 'foreign', holds: IDENTITY.target, expected: other.target },
    });
    expect(filesIn(place.folder)).toEqual(before);
    await (await openState(place.file, mode, identityWith({ name: 'renamed' }))).close();
  });

  it.each(['read', 'write'] as const)('because of another HR system is opened for a rekey alone (%s)', async (mode) => {
    await writeState('1');
    const other = identityWith({ source: 'csv' });
    const problem = { kind: 'foreign', holds: IDENTITY.source, expected: 'csv' };
    await expect(openState(place.file, mode, other)).rejects.toMatchObject({ problem });
    const store = await openState(place.file, mode, other, true);
    expect(await store.heldSource()).toBe(IDENTITY.source);
    await store.close();
    const elsewhere = { ...other, target: 'learnamp other.learnamp.com' };
    const both = openState(place.file, mode, elsewhere, true);
    await expect(both).rejects.toMatchObject({ problem: { kind: 'foreign', holds: IDENTITY.target } });
  });

  it.each(['read', 'write'] as const)('because a newer hrsync wrote it is refused (%s)', async (mode) => {
    await writeState('1');
    const database = new Sqlite(place.file);
    database.pragma('user_version = 99');
    database.close();
    const before = filesIn(place.folder);
    const problem = { kind: 'newer', version: 99, supported: expect.any(Number) };
    await expect(openState(place.file, mode)).rejects.toMatchObject({ name: 'StateError', problem });
    expect(filesIn(place.folder)).toEqual(before);
  });

  it.each(['read', 'write'] as const)('because another program keeps it is refused, untouched (%s)', async (mode) => {
    mkdirSync(place.folder);
    const database = new Sqlite(place.file);
    database.exec('CREATE TABLE song (title TEXT)');
    database.close();
    const before = filesIn(place.folder);
    const problem = { kind: 'unusable', detail: 'it is the database of another program' };
    await expect(openState(place.file, mode)).rejects.toMatchObject({ name: 'StateError', problem });
    expect(filesIn(place.folder)).toEqual(before);
  });

  it.each([
    ['no database', 'it is not an SQLite database', () => writeFileSync(place.file, 'Dear diary, '.repeat(500))],
    ['a folder', 'it, or a file beside it, cannot be opened', () => mkdirSync(place.file)],
  ])('because it is %s is told in plain words', async (_, detail, spoil) => {
    mkdirSync(place.folder);
    spoil();
    for (const mode of ['read', 'write'] as const) {
      const problem = { kind: 'unusable', detail };
      await expect(openState(place.file, mode), mode).rejects.toMatchObject({ name: 'StateError', problem });
    }
  });

  it('because its path leads through a file is told in plain words', async () => {
    writeFileSync(place.folder, '');
    const problem = { kind: 'unusable', detail: 'a part of its path is a file, not a folder' };
    await expect(openState(place.file, 'write')).rejects.toMatchObject({ name: 'StateError', problem });
  });

  it('because it is damaged is told by whatever meets the damage', async () => {
    await writeState(...Array.from({ length: 2_000 }, (_, index) => String(index)));
    const bytes = readFileSync(place.file);
    writeFileSync(place.file, bytes.fill(0xff, 8 * 4_096, 60 * 4_096));
    const work = async () => {
      const store = await opened('read');
      await allOf(store.snapshots());
      await store.keysOf(['1999']);
    };
    const problem = { kind: 'unusable', detail: 'it is damaged' };
    await expect(work()).rejects.toMatchObject({ name: 'StateError', problem });
  });
});

it('a write that the database refuses while it runs is a StateError too', async () => {
  const store = await opened('write');
  const [id = 0] = await store.begin([intent('1')]);
  const other = new Sqlite(place.file);
  other.exec('DROP TABLE invitation; DROP TABLE snapshot');
  other.close();
  await expect(store.settle([settlement(id, { snapshot: snapshot('1') })])).rejects.toThrow(StateError);
  await expect(allOf(store.snapshots())).rejects.toThrow(StateError);
});
