import { accessSync, constants, existsSync, readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { type Database, openDatabase, openImage, orClose } from './database.js';
import { refuseLinks } from './files.js';
import { versionOf } from './migrate.js';
import { hasLog, isHeld, refuseMixed } from './mixed.js';
import { inState } from './trouble.js';

/**
 * Opens a state file without changing it or leaving anything beside it. Where there is none, gives an empty database in
 * memory; of one with an older schema than `version`, a copy in memory that can be migrated.
 */
export function openForReading(file: string, version: number): Database {
  return inState(file, () => {
    refuseLinks(file);
    // Only "there is none" counts as none: a state that may not be looked at would pass for an empty one. A file without
    // a byte is what a writer killed at its very start leaves.
    const stats = statSync(file, { throwIfNoEntry: false });
    if (stats === undefined || stats.size === 0) return openDatabase(':memory:');
    const database = openUnchanged(file);
    return orClose(database, () => versionOf(database) >= version) ? database : copyOf(database);
  });
}

/** A copy of a state file in memory, that may be written and is forgotten. */
export function openToRehearse(file: string): Database {
  return inState(file, () => copyOf(openForReading(file, 0)));
}

function copyOf(database: Database): Database {
  try {
    return openImage(database.serialize());
  } finally {
    database.close();
  }
}

function openUnchanged(file: string): Database {
  // Somebody writes, or was killed writing: SQLite reads with the files that lie there, and leaves them.
  if (existsSync(`${file}-wal`)) {
    if (hasLog(file) && !isHeld(file)) refuseMixed(file);
    return openDatabase(file, { readonly: true, fileMustExist: true });
  }
  // SQLite needs -wal and -shm to read, too. A connection opened read-only makes them and may not remove them again when
  // it is closed; one that could write does. The caller forbids it to write contents.
  if (isWritable(file) && isWritable(dirname(file))) return openDatabase(file, { fileMustExist: true });
  // They cannot be made here. Nobody writes, so the file is whole by itself.
  return openImage(readFileSync(file));
}

function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
