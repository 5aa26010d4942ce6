import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Measured, measureProgram } from './measure.js';
import { writePages } from './page-file.js';
import { makePages } from './people.js';
import { memoryRow, type Row, ratioRow } from './row.js';

const SMALL = 10_000;
const LARGE = 100_000;
/** Goals: the peak in megabytes, and kilobytes a person by which it grows. */
const PEAK = 250;
const GROWTH = 0.6;

/** The plan of a first import, in which everybody is new: how large the process gets, and by how much a person. */
export async function benchFirstImport(quick: boolean): Promise<readonly Row[]> {
  const directory = await mkdtemp(join(tmpdir(), 'hrsync-bench-'));
  try {
    const small = await measured(directory, SMALL, 'first-ours', String(SMALL));
    const floors: Measured[] = [];
    const large: Measured[] = [];
    for (let round = 0; round < (quick ? 1 : 2); round += 1) {
      floors.push(await measured(directory, LARGE, 'plan-floor'));
      large.push(await measured(directory, LARGE, 'first-ours', String(LARGE)));
    }
    const pairs = large.map((ours, round) => ({ floor: floors[round] ?? ours, ours }));
    const peak = Math.min(...large.map(({ megabytes }) => megabytes));
    const what = `first import of ${LARGE.toLocaleString('en')} people`;
    return [
      ratioRow(
        `${what}: plan`,
        pairs.map(({ floor, ours }) => ({ floor: floor.seconds, ours: ours.seconds })),
        null,
      ),
      memoryRow(
        `${what}: peak memory`,
        pairs.map(({ floor, ours }) => ({ floor: floor.megabytes, ours: ours.megabytes })),
        PEAK,
      ),
      growthRow(`${what}: growth`, ((peak - small.megabytes) * 1_024) / (LARGE - SMALL)),
    ];
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

async function measured(
  directory: string,
  people: number,
  program: string,
  ...args: readonly string[]
): Promise<Measured> {
  const pages = join(directory, `pages${people}`);
  writePages(pages, makePages(people));
  return measureProgram(program, [pages, ...args]);
}

function growthRow(what: string, growth: number): Row {
  const reached = `${growth.toFixed(2)} KB a person`;
  return {
    what,
    ...{ floor: '', ours: reached, reached, spread: '' },
    ...{ goal: `at most ${GROWTH} KB`, met: growth <= GROWTH, ratio: growth },
  };
}
