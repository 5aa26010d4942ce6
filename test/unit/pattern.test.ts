import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { readPattern } from '../../src/pattern.js';
import { growth, LINEAR } from '../support/growth.js';

const refuse = (problem: string): never => {
  throw new Error(problem);
};
const finds = (source: string, text: string) => readPattern(source, refuse).test(text);

const { cache } = createRequire(import.meta.url);
const engine = () => Object.keys(cache).filter((file) => file.includes('re2js'));

describe('a pattern', () => {
  it('that only says what to find needs no further engine, so that most commands load none', () => {
    // Other test files of this process may have loaded it.
    for (const file of engine()) delete cache[file];
    for (const source of ['-personio-login@', '@acme\\.example$', 'already exists|already in use', '^[A-F]']) {
      readPattern(source, refuse);
    }
    expect(engine()).toEqual([]);
    readPattern('a+', refuse);
    expect(engine()).not.toEqual([]);
  });

  it.each([
    ['onn', 'Bonn', true],
    ['^onn', 'Bonn', false],
    ['BONN', 'bonn', true],
    ['ÉCOLE', 'école', true],
    ['a$', 'a\n', false],
    ['^(Trainer|Coach)$', 'coach', true],
    ['^(Trainer|Coach)$', 'coaches', false],
    ['\\d{2,}', 'room 12', true],
    ['[äö]+', 'Köln', true],
    ['^\\u00fc?ber$', 'über', true],
    ['(?<year>20\\d\\d)', 'in 2026', true],
    ['^\\p{L}+$', 'Ünal', true],
    ['\\\\1+', 'a\\1', true],
  ])('%s is found in %j: %s', (source, text, found) => {
    expect(finds(source, text)).toBe(found);
  });

  it('takes time that grows with the text alone, whatever it says', () => {
    for (const source of ['^(\\w+\\s?)+$', '(a|a)*b$', '(.*)*x', '^(([a-z])+ ?)+$']) {
      const pattern = readPattern(source, refuse);
      const find = (times: number) => expect(pattern.test(`${'ab '.repeat(times)}!`), source).toBe(false);
      expect(growth(find, 6_000), source).toBeLessThan(LINEAR);
    }
  });

  it('is found in composed and decomposed letters, and at spaces of any width', () => {
    expect(finds('^B\u0075\u0308ro$', 'Büro')).toBe(true);
    expect(finds('Acme\u00A0GmbH', 'Acme GmbH')).toBe(true);
  });

  it.each([
    ['(', /^is not a regular expression: /],
    ['(?=a)', /look-ahead/],
    ['(?<!a)b', /look-behind/],
    ['(a)\\1', /back references/],
    ['(?<n>a)\\k<n>', /back references/],
    ['x{1001}', /^is not a pattern that takes linear time: invalid repeat count/],
    ['\\p{Letter}+', /classes are written \\p\{L\}/],
  ])('%s is refused in words', (source, words) => {
    const problems: string[] = [];
    readPattern(source, (problem) => {
      problems.push(problem);
      return /x/;
    });
    expect(problems).toEqual([expect.stringMatching(words)]);
  });
});
