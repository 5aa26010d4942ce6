import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { LockedError, StateError } from '../../errors.js';
import type { Lock } from '../lock.js';
import { openDatabase } from './database.js';
import { makePrivate, refuseLinks } from './files.js';
import { codeOf, inState } from './trouble.js';

/** Somebody who only looks whether the lock is held keeps it from others for less than this, in ms. */
const LOOKED_AT = 100;

/**
 * Takes the lock of a state file: an exclusive transaction on a small database beside it, which the operating system
 * ends with the process, however the process ends.
 *
 * @throws LockedError when another run holds it, in this process or another
 * @throws StateError when the files of the lock cannot be used
 */
export function acquireLock(stateFile: string, now: () => Date): Lock {
  const file = `${stateFile}.lock`;
  const holder = `${file}-holder`;
  inState(file, () => {
    makePrivate(file);
    refuseLinks(file, ['-holder']);
  });
  const database = openDatabase(file, { timeout: LOOKED_AT });
  try {
    inState(file, () => database.exec('BEGIN EXCLUSIVE'));
  } catch (error) {
    database.close();
    throw isBusy(error)
      ? new LockedError(
          file,
          attempt(() => readFileSync(holder, 'utf8').trim()),
        )
      : error;
  }
  // Who holds it stands in a file of its own: the locked database cannot be read. It helps the message, nothing else.
  // What a killed run left goes first: a new file is made, and nothing is written into one that is there.
  attempt(() => rmSync(holder, { force: true }));
  const said = `process ${process.pid} since ${now().toISOString()}\n`;
  attempt(() => writeFileSync(holder, said, { flag: 'wx', mode: 0o600 }));
  return {
    mayWrite: () => database.open,
    // The operating system takes it from a process that is dead, and from no other.
    lost: new AbortController().signal,
    async release() {
      if (!database.open) return;
      // Before the lock goes: afterwards the file may be the next holder's.
      attempt(() => rmSync(holder, { force: true }));
      database.close();
    },
  };
}

function isBusy(error: unknown): boolean {
  return error instanceof StateError && codeOf(error.cause).startsWith('SQLITE_BUSY');
}

function attempt<Result>(work: () => Result): Result | null {
  try {
    return work();
  } catch {
    return null;
  }
}
