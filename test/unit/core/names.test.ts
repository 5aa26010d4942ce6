import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { namesAgree } from '../../../src/core/names.js';
import { growth, LINEAR } from '../../support/growth.js';

describe('names agree', () => {
  test.for([
    ['the same names', ['Ada', 'Lovelace'], ['Ada', 'Lovelace']],
    ['capitals', ['ADA', 'LOVELACE'], ['ada', 'lovelace']],
    ['another order', ['Ada', 'Lovelace'], ['Lovelace', 'Ada']],
    ['one field instead of two', ['Ada Lovelace'], ['Ada', 'Lovelace']],
    ['a comma', ['Ada', 'Lovelace'], ['Lovelace, Ada']],
    ['ü and ue', ['Müller'], ['Mueller']],
    ['ü and u', ['Müller'], ['Muller']],
    ['ß and ss', ['Groß'], ['Gross']],
    ['ø and o', ['Søren'], ['Soren']],
    ['ł and l', ['Łukasz'], ['Lukasz']],
    ['accents', ['José', 'Núñez'], ['Jose', 'Nunez']],
    ['decomposed accents', ['Jose\u0301'], ['José']],
    ['a double name of which one part was dropped', ['Anna', 'Meyer-Schmidt'], ['Anke', 'Schmidt']],
    ['a double name written as one', ['Anna-Lena', 'X'], ['Annalena', 'Y']],
    ['a nickname beside the same last name', ['Robert', 'Hill'], ['Bob', 'Hill']],
    ['a new last name beside the same first name', ['Grace', 'Murray'], ['Grace', 'Hopper']],
    ['a middle name', ['Ada', 'Lovelace'], ['Ada Augusta', 'King']],
    ['a title', ['Dr. Ada', 'Lovelace'], ['Ada', 'King']],
    ['names without spaces', ['太郎', '山田'], ['山田太郎']],
    ['a name of one letter in another script', ['明', '李'], ['李', '强']],
  ] as const)('by %s', ([, ours, theirs]) => {
    expect(namesAgree(ours, theirs)).toBe(true);
    expect(namesAgree(theirs, ours)).toBe(true);
  });

  test.for([
    ['other names', ['Ada', 'Lovelace'], ['Grace', 'Hopper']],
    ['only a particle in common', ['Otto', 'von Guericke'], ['Klaus', 'von Klitzing']],
    ['only a title in common', ['Dr. Ada', 'Lovelace'], ['Dr. Grace', 'Hopper']],
    ['only an initial in common', ['A', 'Lovelace'], ['A', 'Turing']],
    ['a part of a word', ['Ann', 'Lovelace'], ['Annette', 'Turing']],
    ['what every object inherits', ['constructor', 'x'], ['toString', 'y']],
  ] as const)('not by %s', ([, ours, theirs]) => {
    expect(namesAgree(ours, theirs)).toBe(false);
    expect(namesAgree(theirs, ours)).toBe(false);
  });

  test('an account without names agrees with everybody, an employee without names with nobody else', () => {
    for (const none of [[], [''], [' ', '-']]) {
      expect(namesAgree(['Ada', 'Lovelace'], none)).toBe(true);
      expect(namesAgree(none, ['Ada', 'Lovelace'])).toBe(false);
    }
    expect(namesAgree(['A', 'von'], ['Ada', 'von Lovelace'])).toBe(false);
  });

  test('everybody agrees with themselves, whatever they are called', () => {
    const letter = fc.constantFrom('ä', 'b', 'ß', 'Ł', 'é', 'J', 'ø', '-', ' ', '山', 'Ж');
    const name = fc.array(letter, { minLength: 1 }).map((letters) => `kim ${letters.join('')}`);
    fc.assert(fc.property(fc.array(name), (names) => namesAgree(names, names)));
  });

  test('of endless length are compared by their beginning only', () => {
    expect(namesAgree(['Lovelace'], [`${'x'.repeat(191)} Lovelace`])).toBe(true);
    expect(namesAgree(['Lovelace'], [`${'x'.repeat(200)} Lovelace`])).toBe(false);
    const words = (count: number) => Array.from({ length: count }, (_, index) => `w${index}`).join(' ');
    expect(namesAgree(['Lovelace'], [`${words(11)} Lovelace`])).toBe(true);
    expect(namesAgree(['Lovelace'], [`${words(12)} Lovelace`])).toBe(false);
  });

  test('agree where one word spells its umlauts in two ways', () => {
    expect(namesAgree(['Jürgenköpfle'], ['Juergenkopfle'])).toBe(true);
  });

  test('take time that grows with their length alone, umlauts or not', () => {
    const compare = (length: number) => expect(namesAgree(['ü'.repeat(length)], ['ö'.repeat(length)])).toBe(false);
    expect(growth(compare, 10_000)).toBeLessThan(LINEAR);
  });
});
