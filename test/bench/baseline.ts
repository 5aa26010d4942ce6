import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Row } from './row.js';

/** Beside the sources, whatever folder the benchmark was built into; npm runs it from the root of the project. */
const FILE = resolve('test/bench/baseline.json');
/** A ratio that is so much larger is a step back, and no longer noise. */
const NOISE = 1.2;

type Baseline = Readonly<Record<string, number>>;

/** Keeps the ratios of a run for later ones. */
export function writeBaseline(rows: readonly Row[]): void {
  const ratios = rows.flatMap(({ what, ratio }) => (ratio === undefined ? [] : [[what, Number(ratio.toFixed(3))]]));
  writeFileSync(FILE, `${JSON.stringify(Object.fromEntries(ratios), null, 2)}\n`);
}

/** Holds the ratios of a run against the kept ones and says so; gives the exit code, 1 where one has become worse. */
export function compareWithBaseline(rows: readonly Row[]): number {
  const baseline = JSON.parse(readFileSync(FILE, 'utf8')) as Baseline;
  const compared = rows.flatMap(({ what, ratio }) => {
    const before = baseline[what];
    return ratio === undefined || before === undefined ? [] : [{ what, before, times: ratio / before }];
  });
  const worse = compared.filter(({ times }) => times > NOISE);
  for (const { what, before, times } of worse)
    process.stdout.write(`worse: ${what}: ${times.toFixed(2)}× of the baseline (${before})\n`);
  process.stdout.write(`${compared.length - worse.length} of ${compared.length} ratios hold against the baseline.\n`);
  return worse.length === 0 ? 0 : 1;
}
