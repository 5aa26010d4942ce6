import { closeSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { LockedError } from '../../errors.js';
import type { Lock } from '../store.js';
import { inState, openDatabase } from './database.js';

/**
 * Takes the lock of a state file: an exclusive transaction on a small database beside it, which the operating system
 * ends with the process, however the process ends.
 *
 * @throws LockedError when another process holds it
 */
export function acquireLock(stateFile: string, now: () => Date): Lock {
  const file = `${stateFile}.lock`;
  const holder = `${file}-holder`;
  const database = inState(file, () => {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    closeSync(openSync(file, 'a', 0o600));
    return openDatabase(file, { timeout: 0 });
  });
  try {
    inState(file, () => database.pragma('journal_mode = DELETE'));
    database.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    if (!isBusy(error)) throw error;
    throw new LockedError(file, readHolder(holder));
  }
  // Who holds it stands in a file of its own: the locked database cannot be read. It helps the message, nothing else.
  writeFileSync(holder, `process ${process.pid} since ${now().toISOString()}\n`, { mode: 0o600 });
  return { release: () => void database.close() };
}

function isBusy(error: unknown): boolean {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return cause instanceof Error && 'code' in cause && String(cause.code).startsWith('SQLITE_BUSY');
}

function readHolder(file: string): string | null {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return null;
  }
}
