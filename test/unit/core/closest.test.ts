import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { closest, didYouMean } from '../../../src/core/closest.js';

const LABELS = ['Cost centre', 'Job title', 'Badge', 'Employee id'];

describe('the word that was meant', () => {
  it.each([
    ['Cost center', 'Cost centre'],
    ['cost_centre', 'Cost centre'],
    ['COST CENTRE', 'Cost centre'],
    ['Job titel', 'Job title'],
    ['Badges', 'Badge'],
    ['Bagde', 'Badge'],
    ['Bad', null],
    ['Shoe size', null],
    ['', null],
    [' - ', null],
  ])('of %j is %j', (word, meant) => {
    expect(closest(word, LABELS)).toBe(meant);
    expect(didYouMean(word, LABELS)).toBe(meant === null ? '' : `; did you mean "${meant}"?`);
  });

  it('is none that means something else', () => {
    expect(closest('external', ['internal'])).toBeNull();
    expect(closest('Senior', ['Junior'])).toBeNull();
  });

  it('is the nearest of several', () => {
    expect(closest('Department', ['Departments', 'department', 'Depart'])).toBe('department');
  });

  it('is found at once however long the words are', () => {
    expect(closest('a'.repeat(100_000), ['a'.repeat(100_001)])).toBeNull();
  });

  it('is itself for every word that means something, and the same whatever the capitals', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z]{4,20}$/), (word) => {
        expect(closest(word.toUpperCase(), [word])).toBe(word);
        expect(closest(`${word}x`, [word])).toBe(word);
      }),
    );
  });
});
