import Sqlite from 'better-sqlite3';
import { StateError } from '../../errors.js';

export type Database = Sqlite.Database;

/** Opens a database file and turns every way in which that can fail into a `StateError`. */
export function openDatabase(file: string, options: Sqlite.Options = {}): Database {
  return inState(file, () => new Sqlite(file, options));
}

/** Opens the contents of a database in memory; the file they come from stays as it is. */
export function openCopy(contents: Buffer): Database {
  return new Sqlite(contents);
}

/** Runs something on a state file; SQLite's errors come out as `StateError`. */
export function inState<Result>(file: string, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    throw asStateError(file, error);
  }
}

function asStateError(file: string, error: unknown): unknown {
  if (error instanceof StateError || !(error instanceof Error)) return error;
  const code = 'code' in error ? String(error.code) : '';
  const isOurs =
    code.startsWith('SQLITE_') || code.startsWith('E') || /bindings|NODE_MODULE_VERSION/.test(error.message);
  return isOurs ? new StateError(file, { kind: 'unusable', detail: detailOf(error, code) }, { cause: error }) : error;
}

function detailOf(error: Error, code: string): string {
  if (/bindings file|NODE_MODULE_VERSION/.test(error.message)) {
    return 'the native part of better-sqlite3 was not built for this Node.js; run npm rebuild better-sqlite3';
  }
  if (code === 'SQLITE_NOTADB') return 'it is not an SQLite database';
  if (code.startsWith('SQLITE_CORRUPT')) return 'it is damaged';
  if (code === 'SQLITE_FULL' || code === 'ENOSPC') return 'the disk is full';
  return error.message;
}
