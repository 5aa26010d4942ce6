import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonical, emptyFields, isEmpty, sameValue, type Value } from '../../../src/core/value.js';
import { someValue } from './made-up.js';

const EMPTY: readonly (Value | undefined)[] = [null, undefined, '', ' ', '\t\n\u00a0', []];
const FILLED: readonly Value[] = [0, false, '0', 'null', ['a'], -1];

describe('isEmpty', () => {
  it.each(EMPTY)('holds of %j', (value) => {
    expect(isEmpty(value)).toBe(true);
  });

  it.each(FILLED.map((value) => [value]))('does not hold of %j', (value) => {
    expect(isEmpty(value)).toBe(false);
  });
});

describe('sameValue', () => {
  it.each<[Value, Value]>([
    [
      ['a', 'b'],
      ['b', 'a'],
    ],
    [
      ['a', 'a', 'b'],
      ['b', 'a'],
    ],
    [null, ''],
    [[], '  '],
    [0, -0],
  ])('takes %j and %j for one', (left, right) => {
    expect(sameValue(left, right)).toBe(true);
  });

  it.each<[Value, Value]>([
    ['1', 1],
    ['true', true],
    ['null', null],
    [0, null],
    [false, null],
    ['a', ['a']],
    [['a,b'], ['a', 'b']],
    [['a","b'], ['a', 'b']],
    ['Sales', 'sales'],
  ])('tells %j from %j', (left, right) => {
    expect(sameValue(left, right)).toBe(false);
  });

  it('is an equivalence: of itself, both ways, and along a chain', () => {
    fc.assert(
      fc.property(someValue, someValue, someValue, (a, b, c) => {
        expect(sameValue(a, a)).toBe(true);
        expect(sameValue(a, b)).toBe(sameValue(b, a));
        expect(sameValue(a, b) && sameValue(b, c) && !sameValue(a, c)).toBe(false);
      }),
    );
  });

  it('holds exactly when the canonical texts are equal', () => {
    fc.assert(
      fc.property(someValue, someValue, (a, b) => {
        expect(canonical(a) === canonical(b)).toBe(sameValue(a, b));
      }),
    );
  });

  it('does not look at the order of a set', () => {
    const shuffled = fc
      .array(fc.string(), { minLength: 1 })
      .chain((set) => fc.tuple(fc.constant(set), fc.shuffledSubarray(set, { minLength: set.length })));
    fc.assert(
      fc.property(shuffled, ([set, other]) => {
        expect(canonical(other)).toBe(canonical(set));
      }),
    );
  });
});

describe('emptyFields', () => {
  it('inherits nothing, so that __proto__ is a key as any other', () => {
    const fields = emptyFields();
    expect(fields['constructor']).toBeUndefined();
    const name: string = '__proto__';
    fields[name] = 'x';
    expect(Object.keys(fields)).toEqual([name]);
  });
});
