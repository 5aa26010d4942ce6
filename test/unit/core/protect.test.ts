import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { protector } from '../../../src/core/protect.js';

describe('protector', () => {
  it.each<[string, string, boolean]>([
    ['*@consultants.example', 'mia@consultants.example', true],
    ['*@consultants.example', 'MIA@Consultants.Example', true],
    ['*@Consultants.EXAMPLE', ' mia@consultants.example ', true],
    ['*@consultants.example', 'mia@consultants.example.evil.example', false],
    ['*@consultants.example', 'mia@sub.consultants.example', false],
    ['*@consultants.example', 'mia@consultantsXexample', false],
    ['*@*consultants.example', 'mia@sub.consultants.example', true],
    ['mia@acme.example', 'mia@acme.example', true],
    ['mia@acme.example', 'xmia@acme.example', false],
    ['mia*', 'mia@acme.example', true],
    ['*', 'anybody@acme.example', true],
    ['**', '', true],
    ['a*a', 'a', false],
    ['a*a', 'aa', true],
    ['*ab*ab', 'ab', false],
    ['*ab*ab', 'abab', true],
    ['ab*bc', 'abc', false],
    ['m?a@acme.example', 'mia@acme.example', false],
    ['(.*)', 'mia@acme.example', false],
    ['[a-z]+@acme.example', 'mia@acme.example', false],
    ['mia+lms@acme.example', 'mia+lms@acme.example', true],
    ['m.a@acme.example', 'mia@acme.example', false],
    ['^mia@acme.example$', 'mia@acme.example', false],
    ['mia|ben', 'mia', false],
    ['mia@acme.example', 'mia@acme.example\nx', false],
    ['mia*x', 'mia@acme.example\nx', true],
    ['ju\u0308rgen@*', 'JÜRGEN@acme.example', true],
    ['', 'mia@acme.example', false],
  ])('%j covers %j: %s', (pattern, address, covered) => {
    expect(protector([pattern])([address])).toBe(covered);
  });

  it('looks at all patterns and all addresses of a person', () => {
    const isProtected = protector(['x@acme.example', '*@consultants.example']);
    expect(isProtected(['mia@acme.example', 'mia@consultants.example'])).toBe(true);
    expect(isProtected([null, 'x@acme.example'])).toBe(true);
    expect(isProtected(['mia@acme.example', null])).toBe(false);
    expect(isProtected([])).toBe(false);
  });

  it('protects nobody without patterns', () => {
    expect(protector([])(['mia@acme.example'])).toBe(false);
  });

  it('answers, however many stars and however long the address', () => {
    const isProtected = protector([`${'*a'.repeat(30)}*b`, '*@*.*.*.example']);
    // Trying every way in which the stars may be filled would take longer than the world is old.
    expect(isProtected(['a'.repeat(10_000), '@.'.repeat(5_000)])).toBe(false);
  });

  it('covers what a star was put in for', () => {
    const piece = fc.stringMatching(/^[a-z.@]{0,6}$/);
    fc.assert(
      fc.property(
        fc.array(piece, { minLength: 1, maxLength: 5 }),
        fc.array(piece, { minLength: 5, maxLength: 5 }),
        (fixed, filling) => {
          const address = fixed.map((part, index) => (index === 0 ? part : `${filling[index]}${part}`)).join('');
          expect(protector([fixed.join('*')])([address])).toBe(true);
        },
      ),
    );
  });

  it('agrees with a regular expression on short addresses', () => {
    const letters = fc.stringMatching(/^[ab]{0,8}$/);
    fc.assert(
      fc.property(fc.stringMatching(/^[ab*]{0,6}$/), letters, (pattern, address) => {
        const expected = new RegExp(`^${pattern.replace(/\*/g, '.*')}$`).test(address);
        expect(protector([pattern])([address])).toBe(expected);
      }),
      { numRuns: 1_000 },
    );
  });
});
