import { chmodSync, closeSync, lstatSync, mkdirSync, openSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { StateError } from '../../errors.js';
import { codeOf } from './trouble.js';

/**
 * Makes a database file that nobody but its owner can read, and its folder, where they are missing; takes others'
 * rights away from one that is there. SQLite gives -wal and -shm the mode of their database.
 */
export function makePrivate(file: string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  refuseLinks(file);
  if (makeNew(file)) return;
  for (const each of [file, `${file}-wal`, `${file}-shm`]) {
    const found = statSync(each, { throwIfNoEntry: false });
    if (found?.isFile() && (found.mode & 0o077) !== 0) chmodSync(each, found.mode & 0o700);
  }
}

/**
 * Makes sure that a database file and what lies beside it are no links: whoever put one there would choose what is
 * overwritten.
 *
 * @throws StateError where one is
 */
export function refuseLinks(file: string, endings: readonly string[] = ['', '-wal', '-shm', '-journal']): void {
  for (const path of endings.map((ending) => `${file}${ending}`)) {
    if (lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink()) {
      throw new StateError(file, { kind: 'linked', path });
    }
  }
}

/** Makes an empty file of mode 0600; false where there is one. */
export function makeNew(file: string): boolean {
  // Never opens a file that exists: closing it again would drop every lock that this process holds on it.
  try {
    closeSync(openSync(file, 'wx', 0o600));
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}
