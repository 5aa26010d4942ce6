import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isAlive, removeServer } from './server.js';

const PREFIX = 'hrsync-postgres-';

/** Reserves the folder of the one server that a test run shares; the first test that needs it starts it (`postgres.ts`). */
export default async function setup(): Promise<() => Promise<void>> {
  await removeOrphans();
  const folder = mkdtempSync(join(tmpdir(), PREFIX));
  writeFileSync(join(folder, 'run'), String(process.pid));
  process.env['HRSYNC_POSTGRES_RUN'] = folder;
  return () => remove(folder);
}

/** Ends the servers of test runs that were killed. */
async function removeOrphans(): Promise<void> {
  for (const name of readdirSync(tmpdir()).filter((one) => one.startsWith(PREFIX))) {
    const folder = join(tmpdir(), name);
    try {
      if (!isAlive(Number(readFileSync(join(folder, 'run'), 'utf8')))) await remove(folder);
    } catch {
      // Another user's, or one that is being made or removed right now.
    }
  }
}

async function remove(folder: string): Promise<void> {
  await removeServer({ folder: join(folder, 'server') });
  rmSync(folder, { recursive: true, force: true });
}
