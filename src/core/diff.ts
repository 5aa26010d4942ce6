import type { FieldChange } from './change.js';
import { emailKey } from './email.js';
import { type Fields, isEmpty, normalForm, sameValue, type Value } from './value.js';

/**
 * What must change for `before` to become `after`: only fields that `after` names, and of those only the ones that differ.
 * A field without an acknowledged value differs from everything but empty.
 */
export function diffFields(before: Fields, after: Fields, except: readonly string[] = []): Record<string, FieldChange> {
  // Own entries only: inherited names such as `constructor` are not fields.
  const known = (field: string) => (Object.hasOwn(before, field) ? before[field] : undefined);
  const changed = Object.entries(after).filter(
    ([field, value]) => !except.includes(field) && !means(field, known(field), value),
  );
  return Object.fromEntries(changed.map(([field, value]) => [field, { before: known(field) ?? null, after: value }]));
}

/** The fields of a new account: all that are not empty, with nothing before. */
export function creationFields(after: Fields): Record<string, FieldChange> {
  const filled = Object.entries(after).filter(([, value]) => !sameValue(value, null));
  return Object.fromEntries(filled.map(([field, value]) => [field, { before: null, after: value }]));
}

/**
 * What became of the acknowledged fields after a write: the new values over the old, refused ones unknown. A refused
 * clear leaves the old value standing, since unknown and empty count as the same and it would not be tried again.
 */
export function acknowledge(before: Fields, written: Fields, refused: readonly string[]): Fields {
  const fields: Record<string, Value> = { ...before, ...written };
  for (const field of refused) {
    const old = before[field];
    if (isEmpty(written[field]) && old !== undefined) fields[field] = old;
    else delete fields[field];
  }
  return fields;
}

/** One text per wanted account: equal texts mean that the same account is wanted. Fields written once do not count. */
export function fingerprint(fields: Fields, except: readonly string[]): string {
  const meanings: Value[] = [];
  for (const field of Object.keys(fields)) {
    if (!except.includes(field)) meanings.push(field, normalForm(fields[field]));
  }
  return JSON.stringify(meanings);
}

/** "job_title and manager changed". */
export function sayChanged(changes: Readonly<Record<string, FieldChange>>): string {
  const names = Object.keys(changes);
  if (names.length === 0) return 'nothing changed';
  const last = names.at(-1);
  return `${names.length === 1 ? last : `${names.slice(0, -1).join(', ')} and ${last}`} changed`;
}

// Two spellings of one address are one address to every LMS, and a change of case must not look like a move.
function means(field: string, known: Value | undefined, wanted: Value): boolean {
  if (field === 'email' && typeof known === 'string' && typeof wanted === 'string') {
    return emailKey(known) === emailKey(wanted);
  }
  return sameValue(known, wanted);
}
