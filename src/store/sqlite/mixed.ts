import { statSync } from 'node:fs';
import { StateError } from '../../errors.js';
import { openDatabase } from './database.js';
import { readLock } from './read-lock.js';
import { codeOf } from './trouble.js';

/** Whether a log lies beside a state file: a run is under way, was killed, or somebody restored a backup beside it. */
export function hasLog(file: string): boolean {
  return (statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0;
}

/**
 * Makes sure that a state file and the log beside it belong together. SQLite does not: it takes the pages of any log for
 * newer ones of the file, answers with a mixture of both, and writes it into the file when a connection that could write
 * is closed. So this one cannot.
 *
 * @throws StateError when they do not
 */
export function refuseMixed(file: string): void {
  const database = openDatabase(file, { readonly: true, fileMustExist: true });
  let finding: unknown;
  try {
    finding = database.pragma('integrity_check(1)', { simple: true });
  } catch (error) {
    if (!codeOf(error).startsWith('SQLITE_CORRUPT')) throw error;
    throw new StateError(file, { kind: 'mixed' }, { cause: error });
  } finally {
    database.close();
  }
  if (finding !== 'ok') throw new StateError(file, { kind: 'mixed' });
}

/** Whether a run holds the lock of a state file; it has looked at the log itself. */
export function isHeld(file: string): boolean {
  try {
    return readLock(file) !== null;
  } catch {
    // Whatever is wrong with the lock itself, nobody is known to hold it.
    return false;
  }
}
