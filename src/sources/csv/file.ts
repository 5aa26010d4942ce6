import type { BigIntStats } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { UsageError } from '../../errors.js';
import { broken } from './broken.js';

/** The file that a read is for. Times are milliseconds since 1970. */
export interface FoundFile {
  readonly path: string;
  /** Its name without the folder, for messages. */
  readonly name: string;
  readonly size: number;
  readonly modifiedAt: number;
  /** Whether it is the same file with the same content as at another look. */
  readonly mark: string;
}

// What uploads and `rclone copy` write before they rename it.
const UNFINISHED = /\.(part|partial|tmp|filepart)$/i;

/** Finds the file: the one at `path`, or the last by name of those that fit its pattern. */
export async function findFile(path: string, doneFile: string | null): Promise<FoundFile> {
  if (!/[*?]/.test(basename(path))) return lookAt(path);
  const folder = dirname(path);
  const fits = globTest(basename(path));
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    throw isMissing(error)
      ? broken(`there is no folder ${folder}`, { cause: error })
      : unusable(folder, codeOf(error), error);
  });
  const name = entries
    .filter((entry) => !entry.isDirectory() && entry.name !== doneFile && fits(entry.name))
    .map((entry) => entry.name)
    .sort()
    .at(-1);
  if (name === undefined) throw broken(`no file fits ${path}: the export has not come, or source.path is wrong`);
  return lookAt(join(folder, name));
}

/** Looks at one path. A symbolic link is followed; whatever is no file cannot be read. */
export async function lookAt(path: string): Promise<FoundFile> {
  const stats = await statOf(path);
  if (stats === null) throw broken(`there is no file ${path}: the export has not come, or source.path is wrong`);
  if (!stats.isFile()) throw unusable(path, stats.isDirectory() ? 'it is a folder' : 'it is no regular file');
  const { size, mtimeMs, mtimeNs, ino, dev } = stats;
  if (size === 0n) throw broken(`${path} is empty (0 bytes): look at the export`);
  return {
    ...{ path, name: basename(path), size: Number(size), modifiedAt: Number(mtimeMs) },
    mark: [dev, ino, size, mtimeNs].join(' '),
  };
}

/** The time at which a file was last written, or null where there is none. */
export async function timeOf(path: string): Promise<number | null> {
  return Number((await statOf(path))?.mtimeMs ?? Number.NaN) || null;
}

async function statOf(path: string): Promise<BigIntStats | null> {
  try {
    return await stat(path, { bigint: true });
  } catch (error) {
    if (isMissing(error)) return null;
    throw unusable(path, codeOf(error), error);
  }
}

/** The path cannot be read as it stands in the config. */
export function unusable(path: string, why: string, cause?: unknown): UsageError {
  const next =
    'Write the path of the export there, and let the user that runs hrsync read it; then run "hrsync check".';
  return new UsageError(`source.path ${path} cannot be read: ${why}`, { cause, next });
}

/** What the operating system says, such as `EACCES`. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'it cannot be opened';
}

function isMissing(error: unknown): boolean {
  return codeOf(error) === 'ENOENT';
}

// Hidden files and unfinished uploads fit no pattern that does not name them.
function globTest(pattern: string): (name: string) => boolean {
  const source = pattern.replace(/[.+^${}()|[\]\\*?]/g, (sign) =>
    sign === '*' ? '.*' : sign === '?' ? '.' : `\\${sign}`,
  );
  const expression = new RegExp(`^${source.replace(/(?:\.\*)+/g, '.*')}$`, 's');
  const takesUnfinished = UNFINISHED.test(pattern);
  return (name) =>
    expression.test(name) &&
    (takesUnfinished || !UNFINISHED.test(name)) &&
    (pattern.startsWith('.') || !name.startsWith('.'));
}
