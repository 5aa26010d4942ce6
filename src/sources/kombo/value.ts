import { dayWritten } from '../../core/day.js';
import { entryOf, isRecord } from '../../core/entry.js';
import { normaliseText } from '../../core/text.js';
import type { Value } from '../../core/value.js';
import type { Status, StatusWords } from '../kit/status-words.js';

export { entryOf } from '../../core/entry.js';

/** Makes a value comparable: undefined when it is not understood, null when it is empty. */
export type ReadValue = (value: unknown) => Value | undefined;

// A date without a time, as Kombo writes it: midnight in UTC. Custom fields of SOAP systems hold days with a zone
// (2019-03-26-06:00, 2019-03-26Z): the day is the one that is written.
const DATE_ONLY = /^(\d{4}-\d{2}-\d{2})(?:T00:00:00(\.0+)?Z|Z|[+-]\d{2}:\d{2})$/;

/** A value of any kind: custom fields hold whatever JSON the HR system has. */
export const readPlain: ReadValue = (value) => {
  if (isNothing(value)) return null;
  if (typeof value === 'string') return textOrDay(normaliseText(value));
  if (typeof value === 'number') return isExact(value) ? value : undefined;
  if (typeof value === 'boolean') return value;
  return Array.isArray(value) ? setOf(value.map(textIn)) : textIn(value);
};

/**
 * A day: the first ten characters of midnight UTC. Any zone west of it would make it the day before. 0000-00-00 and its
 * like mean none.
 */
export const readDay: ReadValue = (value) => {
  if (isNothing(value)) return null;
  return typeof value === 'string' ? dayWritten(normaliseText(value)) : undefined;
};

/** Kombo's own statuses in our words: https://docs.kombo.dev/hris/v1/get-employees */
export const OWN_STATUSES: ReadonlyMap<string, Status> = new Map([
  ['PENDING', 'onboarding'],
  ['ACTIVE', 'active'],
  ['LEAVE', 'leave'],
  ['INACTIVE', 'inactive'],
]);

/** Reads statuses by the words of a config; what neither it nor Kombo knows stays the HR system's own word in lower case. */
export function statusReader(words: StatusWords): ReadValue {
  return (value) => {
    if (isNothing(value)) return null;
    return typeof value === 'string' ? words.read(value) : undefined;
  };
}

/** An id as it is: opaque. */
export const readId: ReadValue = (value) => {
  if (isNothing(value)) return null;
  return typeof value === 'string' ? value.trim() : undefined;
};

/** Names as one text, or as a set where there are several; their order means nothing. */
export function namesOf(names: readonly string[]): Value {
  const set = [...new Set(names.map(normaliseText).filter((name) => name !== ''))].sort();
  return set.length > 1 ? set : (set[0] ?? null);
}

/** Whether a value, to its last leaf, says nothing at all. */
export function isBare(value: unknown): boolean {
  if (isNothing(value) || value === undefined) return true;
  if (Array.isArray(value)) return value.every(isBare);
  return isRecord(value) && Object.values(value).every(isBare);
}

/** Whether there is nothing: null, blank text or an empty list. */
export function isNothing(value: unknown): boolean {
  if (typeof value === 'string') return normaliseText(value) === '';
  return value === null || (Array.isArray(value) && value.length === 0);
}

// Beyond this, parsing the JSON has lost digits.
function isExact(number: number): boolean {
  return Number.isSafeInteger(number) || (Number.isFinite(number) && !Number.isInteger(number));
}

function textOrDay(text: string): string | null {
  const day = DATE_ONLY.exec(text)?.[1];
  return day === undefined ? text : (dayWritten(day) ?? null);
}

function setOf(texts: readonly (string | null | undefined)[]): readonly string[] | null | undefined {
  if (texts.includes(undefined)) return undefined;
  const set = [...new Set(texts.filter((text) => typeof text === 'string').filter((text) => text !== ''))];
  return set.length === 0 ? null : set.sort();
}

// One of a list, or an option: some HR systems give theirs as { id, value } or { id, name }.
function textIn(value: unknown): string | null | undefined {
  if (value === null) return null;
  if (typeof value === 'string') return normaliseText(value);
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  for (const key of ['name', 'label', 'value']) {
    const inner = entryOf(value, key);
    if (typeof inner === 'string') return normaliseText(inner);
  }
  return undefined;
}
