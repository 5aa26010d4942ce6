import { dayWritten } from '../../core/day.js';
import { normaliseText } from '../../core/text.js';
import type { Value } from '../../core/value.js';
import { idIn } from './schema.js';

/** Makes a value comparable; undefined where it is not understood, null where it says none. */
export type ReadValue = (value: unknown) => Value | undefined;

/** Whether there is nothing: null, blank text, and the day that means none. */
export function isNothing(value: unknown): boolean {
  if (typeof value !== 'string') return value === null;
  const text = normaliseText(value);
  return text === '' || text === '0000-00-00';
}

/** The text of a value; numbers and booleans as they are written. */
export const readText: ReadValue = (value) => {
  if (isNothing(value)) return null;
  if (typeof value === 'string') return normaliseText(value);
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
};

/** A day, `yyyy-MM-dd`. Any other form is not understood. */
export const readDay: ReadValue = (value) => {
  if (isNothing(value)) return null;
  return typeof value === 'string' ? dayWritten(normaliseText(value)) : undefined;
};

// A leading zero is worth keeping: such text is a code and no number.
const WHOLE = /^-?(0|[1-9]\d*)$/;

const readWhole: ReadValue = (value) => {
  const text = readText(value);
  return typeof text === 'string' && WHOLE.test(text) && Number.isSafeInteger(Number(text)) ? Number(text) : text;
};

const BOOLEANS: ReadonlyMap<string, boolean> = new Map([
  ...(['1', 'true', 'yes'] as const).map((word) => [word, true] as const),
  ...(['0', 'false', 'no'] as const).map((word) => [word, false] as const),
]);

const readBoolean: ReadValue = (value) => {
  const text = readText(value);
  return typeof text === 'string' ? BOOLEANS.get(text.toLowerCase()) : text;
};

// How several options are joined is not documented: commas are supposed. Sorted, because their order means nothing.
const readOptions: ReadValue = (value) => {
  const parts: unknown = typeof value === 'string' ? value.split(',') : value;
  if (isNothing(parts)) return null;
  if (!Array.isArray(parts)) return undefined;
  const texts = parts.map(readText);
  if (!texts.every((text) => typeof text === 'string' || text === null)) return undefined;
  const options = [...new Set(texts.filter((text) => text !== null))].sort();
  return options.length === 0 ? null : options;
};

/** The id of an employee. */
export const readId: ReadValue = (value) => {
  if (isNothing(value) || value === '0' || value === 0) return null;
  return idIn(value) ?? undefined;
};

/** How a value of one of BambooHR's types is read; what has no line is text. */
export function readerFor(type: string | null | undefined): ReadValue {
  return READERS.get(type ?? '') ?? readText;
}

const READERS: ReadonlyMap<string, ReadValue> = new Map([
  ['date', readDay],
  ['int', readWhole],
  ['integer', readWhole],
  ['bool', readBoolean],
  ['checkbox', readBoolean],
  ['multilist', readOptions],
]);
