import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

/** Gives the paths of folders that are not there yet, one after the other; what is left of them goes with the test file. */
export function useFolders(): () => string {
  const root = mkdtempSync(join(tmpdir(), 'hrsync-histories-'));
  afterAll(() => rmSync(root, { recursive: true }));
  let count = 0;
  return () => {
    count += 1;
    return join(root, String(count));
  };
}
