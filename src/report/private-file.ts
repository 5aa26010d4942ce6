import { randomUUID } from 'node:crypto';
import { lstatSync } from 'node:fs';
import { type FileHandle, open, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { UsageError } from '../errors.js';

const CHUNK = 65_536;

/**
 * Makes sure that no link stands where a file is to be written: in a folder that others may write, they would choose what
 * is replaced.
 *
 * @throws UsageError where one stands
 */
export function refuseLink(path: string, flag: string): void {
  if (!lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink()) return;
  throw new UsageError(`${flag}: ${path} is a symbolic link, and hrsync writes through none: name the file itself`);
}

/**
 * Makes sure that a file can be written before anything else is begun.
 *
 * @throws UsageError when its folder is missing or closed to us, or something other than a file stands in its place
 */
export async function requireWritable(path: string, flag: string): Promise<void> {
  refuseLink(path, flag);
  const found = await stat(path).catch(() => null);
  if (found !== null && !found.isFile()) throw new UsageError(`${flag}: ${path} is there and is not a file`);
  const trial = besides(path);
  try {
    await (await open(trial, 'wx', 0o600)).close();
    await rm(trial);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason';
    const folder = dirname(path);
    const reason = code === 'ENOENT' || code === 'ENOTDIR' ? 'there is no such folder' : `${code}`;
    throw new UsageError(`${flag}: ${path} cannot be written, because ${folder} does not take a new file: ${reason}`, {
      cause: error,
    });
  }
}

/**
 * Writes a file that its owner alone may read (unless `mode` says otherwise), piece by piece, under another name first:
 * a reader of `path` sees all of it or what was there before. A link that lies there is replaced, not followed.
 */
export async function writePrivately(
  path: string,
  pieces: AsyncIterable<string> | Iterable<string>,
  mode = 0o600,
): Promise<void> {
  const unfinished = besides(path);
  const file = await open(unfinished, 'wx', 0o600);
  try {
    await writeAll(file, pieces);
    await file.chmod(mode);
    await file.sync();
    await file.close();
    await rename(unfinished, path);
  } catch (error) {
    await file.close().catch(() => undefined);
    await rm(unfinished, { force: true });
    throw error;
  }
}

async function writeAll(file: FileHandle, pieces: AsyncIterable<string> | Iterable<string>): Promise<void> {
  let chunk = '';
  for await (const piece of pieces) {
    chunk += piece;
    if (chunk.length < CHUNK) continue;
    await file.writeFile(chunk);
    chunk = '';
  }
  await file.writeFile(chunk);
}

// In the same folder, because a name can only be moved within one file system.
function besides(path: string): string {
  return join(dirname(path), `.${basename(path)}.${randomUUID().slice(0, 8)}.tmp`);
}
