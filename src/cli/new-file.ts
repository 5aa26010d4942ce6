import { writeFile } from 'node:fs/promises';
import { UsageError } from '../errors.js';

/** Writes a config for its owner's eyes; never over a file that is there: it might be the config of a real connector. */
export async function writeNewFile(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    const exists = error instanceof Error && 'code' in error && error.code === 'EEXIST';
    throw new UsageError(
      exists ? `${file} exists already: name another file, or remove it` : `${file} cannot be written`,
      { cause: error },
    );
  }
}
