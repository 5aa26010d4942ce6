import { realpathSync, type Stats, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

const GROUP_WRITES = 0o020;
const OTHERS_WRITE = 0o002;
const STICKY = 0o1000;

/** What a config may do with this user's rights. */
export interface Trust {
  /** Why a command of the config must not be run, as a clause, or null. */
  command(command: string): string | null;
  /** Why a file that the config names must not be read, as a clause, or null. */
  file(): string | null;
}

/**
 * Checks who may write a config. Anybody who may write it can run commands with our rights and send the contents of our
 * files elsewhere. Only root and this user are trusted.
 */
export function trustIn(file: string): Trust {
  return {
    command: (command) => whyNotOurs(file) ?? whyScriptNotOurs(command, dirname(file)),
    file: () => whyForeign(file, statSync(file)),
  };
}

/** Why another user decides what a file holds, as a clause that says what to do; null where nobody else may write it. */
function whyNotOurs(file: string): string | null {
  const real = realpathSync(file);
  const folders = [...new Set([dirname(file), dirname(real)])];
  return whyWritable(real, statSync(real)) ?? folders.map(whyFolderNotOurs).find((reason) => reason !== null) ?? null;
}

function whyWritable(path: string, stats: Stats): string | null {
  const foreign = whyForeign(path, stats);
  if (foreign !== null) return foreign;
  if ((stats.mode & OTHERS_WRITE) !== 0) return `every user may write ${path}: chmod go-w ${path}`;
  return (stats.mode & GROUP_WRITES) === 0 ? null : `its group may write ${path}: chmod go-w ${path}`;
}

// In a folder with the sticky bit nobody can put a file in the place of another user's.
function whyFolderNotOurs(folder: string): string | null {
  const stats = statSync(folder);
  return (stats.mode & STICKY) !== 0 && whyForeign(folder, stats) === null ? null : whyWritable(folder, stats);
}

function whyForeign(path: string, { uid }: Stats): string | null {
  const own = process.geteuid?.();
  if (own === undefined || uid === own || uid === 0) return null;
  return `${path} belongs to another user (id ${uid}): if you trust it, make it yours with chown`;
}

// The program that a command begins with, where it is a file named by a path: "./fetch-secret hr".
function whyScriptNotOurs(command: string, folder: string): string | null {
  const [, program] = /^([^\s;|&<>"'`$\\]*\/[^\s;|&<>"'`$\\]+)/.exec(command) ?? [];
  if (program === undefined) return null;
  const path = resolve(folder, program);
  return statSync(path, { throwIfNoEntry: false }) === undefined ? null : whyNotOurs(path);
}
