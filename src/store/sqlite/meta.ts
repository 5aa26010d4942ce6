import { StateError } from '../../errors.js';
import type { OpenFile } from '../store.js';
import type { Database } from './database.js';

/** Single facts about the state as a whole. */
export function metaTable(database: Database) {
  const get = database.prepare<[string], string>('SELECT value FROM meta WHERE key = ?').pluck();
  const set = database.prepare<[string, string]>(
    'INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
  );
  return {
    get: (key: string): string | null => get.get(key) ?? null,
    set: (key: string, value: string): void => void set.run(key, value),
  };
}

/**
 * Holds a state to the HR system and the LMS that it was begun with, and writes them into a new one that is opened to be written. The name of the
 * connector may change.
 *
 * @throws StateError when the state was begun with another HR system or LMS
 */
export function holdToIdentity(
  database: Database,
  file: string,
  { identity, mode, anySource = false }: Pick<OpenFile, 'identity' | 'mode' | 'anySource'>,
): void {
  const meta = metaTable(database);
  const claim = mode === 'write';
  for (const side of ['source', 'target'] as const) {
    const held = meta.get(side);
    if (side === 'source' && anySource && held !== null) continue;
    if (held !== null && held !== identity[side]) {
      throw new StateError(file, { kind: 'foreign', holds: held, expected: identity[side] });
    }
    if (held === null && claim) meta.set(side, identity[side]);
  }
}
