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
  const runs = quick ? 21 : 41;
  const directory = mkdtempSync(join(tmpdir(), 'hrsync-bench-'));
  try {
    const config = join(directory, 'hrsync.yaml');
    writeFileSync(config, CONFIG, { mode: 0o600 });
    return [
      ratioRow('start: hrsync --version', pairsOf([HRSYNC, '--version'], runs), 1.3),
      ratioRow(
        'start: config and adapters loaded, state opened',
        pairsOf([HRSYNC, 'status', '-c', config], runs),
        null,
      ),
    ];
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function pairsOf(args: readonly string[], count: number): Pair[] {
  // Once each unmeasured: the first start reads its files from the disk.
  [['-e', '0'], args].forEach(startOf);
  return Array.from({ length: count }, () => ({ floor: startOf(['-e', '0']), ours: startOf(args) }));
}

function startOf(args: readonly string[]): number {
  const started = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', env: {} });
  if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}: ${stderr}`);
  return (performance.now() - started) / 1_000;
}
