import { describe, expect, it } from 'vitest';
import { isPlacedIn, placeAmong, placeFrom, placeKey, placeText } from '../../../src/core/place.js';
import type { Fields } from '../../../src/core/value.js';

const fields = ['work_location', 'department'];
const place = (values: Fields, groups: Readonly<Record<string, string>> = {}) => {
  const text = placeText({ fields, groups, top: 'top' }, values);
  return text === undefined ? undefined : placeFrom(text);
};
const paris = { work_location: 'Paris', department: 'Support' };

describe('a place', () => {
  it.each<[string, Fields, readonly string[]]>([
    ['is every value below the top', paris, ['Paris', 'Support']],
    [
      'has its values without surrounding and doubled space',
      { work_location: ' New  York ', department: 'A' },
      ['New York', 'A'],
    ],
    ['ends at the first level without a value', { work_location: null, department: 'Support' }, []],
    ['ends where the lower level is empty', { work_location: 'Paris', department: ' ' }, ['Paris']],
    ['takes several values for one name', { work_location: ['Paris', 'Porto'], department: null }, ['Paris, Porto']],
    ['keeps a slash inside a value', { work_location: 'A / B', department: 'C/D' }, ['A / B', 'C/D']],
    ['minds no prototype', { work_location: 'constructor', department: '__proto__' }, ['constructor', '__proto__']],
  ])('%s', (_, values, names) => {
    expect(place(values)).toEqual({ start: 'top', known: 0, names });
  });

  it('is unknown where a value that may decide could not be read', () => {
    expect(place({ work_location: 'Paris' })).toBeUndefined();
  });

  it.each<[string, Readonly<Record<string, string>>, string, number, readonly string[]]>([
    ['begins at the group that the config names for the whole path', { 'paris / support': 'G' }, 'G', 2, []],
    ['begins at a named group above, with the rest below it', { paris: 'P' }, 'P', 1, ['Support']],
    ['prefers the longer path', { paris: 'P', 'paris / support': 'G' }, 'G', 2, []],
    ['takes no path of another place', { support: 'S', 'new york / support': 'N' }, 'top', 0, ['Paris', 'Support']],
  ])('%s', (_, groups, start, known, names) => {
    expect(place(paris, groups)).toEqual({ start, known, names });
  });

  it('that is a plain id has no names', () => {
    expect(placeFrom('5f0c360a0000000000000001')).toEqual({ start: '5f0c360a0000000000000001', known: 0, names: [] });
  });
});

it.each([
  ['Paris/Support', 'PARIS  / Support '],
  ['Bu\u0308ro Mu\u0308nchen', 'büro MÜNCHEN'],
  [' R&D ', 'r&d'],
])('names %j and %j are one name', (left, right) => {
  expect(placeKey(left)).toBe(placeKey(right));
});

it('somebody stands in one of several places, or not', () => {
  expect(isPlacedIn('a', ['a', 'b'])).toBe(true);
  expect(isPlacedIn('c', ['a', 'b'])).toBe(false);
  expect(isPlacedIn('a', 'a')).toBe(false);
  expect(isPlacedIn(null, ['a'])).toBe(false);
});

describe('after a move that may have gone through by half', () => {
  const change = { before: 'old', after: 'new' };

  it.each([
    [['new', 'old'], 'old'],
    [['by hand', 'new'], 'new'],
    [
      ['by hand', 'third'],
      ['by hand', 'third'],
    ],
    ['new', 'new'],
  ])('an account that is shown in %j is in %j', (shown, place) => {
    expect(placeAmong(shown, change, null)).toEqual(place);
  });
});
