import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { convert, type MappedType } from '../../../src/core/convert.js';
import { sameValue, type Value } from '../../../src/core/value.js';
import { someValue } from './made-up.js';

const TYPES: readonly MappedType[] = ['string', 'date', 'integer', 'decimal', 'choice', 'multi_choice', 'boolean'];

describe('convert', () => {
  it.each<[MappedType, Value, Value]>([
    ['string', ' Sales ', 'Sales'],
    ['string', 'Ju\u0308rgen', 'J\u00fcrgen'],
    ['string', 7, '7'],
    ['string', true, 'true'],
    ['string', ['b', 'a'], 'b, a'],
    ['choice', 3.5, '3.5'],
    ['multi_choice', 'b, a ,,b', ['a', 'b']],
    ['multi_choice', ['b', ' a', 'b'], ['a', 'b']],
    ['multi_choice', ' , ', []],
    ['multi_choice', 7, ['7']],
    ['date', '2026-11-24', '2026-11-24'],
    ['date', '2026-11-24T00:00:00+01:00', '2026-11-24'],
    ['date', '2026-11-24 23:59', '2026-11-24'],
    ['integer', '42', 42],
    ['integer', ' -7 ', -7],
    ['integer', '+007', 7],
    ['integer', 42, 42],
    ['integer', '9007199254740991', 9007199254740991],
    ['decimal', '38.50', 38.5],
    ['decimal', '.5', 0.5],
    ['decimal', 0.0000001, 0.0000001],
    ['decimal', '0', 0],
    ['boolean', 'Yes', true],
    ['boolean', 'ja', true],
    ['boolean', 1, true],
    ['boolean', ' FALSE ', false],
    ['boolean', 'Nein', false],
    ['boolean', false, false],
  ])('reads as %s %j: %j', (type, value, result) => {
    expect(convert(value, type)).toEqual(result);
  });

  it.each<[MappedType, Value]>([
    ['date', '24.11.2026'],
    ['date', '2026-02-29'],
    ['date', '2026-11-241'],
    ['date', '2026-11-24,2027-01-01'],
    ['date', ['2026-11-24', '2027-01-01']],
    ['date', 20261124],
    ['date', 'soon'],
    ['integer', '1.5'],
    ['integer', 1.5],
    ['integer', '1e3'],
    ['integer', '0x10'],
    ['integer', '1,000'],
    ['integer', '9007199254740993'],
    ['integer', 'Infinity'],
    ['integer', true],
    ['integer', '٣'],
    ['decimal', '38,5'],
    ['decimal', '1e400'],
    ['decimal', 'NaN'],
    ['decimal', '.'],
    ['decimal', '1.'],
    ['decimal', `${'9'.repeat(400)}`],
    ['boolean', 'maybe'],
    ['boolean', 2],
  ])('refuses as %s %j', (type, value) => {
    expect(convert(value, type)).toBeUndefined();
  });

  it('never throws, and reads what it made to the same again', () => {
    fc.assert(
      fc.property(someValue, fc.constantFrom(...TYPES), (value, type) => {
        const once = convert(value, type);
        if (once === undefined) return;
        expect(convert(once, type)).toEqual(once);
      }),
    );
  });

  it('gives the same set whatever the order of tags', () => {
    const tags = fc.array(fc.string(), { minLength: 1 });
    const shuffled = tags.chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
    );
    fc.assert(
      fc.property(shuffled, ([one, other]) => {
        expect(sameValue(convert(one, 'multi_choice'), convert(other, 'multi_choice'))).toBe(true);
      }),
    );
  });

  it('keeps every number of ordinary size as it is', () => {
    fc.assert(
      fc.property(fc.double({ min: -1e15, max: 1e15, noNaN: true }), (number) => {
        expect(sameValue(convert(number, 'decimal'), number)).toBe(true);
      }),
    );
  });
});
