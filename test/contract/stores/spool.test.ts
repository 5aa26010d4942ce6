import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Change } from '../../../src/core/change.js';
import { openSpool } from '../../../src/store/open.js';
import type { Spool } from '../../../src/store/spool.js';
import { allOf, batchesOf, ids, person } from './made-up.js';

interface Item {
  readonly text: string;
}

let folder: string;
let spool: Spool<Item, Change>;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hrsync-spool-'));
  vi.stubEnv('SQLITE_TMPDIR', folder);
  spool = openSpool();
});
afterEach(async () => {
  await spool.close();
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

function change(id: string, stage: number, more: Partial<Change> = {}): Change {
  const rest = { account: `a${id}`, invites: false, privileged: false, fields: {}, because: 'job_title changed' };
  return { kind: 'update', employee: person(id), stage, ...rest, ...more };
}
const planned = (one: Change) => ({ change: one, outcome: 'planned' as const, error: null });
const kept = (id: string, text = id) => ({ id, item: { text } });

it('items come back in the order in which they came, beyond one batch', async () => {
  const many = ids(1, 1_100).reverse();
  await spool.keep(many.slice(0, 700).map((id) => kept(id)));
  await spool.keep(many.slice(700).map((id) => kept(id)));
  const batches = await batchesOf(spool.items());
  expect(batches.flat()).toEqual(many.map((id) => kept(id)));
  expect(batches.length).toBeGreaterThan(1);
});

it('a second item under one id replaces the first', async () => {
  await spool.keep([kept('1', 'first'), kept('2')]);
  await spool.keep([kept('1', 'second')]);
  expect((await allOf(spool.items())).toSorted((a, b) => a.id.localeCompare(b.id))).toEqual([
    kept('1', 'second'),
    kept('2'),
  ]);
});

it('items can be forgotten without the plan', async () => {
  await spool.keep([kept('1')]);
  await spool.plan([planned(change('1', 1))]);
  await spool.forgetItems();
  expect(await allOf(spool.items())).toEqual([]);
  expect(await allOf(spool.changes())).toHaveLength(1);
});

it('changes come by stage, then in the order in which they were added, beyond one batch', async () => {
  const added = ids(1, 1_700).map((id) => change(id, [3, 1, 2][Number(id) % 3] ?? 0));
  await spool.plan(added.slice(0, 900).map(planned));
  await spool.plan(added.slice(900).map(planned));
  const inOrder = added.toSorted((a, b) => a.stage - b.stage);
  expect((await allOf(spool.changes())).map((row) => row.change)).toEqual(inOrder);
  expect((await allOf(spool.changes(2))).map((row) => row.change)).toEqual(inOrder.filter((one) => one.stage === 2));
  expect(await allOf(spool.changes(9))).toEqual([]);
  expect(await spool.stages()).toEqual([1, 2, 3]);
});

it('outcomes are kept, and an account that became known stays known', async () => {
  await spool.plan([
    planned(change('1', 1, { kind: 'create', account: null })),
    { change: change('2', 1), outcome: 'deferred', error: 'rests' },
  ]);
  const [create, deferred] = await allOf(spool.changes());
  expect(create).toMatchObject({ outcome: 'planned', error: null, account: null });
  expect(deferred).toMatchObject({ outcome: 'deferred', error: 'rests', account: 'a2' });
  const sequence = create?.sequence ?? 0;
  await spool.setOutcomes([{ sequence, outcome: 'done', error: null, account: '77' }]);
  await spool.setOutcomes([{ sequence, outcome: 'failed', error: 'refused', account: null }]);
  const [after, untouched] = await allOf(spool.changes());
  expect(after).toMatchObject({ outcome: 'failed', error: 'refused', account: '77' });
  expect(untouched).toEqual(deferred);
});

it('outcomes may be set while the plan is read', async () => {
  await spool.plan(ids(1, 1_200).map((id) => planned(change(id, 1))));
  const seen: string[] = [];
  for await (const rows of spool.changes(1)) {
    seen.push(...rows.map((row) => row.change.employee.id));
    await spool.setOutcomes(rows.map((row) => ({ ...row, outcome: 'done' })));
  }
  expect(seen).toEqual(ids(1, 1_200));
  expect(new Set((await allOf(spool.changes())).map((row) => row.outcome))).toEqual(new Set(['done']));
});

it('much more than memory should hold is held flat, without a trace in the file system', async () => {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  // What is held after a collection: how much of what was thrown away the engine keeps around is its own affair.
  const held = () => {
    if (typeof collect === 'function') collect();
    const { heapUsed, external } = process.memoryUsage();
    return heapUsed + external;
  };
  const before = held();
  let most = 0;
  for (let first = 0; first < 200_000; first += 1_000) {
    await spool.keep(ids(first, first + 999).map((id) => kept(id, id.padEnd(600, 'x'))));
    if (first % 50_000 === 0) most = Math.max(most, held());
  }
  most = Math.max(most, held());
  expect(readdirSync(folder)).toEqual([]);
  let count = 0;
  for await (const batch of spool.items()) {
    count += batch.length;
    if (count % 50_000 === 0) most = Math.max(most, held());
  }
  expect(count).toBe(200_000);
  expect((most - before) / 2 ** 20).toBeLessThan(80);
});

it('knows what the people are called whom the plan changes', async () => {
  await spool.plan(['1', '2', '1'].map((id) => planned(change(id, 1))));
  expect(await spool.employees(['2', '9', '1'])).toEqual([person('2'), person('1')]);
  await spool.plan([planned(change('3', 2))]);
  expect(await spool.employees(['3'])).toEqual([person('3')]);
});
