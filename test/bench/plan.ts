import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Measured, measureProgram, runProgram } from './measure.js';
import { memoryRow, type Row, ratioRow } from './row.js';

interface Size {
  readonly people: number;
  readonly pairs: number;
  readonly goals: { readonly times: number | null; readonly megabytes: number | null };
}

const SIZES: readonly Size[] = [
  { people: 10_000, pairs: 7, goals: { times: null, megabytes: null } },
  { people: 100_000, pairs: 7, goals: { times: 1.5, megabytes: 120 } },
  { people: 1_000_000, pairs: 3, goals: { times: 1.5, megabytes: 200 } },
];

// After so long each size is measured once only, so that a busy machine comes to an end, too.
const BUDGET_MILLISECONDS = 240_000;

/** A night's plan against reading and parsing the same pages, each in a process of its own, turn by turn. */
export async function benchPlan(quick: boolean): Promise<readonly Row[]> {
  const rows: Row[] = [];
  const until = Date.now() + BUDGET_MILLISECONDS;
  for (const { people, pairs, goals } of SIZES.slice(0, quick ? 2 : 3)) {
    const directory = await mkdtemp(join(tmpdir(), 'hrsync-bench-'));
    try {
      const isChangedToo = people === 100_000;
      await runProgram('prepare', [directory, String(people), ...(isChangedToo ? ['changed'] : [])]);
      const repetitions = quick ? 3 : pairs;
      const pages = join(directory, 'pages');
      const bytes = Math.round((await stat(pages)).size / people);
      const what = `plan ${people.toLocaleString('en')} people`;
      const same = await measurePairs(pages, people, 0, { repetitions, until });
      rows.push(ratioRow(`${what}, ${bytes} bytes each, unchanged`, times(same), goals.times));
      rows.push(memoryRow(`${what}: peak memory`, memory(same), goals.megabytes));
      if (!isChangedToo) continue;
      const updates = people / 100;
      const changed = await measurePairs(join(directory, 'changed'), people - updates, updates, { repetitions, until });
      rows.push(ratioRow(`${what}, 1 % changed`, times(changed), null));
      rows.push(memoryRow(`${what}, 1 % changed: peak memory`, memory(changed), null));
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
  }
  return rows;
}

interface MeasuredPair {
  readonly floor: Measured;
  readonly ours: Measured;
}

async function measurePairs(
  pages: string,
  unchanged: number,
  updates: number,
  { repetitions, until }: { readonly repetitions: number; readonly until: number },
): Promise<readonly MeasuredPair[]> {
  const pairs: MeasuredPair[] = [];
  do {
    const floor = await measureProgram('plan-floor', [pages]);
    const ours = await measureProgram('plan-ours', [pages, String(unchanged), String(updates)]);
    pairs.push({ floor, ours });
  } while (pairs.length < repetitions && Date.now() < until);
  return pairs;
}

function times(pairs: readonly MeasuredPair[]) {
  return pairs.map(({ floor, ours }) => ({ floor: floor.seconds, ours: ours.seconds }));
}

function memory(pairs: readonly MeasuredPair[]) {
  return pairs.map(({ floor, ours }) => ({ floor: floor.megabytes, ours: ours.megabytes }));
}
