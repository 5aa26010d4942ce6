import { describe, expect, it } from 'vitest';
import { isCode, isPlain, NOTHING_SENT, namedIn } from '../../../src/http/plain-words.js';
import { sentBy } from '../../../src/http/sent-by.js';
import { growth, LINEAR } from '../../support/growth.js';

const SENT = sentBy({
  method: 'PUT',
  path: '/users/ada%40acme.example?by=email',
  json: { firstName: 'Ada', lastName: 'Long', custom_fields: { 'Cost centre': '4711', Badge: 12 } },
});

describe('a sentence that anybody may read', () => {
  it.each([
    'Email has already been taken',
    "Validation failed: firstName can't be blank",
    'Badge must be less than 255',
    'Custom field "Cost centre" does not exist',
  ])('%s', (sentence) => {
    expect(isPlain(sentence, SENT)).toBe(true);
  });

  it.each([
    ['holds a name', 'Ada is invalid'],
    ['holds a name that is a word, too', 'Long is invalid'],
    ['holds a long number', 'the value 4711 is invalid'],
    ['holds an address', 'ada@acme.example is invalid'],
    ['holds a date', 'invalid: 1990-04-01'],
    ['holds a word that nobody expects', 'the user was born too late'],
    ['holds another script', 'the user 王 is invalid'],
    ['is too long', 'is invalid '.repeat(40)],
  ])('not one that %s', (_, sentence) => {
    expect(isPlain(sentence, SENT)).toBe(false);
  });
});

it('names those fields of a request that a sentence speaks of', () => {
  expect(namedIn('Ada Long has no first_name and no Cost-Centre', SENT)).toEqual(['firstName', 'Cost centre']);
});

it.each([
  ['mailAlreadyUsed', true],
  ['invalid_scope', true],
  ['adaIsUnknown', false],
  ['Ada Lind', false],
  ['born1990', false],
  ['x'.repeat(61), false],
])('%s has the form of a code: %s', (text, isOne) => {
  expect(isCode(text, SENT)).toBe(isOne);
});

it('compares nothing where nothing was sent', () => {
  expect(isPlain('Email is invalid', NOTHING_SENT)).toBe(true);
});

it('takes time that grows with the sentence alone', () => {
  expect(growth((times) => isPlain('aB'.repeat(times), SENT), 12_000)).toBeLessThan(LINEAR);
  expect(growth((times) => namedIn('aB '.repeat(times), SENT), 12_000)).toBeLessThan(LINEAR);
});
