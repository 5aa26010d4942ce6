import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { removeServer } from './server.js';

/** Reserves the folder of the one server that a test run shares; the first test that needs it starts it (`postgres.ts`). */
export default function setup(): () => Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'hrsync-postgres-'));
  process.env['HRSYNC_POSTGRES_RUN'] = folder;
  return async () => {
    await removeServer({ folder: join(folder, 'server') });
    rmSync(folder, { recursive: true, force: true });
  };
}
