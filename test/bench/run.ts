import { availableParallelism, cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { compareWithBaseline, writeBaseline } from './baseline.js';
import type { Row } from './row.js';
import { renderTable, renderVerdict } from './table.js';

// Loaded when needed: a child process is charged with what its parent holds when it is started.
const PARTS: Readonly<Record<string, (quick: boolean) => Promise<readonly Row[]>>> = {
  plan: async (quick) => (await import('./plan.js')).benchPlan(quick),
  first: async (quick) => (await import('./first-import.js')).benchFirstImport(quick),
  push: async () => (await import('./push.js')).benchPush(),
  journal: async (quick) => (await import('./journal.js')).benchJournal(quick),
  start: async (quick) => (await import('./start.js')).benchStart(quick),
};

const USAGE = `usage: npm run bench -- [--quick] [--compare] [--write-baseline] [--only ${Object.keys(PARTS).join('|')}]\n`;

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    compare: { type: 'boolean', default: false },
    'write-baseline': { type: 'boolean', default: false },
    only: { type: 'string' },
  },
});
const chosen = Object.entries(PARTS).filter(([name]) => values.only === undefined || values.only === name);
if (chosen.length === 0) {
  process.stderr.write(USAGE);
  process.exitCode = 2;
} else {
  process.stdout.write(`${machine()}\n\n`);
  const rows: Row[] = [];
  for (const [name, run] of chosen) {
    process.stderr.write(`measuring ${name} …\n`);
    rows.push(...(await run(values.quick)));
  }
  process.stdout.write(`${renderTable(rows)}\n\n${renderVerdict(rows)}\n`);
  if (values['write-baseline']) writeBaseline(rows);
  if (values.compare) process.exitCode = compareWithBaseline(rows);
}

function machine(): string {
  const model = cpus()[0]?.model.trim() ?? 'unknown processor';
  const load = loadavg()[0]?.toFixed(1);
  return `Node ${process.version} on ${process.platform}, ${availableParallelism()} cores (${model}), load ${load} at the start.`;
}
