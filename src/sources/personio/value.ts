import { dayWritten } from '../../core/day.js';
import { entryOf, isRecord } from '../../core/entry.js';
import { normaliseText } from '../../core/text.js';
import type { Value } from '../../core/value.js';
import { NAMELESS } from '../kit/nameless.js';

export { entryOf } from '../../core/entry.js';

/** Makes an attribute's value comparable; undefined when it is not understood. `type` is what the record calls it. */
export type ReadValue = (value: unknown, type: unknown) => Value | undefined;

/** A value of any kind, told apart by its shape and by what the record calls it. */
export const readPlain: ReadValue = (value, type) => {
  if (isNothing(value)) return null;
  if (type === 'date') return readDay(value, type);
  if (type === 'tags') return readTags(value);
  if (typeof value === 'string') return textIn(value, type);
  if (typeof value === 'number') return isExact(value) ? value : undefined;
  if (typeof value === 'boolean') return value;
  if (!Array.isArray(value)) return nameIn(value);
  const names = setOf(value.map(nameIn));
  return names?.length === 1 ? names[0] : names;
};

/**
 * A local midnight with one of many offsets: its first ten characters are the day, and UTC would move it. 0000-00-00 and
 * its like mean none.
 */
export const readDay: ReadValue = (value) => {
  if (isNothing(value)) return null;
  return typeof value === 'string' ? dayWritten(normaliseText(value)) : undefined;
};

/** The name of a unit or the names of several; a unit without one is `NAMELESS`. */
export function readUnits(value: unknown, type: unknown): Value | undefined | typeof NAMELESS {
  const units: readonly unknown[] = Array.isArray(value) ? value : [value];
  const isNameless = (unit: unknown) => {
    const name = isRecord(unit) ? (attributeOf(unit, 'name') ?? null) : undefined;
    return name === null || (typeof name === 'string' && normaliseText(name) === '');
  };
  return units.some(isNameless) && units.every(isUnit) ? NAMELESS : readPlain(value, type);
}

// What has an id but no name; what has neither is of another shape.
function isUnit(unit: unknown): boolean {
  return textOfId(attributeOf(unit, 'id')) !== undefined;
}

/** A status in lower case; a word that we do not know is kept. */
export const readStatus: ReadValue = (value) => {
  if (isNothing(value)) return null;
  return typeof value === 'string' ? normaliseText(value).toLowerCase() || null : undefined;
};

/** The id of the employee that a supervisor is. */
export const readManager: ReadValue = (value) => (isNothing(value) ? null : textOfId(attributeOf(value, 'id')));

/** An id as text; undefined where there is none, or where parsing the JSON has lost its last digits. */
export function textOfId(id: unknown): string | undefined {
  if (Number.isSafeInteger(id)) return String(id);
  return typeof id === 'string' && id.trim() !== '' ? id.trim() : undefined;
}

/** Whether there is nothing: objects without a value come as null, "" or []. */
export function isNothing(value: unknown): boolean {
  if (typeof value === 'string') return normaliseText(value) === '';
  return value === null || (Array.isArray(value) && value.length === 0);
}

// Numbers come as text here and there. A leading zero is worth keeping: such text is a code and no number.
const NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?$/;

function textIn(written: string, type: unknown): Value {
  const text = normaliseText(written);
  return type === 'integer' || type === 'decimal' ? numberIn(text) : text;
}

function numberIn(digits: string): Value {
  return NUMBER.test(digits) && isExact(Number(digits)) ? Number(digits) : digits;
}

function isExact(number: number): boolean {
  return Number.isSafeInteger(number) || (Number.isFinite(number) && !Number.isInteger(number));
}

// Recorded as "A,B" in varying order and as "[\"A\",\"B\"]".
function readTags(value: unknown): Value | undefined {
  if (typeof value !== 'string') return Array.isArray(value) ? setOf(value.map(nameIn)) : undefined;
  const list = listIn(value);
  return setOf(list === null ? value.split(',').map(normaliseText) : list.map(nameIn));
}

function listIn(text: string): readonly unknown[] | null {
  if (!text.trim().startsWith('[')) return null;
  try {
    const list: unknown = JSON.parse(text);
    return Array.isArray(list) ? list : null;
  } catch {
    return null;
  }
}

// Sorted, because their order varies between answers and must not look like a change.
function setOf(names: readonly (string | null | undefined)[]): readonly string[] | null | undefined {
  if (names.includes(undefined)) return undefined;
  const texts = names.filter((name) => typeof name === 'string').filter((name) => name !== '');
  return texts.length === 0 ? null : [...new Set(texts)].sort();
}

// A department, office, cost centre and the like: {"type":"Department","attributes":{"id":1,"name":"Sales"}}.
function nameIn(value: unknown): string | null | undefined {
  if (typeof value === 'string') return normaliseText(value);
  if (typeof value === 'number') return String(value);
  const name = attributeOf(value, 'name');
  if (name === null) return null;
  return typeof name === 'string' ? normaliseText(name) : undefined;
}

// A supervisor's attributes are wrapped once more, {"id":{"label":"ID","value":7}}; a department's are not.
function attributeOf(object: unknown, key: string): unknown {
  const attribute = entryOf(entryOf(object, 'attributes'), key);
  return isRecord(attribute) ? entryOf(attribute, 'value') : attribute;
}
