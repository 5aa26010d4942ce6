import { dayWritten } from './day.js';
import type { Value } from './value.js';

/** What a mapped value is turned into before it is compared and sent. */
export type MappedType = 'string' | 'date' | 'integer' | 'decimal' | 'choice' | 'multi_choice' | 'boolean';

/** Turns a value that is not empty into a type; undefined when it cannot be read as one, null when it means none. */
export function convert(value: Value, type: MappedType): Value | undefined {
  switch (type) {
    case 'string':
    case 'choice':
      return text(value);
    case 'multi_choice':
      return set(value);
    case 'date':
      return date(value);
    case 'integer':
      return number(value, /^[+-]?\d+$/);
    case 'decimal':
      // The exponent is how a small number is written as text: 1e-7.
      return number(value, /^[+-]?(\d+(\.\d+)?|\.\d+)(e-\d+)?$/);
    case 'boolean':
      return boolean(value);
  }
}

// NFC: the same name typed on two systems may differ in bytes only, and would be sent as a change every night.
function text(value: Value): string {
  return (Array.isArray(value) ? value.join(', ') : String(value)).normalize('NFC').trim();
}

function set(value: Value): readonly string[] {
  const items = Array.isArray(value) ? value : String(value).split(',');
  const texts = items.map((item: string) => item.normalize('NFC').trim()).filter((item) => item !== '');
  return [...new Set(texts)].sort();
}

function date(value: Value): string | null | undefined {
  return dayWritten(String(value));
}

function number(value: Value, shape: RegExp): number | undefined {
  const digits = String(value).trim();
  if (!shape.test(digits)) return undefined;
  const result = Number(digits);
  return Number.isFinite(result) && Math.abs(result) <= Number.MAX_SAFE_INTEGER ? result : undefined;
}

const TRUE = new Set(['true', 'yes', '1', 'ja', 'y']);
const FALSE = new Set(['false', 'no', '0', 'nein', 'n']);

function boolean(value: Value): boolean | undefined {
  if (typeof value === 'boolean') return value;
  const word = String(value).trim().toLowerCase();
  if (TRUE.has(word)) return true;
  return FALSE.has(word) ? false : undefined;
}
