import { caseless } from './caseless.js';
import type { FieldChange } from './change.js';
import { type Fields, isEmpty, textFrom, type Value } from './value.js';

/** How HR fields place somebody in a tree of groups, from top to bottom. */
export interface Levels {
  /** HR fields, the one directly below `top` first. */
  readonly fields: readonly string[];
  /** Groups that are called otherwise than HR's values: {@link placeKey} of a path of values → the group's id. */
  readonly groups: Readonly<Record<string, string>>;
  /** The id of the group above all levels. */
  readonly top: string;
}

/** A place as HR gives it: the group to start at, and the names below it that only the LMS can look up. */
export interface Place {
  readonly start: string;
  /** How many levels the start stands for. */
  readonly known: number;
  readonly names: readonly string[];
}

// A thin space stands in no text that HR gives: every kind of space is one plain space there.
const SEPARATOR = '\u2009/\u2009';
const KNOWN = '=';

/**
 * A name, or a path of names with slashes, as names are compared: composed Unicode, without case, surrounding space and
 * the space around slashes.
 */
export function placeKey(text: string): string {
  return caseless(text)
    .replace(/ ?\/ ?/g, ' / ')
    .trim();
}

/**
 * Where HR's values place somebody, as one text: a group's id and, for what no entry of `groups` covers, the values below
 * it. The path ends at the first level without a value; undefined where a value could not be read, since it may decide.
 */
export function placeText({ fields, groups, top }: Levels, values: Fields): string | undefined {
  const names: string[] = [];
  for (const field of fields) {
    const value = values[field];
    if (value === undefined) return undefined;
    if (isEmpty(value)) break;
    names.push(textFrom(value).replace(/\s+/g, ' ').trim());
  }
  for (let length = names.length; length > 0; length -= 1) {
    const key = placeKey(names.slice(0, length).join('/'));
    const id = Object.hasOwn(groups, key) ? groups[key] : undefined;
    if (id === undefined) continue;
    return [id, ...names.slice(0, length).map(() => KNOWN), ...names.slice(length)].join(SEPARATOR);
  }
  return [top, ...names].join(SEPARATOR);
}

/** The parts of a {@link placeText}; a plain id is a place without names. */
export function placeFrom(text: string): Place {
  const [start = '', ...parts] = text.split(SEPARATOR);
  const known = parts.findIndex((part) => part !== KNOWN);
  const names = known < 0 ? [] : parts.slice(known);
  return { start, known: parts.length - names.length, names };
}

/** Whether somebody who is held in several places at once is held in this one. */
export function isPlacedIn(place: Value | undefined, held: Value | undefined): boolean {
  return typeof place === 'string' && Array.isArray(held) && held.includes(place);
}

/**
 * What an account that is shown in several places holds after a move that may have gone through by half: the old place
 * counts as long as the account is in it, so that the move is made again.
 */
export function placeAmong(shown: Value, change: FieldChange | undefined, known: Value | undefined): Value {
  const old = change?.before === change?.after ? null : change?.before;
  return [old, change?.after, known].find((place) => isPlacedIn(place, shown)) ?? shown;
}
