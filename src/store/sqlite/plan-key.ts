import { randomBytes } from 'node:crypto';
import type { OpenFile } from '../store.js';
import { acquireLock } from './lock.js';
import { metaTable } from './meta.js';
import { versionOf } from './migrate.js';
import { openForWriting, openStore } from './open.js';
import { openForReading } from './open-for-reading.js';
import { inState } from './trouble.js';

const KEY = 'plan_key';

/** The key that seals saved plans, kept in the state; null where there is none yet. */
export function readPlanKey(file: string): string | null {
  const database = openForReading(file, 0);
  try {
    return inState(file, () => (versionOf(database) === 0 ? null : metaTable(database).get(KEY)));
  } finally {
    database.close();
  }
}

/**
 * The same; where there is none yet, one is made, and with it the state of a connector that never ran.
 *
 * @throws LockedError when it has to be made and another run holds the lock
 * @throws StateError as `openStore` does
 */
export async function ensurePlanKey({ file, identity, now }: Omit<OpenFile, 'mode'>): Promise<string> {
  const known = readPlanKey(file);
  if (known !== null) return known;
  const lock = acquireLock(file, now);
  try {
    // A state of an older version stays as it is: only a run brings it up to date.
    if (isNew(file)) await (await openStore({ file, identity, mode: 'write', now })).close();
    return addKey(file);
  } finally {
    await lock.release();
  }
}

function isNew(file: string): boolean {
  const database = openForReading(file, 0);
  try {
    return inState(file, () => versionOf(database) === 0);
  } finally {
    database.close();
  }
}

function addKey(file: string): string {
  const database = openForWriting(file);
  try {
    return inState(file, () => {
      const meta = metaTable(database);
      const key = meta.get(KEY) ?? randomBytes(32).toString('base64url');
      meta.set(KEY, key);
      return key;
    });
  } finally {
    database.close();
  }
}
