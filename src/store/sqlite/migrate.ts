import { closeSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { StateError } from '../../errors.js';
import { type Database, openDatabase } from './database.js';
import { makeNew } from './files.js';
import { addScrubbing, scrubSentences } from './stored-words.js';

/**
 * Brings a database to the newest schema, one transaction a step. A file that holds something is copied first, to
 * `<file>.v<version>-backup`; neither the copy nor the file keeps credentials that a far end echoed (`secrets` are today's).
 *
 * @throws StateError for a schema newer than the steps known here, and for the database of another program
 */
export function migrate(
  database: Database,
  file: string,
  steps: readonly string[],
  secrets: readonly string[] = [],
): void {
  refuseStranger(database, file);
  const version = versionOf(database);
  if (version > steps.length) {
    throw new StateError(file, { kind: 'newer', version, supported: steps.length });
  }
  if (version === steps.length) return;
  if (version > 0 && !database.memory) backUp(database, `${file}.v${version}-backup`, secrets);
  addScrubbing(database, secrets);
  for (const [index, step] of steps.entries()) {
    if (index < version) continue;
    database.transaction(() => {
      database.exec(step);
      database.pragma(`user_version = ${index + 1}`);
    })();
  }
  // What stood there before is in the file until its pages are written over.
  if (!database.memory) database.pragma('wal_checkpoint(TRUNCATE)');
}

/** How many migration steps a database has behind it. */
export function versionOf(database: Database): number {
  return Number(database.pragma('user_version', { simple: true }));
}

// Every version of ours has a table of this name, and no file of another program is to be written into.
function refuseStranger(database: Database, file: string): void {
  const tables = database.prepare<[], string>(`SELECT name FROM sqlite_schema WHERE type = 'table'`).pluck().all();
  if (tables.length === 0 || tables.includes('meta')) return;
  throw new StateError(file, { kind: 'unusable', detail: 'it is the database of another program' });
}

// Written under another name first, so that what bears the name of a backup is whole.
function backUp(database: Database, file: string, secrets: readonly string[]): void {
  const unfinished = `${file}-unfinished`;
  rmSync(unfinished, { force: true });
  // VACUUM INTO accepts an empty file, and keeps its mode; it leaves the wait for the disk to us.
  if (!makeNew(unfinished)) throw new StateError(file, { kind: 'unusable', detail: `${unfinished} is in use` });
  database.prepare('VACUUM INTO ?').run(unfinished);
  const copy = openDatabase(unfinished);
  try {
    scrubSentences(copy, secrets);
  } finally {
    copy.close();
  }
  const handle = openSync(unfinished, 'r+');
  fsyncSync(handle);
  closeSync(handle);
  renameSync(unfinished, file);
}
