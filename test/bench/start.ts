import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Pair, type Row, ratioRow } from './row.js';

const HRSYNC = fileURLToPath(new URL('../../bin/hrsync.js', import.meta.url));

const CONFIG = `
version: 1
name: bench
timezone: Europe/Berlin
source: { type: personio, client_id: bench, client_secret: bench }
target: { type: learnamp, base_url: https://learnamp.acme.example, client_id: bench, client_secret: bench }
mapping: { first_name: first_name, last_name: last_name, email: work_email, job_title: job_title }
`;

/** Whole processes against Node that does nothing. */
export async function benchStart(quick: boolean): Promise<readonly Row[]> {
  const runs = quick ? 11 : 21;
  const directory = mkdtempSync(join(tmpdir(), 'hrsync-bench-'));
  try {
    const config = join(directory, 'hrsync.yaml');
    writeFileSync(config, CONFIG, { mode: 0o600 });
    const withConfig = (...args: string[]) => pairsOf([HRSYNC, ...args, '-c', config], runs);
    return [
      ratioRow('start: hrsync --version', pairsOf([HRSYNC, '--version'], runs), 1.5),
      ratioRow('start: hrsync status', withConfig('status'), 5),
      ratioRow('start: hrsync runs', withConfig('runs'), 5),
      ratioRow('start: hrsync check --offline', withConfig('check', '--offline'), 5),
      ratioRow('start: hrsync explain', pairsOf([HRSYNC, 'explain', 'nobody', '-c', config], runs, NOBODY), 5),
    ];
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** The exit code for somebody whom the state does not know. */
const NOBODY = 2;

function pairsOf(args: readonly string[], count: number, exit = 0): Pair[] {
  // Once each unmeasured: the first start reads its files from the disk.
  startOf(args, exit);
  return Array.from({ length: count }, () => ({ floor: startOf(['-e', '0'], 0), ours: startOf(args, exit) }));
}

function startOf(args: readonly string[], exit: number): number {
  const started = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', env: {} });
  if (status !== exit) throw new Error(`${args.join(' ')} ended with ${status}: ${stderr}`);
  return (performance.now() - started) / 1_000;
}
