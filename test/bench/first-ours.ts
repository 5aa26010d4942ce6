import { dirname } from 'node:path';
import type { RunResult } from '../../src/report/reporter.js';
import { loadBenchConfig } from './connector.js';
import { reportMeasured } from './measure.js';
import { openPages } from './page-file.js';
import { importAll } from './session.js';

// first-ours.js PAGES COUNT: a dry run on these pages where neither state nor LMS holds anybody, which must make so many.
const [file = '', count = ''] = process.argv.slice(2);
const config = await loadBenchConfig({
  directory: dirname(file),
  page: openPages(file).page,
  learnamp: null,
  isEmpty: true,
});
let made = 0;
const finished = async ({ summary }: RunResult) => {
  made = summary.create;
};

await reportMeasured(async () => {
  const exitCode = await importAll(config, { dryRun: true }, { finished });
  if (exitCode !== 0 || made !== Number(count)) throw new Error(`exit code ${exitCode}, ${made} to be made`);
});
