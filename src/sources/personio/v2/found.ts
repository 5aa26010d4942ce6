import type { Value } from '../../../core/value.js';
import { problemOf } from '../record.js';
import { entryOf, isNothing, type ReadValue, readPlain, textOfId } from '../value.js';

/**
 * What came of looking for an attribute: it does not stand on the record (`absent`), its list stands there and names none
 * of its kind (`none`), it names a unit that has no name (`nameless`), it is not understood (`problem`), or it has a value.
 */
export type Found = { readonly value: Value } | { readonly problem: string } | 'absent' | 'none' | 'nameless';

/**
 * The value that stands under a key, or in the object there, under the first of its keys that holds one. An object that has
 * none of these keys does not show the value: an empty one is null.
 */
export function valueAt(
  record: unknown,
  [key, ...inner]: readonly [key: string, ...inner: string[]],
  read: ReadValue = readPlain,
): Found {
  const entry = entryOf(record, key);
  if (entry === undefined) return 'absent';
  if (inner.length === 0 || isNothing(entry)) return made(key, entry, read(entry, undefined));
  if (typeof entry !== 'object') return notUnderstood(key, entry);
  const shown = inner.map((one) => entryOf(entry, one)).filter((one) => one !== undefined);
  if (shown.length === 0) return 'absent';
  const held = shown.find((one) => one !== null) ?? null;
  return made(key, held, read(held, undefined));
}

/** The id in the object that stands under a key. */
export function idAt(record: unknown, key: string): Found {
  const entry = entryOf(record, key);
  if (entry === undefined) return 'absent';
  return isNothing(entry) ? { value: null } : made(key, entry, textOfId(entryOf(entry, 'id')));
}

/** What a reader made of what was held, in words where it made nothing of it. */
export function made(key: string, held: unknown, value: Value | undefined): Found {
  return value === undefined ? notUnderstood(key, held) : { value };
}

/** Says of a record what HR has to correct. */
export function notUnderstood(key: string, held: unknown): Found {
  return { problem: problemOf(key, held) };
}
