import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StatePlace } from '../../src/core/state-place.js';
import type { Lock } from '../../src/store/lock.js';
import { acquireLock, openStore } from '../../src/store/open.js';
import type { Store } from '../../src/store/store.js';
import { NO_POSTGRES } from '../support/postgres/binaries.js';
import { createDatabase, onServer, removeServer, type Server, startServer } from '../support/postgres/server.js';
import { CHANGES, perChange, snapshotOf, work } from './journal.js';
import { type Pair, type Row, ratioRow } from './row.js';

const PEOPLE = 50_000;
const WORKERS = 8;
const BATCH = 500;

/** A state in PostgreSQL beside one in a file, both on the same disk and in one run: ratios alone mean something. */
export async function benchPostgres(quick: boolean): Promise<readonly Row[]> {
  if (NO_POSTGRES !== null) {
    process.stderr.write(`Left out: ${NO_POSTGRES}.\n`);
    return [];
  }
  const directory = mkdtempSync(join(tmpdir(), 'hrsync-bench-'));
  const server = await startServer(join(directory, 'server'));
  try {
    return await measure(server, directory, quick ? 3 : 9);
  } finally {
    await removeServer(server);
    rmSync(directory, { recursive: true, force: true });
  }
}

async function measure(server: Server, directory: string, rounds: number): Promise<readonly Row[]> {
  const url = await createDatabase(server, 'bench');
  const lease = { lasts: 60_000, grace: 60_000 };
  const at = (connector: string): StatePlace => ({ kind: 'database', url, connector, lease });
  const file = await opened({ kind: 'file', file: join(directory, 'bench.db') });
  const database = await opened(at('bench'));
  const others: Opened[] = [];
  for (let place = 0; place < WORKERS; place++) others.push(await opened(at(`bench${place}`)));
  const people = Array.from({ length: PEOPLE }, (_, place) => snapshotOf(place));
  for (const { store } of [file, database]) {
    for (let start = 0; start < PEOPLE; start += 5_000) await store.putSnapshots(people.slice(start, start + 5_000));
  }
  await onServer(server, 'bench', 'postgres', 'VACUUM ANALYZE hrsync.snapshot');
  const one: Pair[] = [];
  const eight: Pair[] = [];
  const keys: Pair[] = [];
  while (one.length < rounds) {
    const floor = await perChange(() => work(file.store, 1));
    one.push(inSeconds(floor, await perChange(() => work(database.store, 1))));
    const together = await perChange(async () => void (await Promise.all(others.map(({ store }) => work(store, 1)))));
    eight.push(inSeconds(floor, together / WORKERS));
    keys.push(inSeconds(await perChange(() => readKeys(file.store)), await perChange(() => readKeys(database.store))));
  }
  for (const { store, lock } of [file, database, ...others]) {
    await store.close();
    await lock.release();
  }
  return [
    ratioRow('PostgreSQL: durable begin and settle, one worker, against SQLite', one, 1.5),
    ratioRow(`PostgreSQL: the same, ${WORKERS} connectors at once, against SQLite with one`, eight, 0.35),
    ratioRow(
      `PostgreSQL: keys of ${PEOPLE} people and who is absent, against SQLite (per ${CHANGES}th of it)`,
      keys,
      null,
    ),
  ];
}

interface Opened {
  readonly store: Store;
  readonly lock: Lock;
}

async function opened(place: StatePlace): Promise<Opened> {
  const lock = await acquireLock(place, () => new Date());
  const identity = { name: 'bench', source: 'bench', target: 'bench' };
  return { lock, store: await openStore({ place, identity, mode: 'write', now: () => new Date(), lock }) };
}

async function readKeys(store: Store): Promise<void> {
  for (let start = 0; start < PEOPLE; start += BATCH) {
    const ids = Array.from({ length: BATCH }, (_, place) => String(1_000_001 + start + place));
    await store.keysOf(ids);
  }
  for await (const batch of store.absent(() => true)) if (batch.length > 0) throw new Error('somebody is absent');
}

function inSeconds(floor: number, ours: number): Pair {
  return { floor: floor / 1_000, ours: ours / 1_000 };
}
