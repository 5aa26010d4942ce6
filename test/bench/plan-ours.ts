import { dirname } from 'node:path';
import type { Summary } from '../../src/core/plan.js';
import type { RunResult } from '../../src/report/reporter.js';
import { loadBenchConfig } from './connector.js';
import { reportMeasured } from './measure.js';
import { openPages } from './page-file.js';
import { importAll } from './session.js';

// plan-ours.js PAGES UNCHANGED UPDATES: a dry run on these pages and the state beside them, which must come to that.
const [file = '', unchanged = '', updates = ''] = process.argv.slice(2);
const config = await loadBenchConfig({ directory: dirname(file), page: openPages(file).page, learnamp: null });
let counts: Summary | null = null;
const finished = async ({ summary }: RunResult) => {
  counts = summary;
};

await reportMeasured(async () => {
  const exitCode = await importAll(config, { dryRun: true }, { finished });
  const { unchanged: same, update, ...others } = { ...counts };
  const rest = Object.values(others).reduce((sum: number, count) => sum + count, 0);
  if (exitCode !== 0 || same !== Number(unchanged) || update !== Number(updates) || rest > 0) {
    throw new Error(`exit code ${exitCode}, ${JSON.stringify(counts)}`);
  }
});
