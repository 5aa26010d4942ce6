import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Snapshot } from '../../src/core/account.js';
import { openStore } from '../../src/store/open.js';
import type { Intent, Settlement, Store } from '../../src/store/store.js';
import { median } from './measure.js';
import { type Row, spreadOf } from './row.js';

const CHANGES = 500;
/** Of two synced appends, with one worker. */
const GOAL = 0.75;

/** Two durable commits per change, an intent and its outcome, beside plain appends to a file on the same disk. */
export async function benchJournal(quick: boolean): Promise<readonly Row[]> {
  const directory = mkdtempSync(join(tmpdir(), 'hrsync-bench-'));
  const identity = { name: 'bench', source: 'bench', target: 'bench' };
  const file = join(directory, 'bench.db');
  const store = await openStore({ file, identity, mode: 'write', now: () => new Date() });
  const rounds: { floor: number; one: number; eight: number }[] = [];
  try {
    await store.putSnapshots(Array.from({ length: 50_000 }, (_, place) => snapshotOf(place)));
    while (rounds.length < (quick ? 5 : 11)) {
      const floor = await perChange(() => append(join(directory, 'floor')));
      const one = await perChange(() => work(store, 1));
      const eight = await perChange(() => work(store, 8));
      rounds.push({ floor, one, eight });
    }
  } finally {
    await store.close();
    rmSync(directory, { recursive: true, force: true });
  }
  const floors = rounds.map(({ floor }) => floor);
  return [
    journalRow(
      'journal: two commits per change, one worker',
      floors,
      rounds.map(({ one }) => one),
    ),
    journalRow(
      'journal: two commits per change, eight workers',
      floors,
      rounds.map(({ eight }) => eight),
    ),
  ];
}

function journalRow(what: string, floors: readonly number[], ours: readonly number[]): Row {
  const milliseconds = (value: number) => `${value.toFixed(3)} ms`;
  const floor = median(floors);
  const reached = median(ours);
  return {
    what,
    floor: `${milliseconds(floor)} (two synced appends)`,
    ours: milliseconds(reached),
    reached: `${milliseconds(reached)} (${(reached / floor).toFixed(2)}×)`,
    spread: spreadOf(ours, milliseconds),
    goal: `at most ${GOAL}×`,
    met: reached / floor <= GOAL,
    ratio: reached / floor,
  };
}

/** Milliseconds per change of so much work. */
async function perChange(work: () => Promise<void> | void): Promise<number> {
  const started = performance.now();
  await work();
  return (performance.now() - started) / CHANGES;
}

function append(file: string): void {
  const descriptor = openSync(file, 'a');
  const block = Buffer.alloc(4_096, 'x');
  for (let sync = 0; sync < CHANGES * 2; sync += 1) {
    writeSync(descriptor, block);
    fdatasyncSync(descriptor);
  }
  closeSync(descriptor);
}

async function work(store: Store, workers: number): Promise<void> {
  let next = 0;
  const one = async (): Promise<void> => {
    while (next < CHANGES) {
      const snapshot = snapshotOf(next++);
      const [id = 0] = await store.begin([intentOf(snapshot)]);
      await store.settle([settlementOf(id, snapshot)]);
    }
  };
  await Promise.all(Array.from({ length: workers }, one));
}

function snapshotOf(place: number): Snapshot {
  const id = String(1_000_001 + place);
  const email = `jördis.groß.${id}@acme.example`;
  return {
    employeeId: id,
    accountId: `9${id}`,
    state: 'active',
    name: 'Jördis Groß',
    email,
    fields: {
      external_id: id,
      first_name: 'Jördis',
      last_name: 'Groß',
      email,
      job_title: 'Data Engineer',
      manager: '7',
    },
    hash: `hash of ${id}`,
    awaitingManager: null,
    startDate: '2024-02-01',
    linkedByHand: false,
    missingSince: null,
    missingRuns: 0,
  };
}

function intentOf({ employeeId: id, email, name, accountId, startDate }: Snapshot): Intent {
  return {
    run: 1,
    kind: 'update',
    employee: { id, email, name },
    account: accountId,
    invites: false,
    fields: { job_title: { before: 'Engineer', after: 'Data Engineer' } },
    because: 'job_title changed',
    startDate,
    hire: null,
    at: new Date().toISOString(),
  };
}

function settlementOf(id: number, snapshot: Snapshot): Settlement {
  const at = new Date().toISOString();
  return { id, outcome: 'done', error: null, at, snapshot, unlink: null, invitation: null, failure: null };
}
