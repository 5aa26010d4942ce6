import { existsSync, readFileSync } from 'node:fs';
import { StateError } from '../../errors.js';
import type { LockHolder } from '../lock.js';
import { openDatabase } from './database.js';
import { codeOf, inState } from './trouble.js';

/** Who holds the lock of a state file now; null for nobody. Takes nothing and writes nothing. */
export function readLock(stateFile: string): LockHolder | null {
  const file = `${stateFile}.lock`;
  if (!existsSync(file)) return null;
  // SQLite itself must open and close the file: any other way drops the locks that this process holds on it.
  const database = openDatabase(file, { readonly: true, fileMustExist: true, timeout: 0 });
  try {
    inState(file, () => database.prepare('SELECT 1 FROM sqlite_master').all());
    return null;
  } catch (error) {
    if (error instanceof StateError && codeOf(error.cause).startsWith('SQLITE_BUSY')) return { since: sinceOf(file) };
    throw error;
  } finally {
    database.close();
  }
}

// As `acquireLock` writes it; the holder may be just about to.
function sinceOf(file: string): string | null {
  try {
    return / since (\S+)/.exec(readFileSync(`${file}-holder`, 'utf8'))?.[1] ?? null;
  } catch {
    return null;
  }
}
