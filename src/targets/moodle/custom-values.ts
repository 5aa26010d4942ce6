import { convert } from '../../core/convert.js';
import { dayIn } from '../../core/day.js';
import { isEmpty, textFrom, type Value } from '../../core/value.js';
import type { HeldCustom } from './schema.js';

/** What reading custom values depends on. */
export interface CustomReadOptions {
  /** The zone whose midnight a date is. */
  readonly zone: string;
  /** Whether values are shown as they are held; before 4.2 they are shown as a page displays them. */
  readonly isRaw: boolean;
}

/**
 * The value of a custom profile field in our terms; undefined where it cannot be told. Moodle holds dates as the midnight of
 * a zone in seconds, and takes every text but empty and `0` of a checkbox for yes.
 */
export function decodeCustom({ type, value }: HeldCustom, { zone, isRaw }: CustomReadOptions): Value | undefined {
  if (!isRaw || value === undefined) return undefined;
  const text = (value ?? '').normalize('NFC').trim();
  if (type === 'checkbox') return text !== '' && text !== '0';
  if (text === '') return null;
  if (type !== 'datetime') return text;
  if (!/^-?\d+$/.test(text)) return text;
  return text === '0' ? null : dayIn(zone, new Date(Number(text) * 1_000));
}

/**
 * A value as Moodle takes it. `isFlag`: the config or HR says that it is a yes or no, which a checkbox takes as 1 or 0 alone.
 * Empty clears.
 */
export function encodeCustom(value: Value, isFlag: boolean): string {
  const flag = typeof value === 'boolean' || isFlag ? convert(value ?? '', 'boolean') : undefined;
  if (typeof flag === 'boolean') return flag ? '1' : '0';
  return textFrom(value);
}

/**
 * Whether a user who was read back holds a custom value as it was sent; `encoded` is how it was sent, and `held` is undefined
 * where the field is not shown.
 */
export function isHeld(
  { value, encoded }: { readonly value: Value; readonly encoded: string },
  held: HeldCustom | undefined,
  reading: CustomReadOptions,
): boolean {
  const shown = held === undefined ? null : decodeCustom(held, reading);
  // A menu with a default cannot be emptied.
  if (isEmpty(value)) return isEmpty(shown ?? held?.value ?? null) || shown === false || held?.type === 'menu';
  // Only whether a value is there can be compared.
  if (shown === undefined) return !isEmpty(held?.value ?? null);
  if (typeof shown === 'boolean') return convert(value, 'boolean') === shown;
  if (held?.type === 'datetime') return convert(value, 'date') === shown;
  return squeezed(encoded) === squeezed(textFrom(shown));
}

function squeezed(text: string): string {
  return text.normalize('NFC').replace(/\s+/g, ' ').trim();
}
