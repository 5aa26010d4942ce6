import { chmodSync } from 'node:fs';
import { StateError } from '../../errors.js';
import type { Database } from './database.js';

/**
 * Brings a database to the newest schema, one transaction a step. A file that holds something is copied first, to
 * `<file>.v<version>-backup`.
 *
 * @throws StateError for a schema newer than the steps known here
 */
export function migrate(database: Database, file: string, steps: readonly string[]): void {
  const version = versionOf(database);
  if (version > steps.length) {
    throw new StateError(file, { kind: 'newer', version, supported: steps.length });
  }
  if (version === steps.length) return;
  if (version > 0 && database.name !== ':memory:' && !database.memory) backUp(database, `${file}.v${version}-backup`);
  for (const [index, step] of steps.entries()) {
    if (index < version) continue;
    database.transaction(() => {
      database.exec(step);
      database.pragma(`user_version = ${index + 1}`);
    })();
  }
}

/** How many migration steps a database has behind it. */
export function versionOf(database: Database): number {
  return Number(database.pragma('user_version', { simple: true }));
}

function backUp(database: Database, file: string): void {
  // VACUUM INTO refuses to overwrite; a backup of the same version that is there already is as good.
  try {
    database.prepare('VACUUM INTO ?').run(file);
    chmodSync(file, 0o600);
  } catch (error) {
    if (!(error instanceof Error && /already exists/.test(error.message))) throw error;
  }
}
