import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { meansTheSame } from '../../../src/core/meaning.js';
import type { Value } from '../../../src/core/value.js';
import { someText, someValue } from './made-up.js';

describe('meansTheSame', () => {
  it.each([
    [5, '5', undefined, true],
    [5, '5.0', undefined, true],
    [5, '6', undefined, false],
    ['007', '7', undefined, false],
    ['007', '7', 'integer', true],
    ['007', 7, 'string', false],
    [true, 'true', undefined, true],
    [true, 'yes', undefined, true],
    [true, '0', undefined, false],
    ['2026-11-24', '2026-11-24T00:00:00Z', undefined, true],
    ['2026-11-24', '2026-11-25', undefined, false],
    ['2026-11-24', '24 Nov 2026', 'date', false],
    [['b', 'a'], 'a, b', undefined, true],
    [['b', 'a'], 'b,a', undefined, true],
    [['b', 'a'], 'a', undefined, false],
    [['Research, Development', 'Sales'], ['Development', 'Research', 'Sales'], undefined, true],
    ['Ju\u0308rgen', 'Jürgen', undefined, true],
    ['Head  of\nSales ', 'Head of Sales', undefined, true],
    ['Sales', 'sales', undefined, false],
    [null, '', undefined, true],
    [[], null, undefined, true],
    [0, null, undefined, false],
    [false, '', undefined, false],
  ] as const)('%j and %j of type %s: %s', (before, after, type, same) => {
    expect(meansTheSame('custom_fields.Badge', before, after, type)).toBe(same);
  });

  it('takes a name in other capitals for the same only where the LMS keeps one spelling', () => {
    const same = (before: Value, after: Value) => meansTheSame('primary_team', before, after, undefined, true);
    expect(same('People', 'PEOPLE ')).toBe(true);
    expect(same(['People', 'Chess'], ['chess', 'people'])).toBe(true);
    expect(same('People', 'Peoples')).toBe(false);
    expect(meansTheSame('primary_team', 'People', 'PEOPLE')).toBe(false);
  });

  it('takes two spellings of one address for one', () => {
    expect(meansTheSame('email', 'Mia@Acme.example', 'mia@acme.example ')).toBe(true);
    expect(meansTheSame('job_title', 'Mia', 'mia')).toBe(false);
  });

  it('is the same in both directions, and always true of a value and itself', () => {
    const type = fc.option(fc.constantFrom('string', 'date', 'integer', 'decimal', 'boolean', 'multi_choice'), {
      nil: undefined,
    });
    fc.assert(
      fc.property(someValue, someValue, type, (one, other, kind) => {
        expect(meansTheSame('x', one, one, kind)).toBe(true);
        expect(meansTheSame('x', one, other, kind)).toBe(meansTheSame('x', other, one, kind));
      }),
    );
  });

  it('holds for any whole number and its text, and tells texts apart that differ in more than space', () => {
    fc.assert(fc.property(fc.integer(), (number) => meansTheSame('x', number, String(number))));
    fc.assert(
      fc.property(someText, (text) => {
        expect(meansTheSame('x', `${text}a`, `${text}b`)).toBe(false);
      }),
    );
  });
});
