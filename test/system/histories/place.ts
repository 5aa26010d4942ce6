import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

// In memory where the machine has a place for that: a thousand histories wait for the disk a hundred thousand times.
const root = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'hrsync-histories-'));
afterAll(() => rmSync(root, { recursive: true }));
let count = 0;

/** The path of a folder that is not there yet; what is left of it goes with the test file. */
export function newFolder(): string {
  count += 1;
  return join(root, String(count));
}
