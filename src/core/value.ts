/**
 * A value as hrsync compares it, on both sides: trimmed text, number, boolean, a set of texts (its order means
 * nothing), or null for "empty". `undefined` never stands in a record: an absent key means "not readable" in an
 * employee and "no opinion" in a wanted account.
 */
export type Value = string | number | boolean | readonly string[] | null;

/** Field name → value. Made without a prototype where keys come from outside, so that `__proto__` is a plain key. */
export type Fields = Readonly<Record<string, Value>>;

// Two such records are made of everybody every night, and V8 keeps an instance in a third of the room, and reads and
// fills it in half of the time, that Object.create(null) takes. Its keys are as plain: nothing is inherited.
class Bare {
  [field: string]: Value;
}
Object.setPrototypeOf(Bare.prototype, null);
Reflect.deleteProperty(Bare.prototype, 'constructor');

/** An empty record to fill with fields, in which no key means anything: neither `__proto__` nor `constructor`. */
export function emptyFields(): Record<string, Value> {
  return new Bare();
}

/** Whether a value says nothing: null, blank text, or an empty set. */
export function isEmpty(value: Value | undefined): boolean {
  if (value === null || value === undefined) return true;
  if (typeof value === 'string') return value.trim() === '';
  return Array.isArray(value) && value.length === 0;
}

/** A value as one text; empty for what says nothing. */
export function textFrom(value: Value | undefined): string {
  if (value === null || value === undefined) return '';
  return Array.isArray(value) ? value.join(', ') : String(value);
}

/** Whether two values mean the same. Sets are compared without order, and all empty values are alike. */
export function sameValue(left: Value | undefined, right: Value | undefined): boolean {
  return left === right || canonical(left) === canonical(right);
}

/** One text per meaning: equal for equal values, different for different ones. */
export function canonical(value: Value | undefined): string {
  return JSON.stringify(normalForm(value));
}

/** The one of all values with the same meaning that stands for them: sets in order, everything empty as null. */
export function normalForm(value: Value | undefined): Value {
  if (value === undefined || isEmpty(value)) return null;
  return Array.isArray(value) ? [...new Set(value)].sort() : value;
}
