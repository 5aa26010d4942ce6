import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emailKey, isEmail } from '../../../src/core/email.js';

describe('emailKey', () => {
  it.each([
    ['Mia.Adler@ACME.example', 'mia.adler@acme.example'],
    ['  mia@acme.example\n', 'mia@acme.example'],
    ['ju\u0308rgen@acme.example', 'j\u00fcrgen@acme.example'],
    ['JU\u0308RGEN@acme.example', 'j\u00fcrgen@acme.example'],
    ['ｍｉａ@acme.example', 'mia@acme.example'],
    ['\u00a0mia@acme.example', 'mia@acme.example'],
  ])('makes %j and %j one address', (one, other) => {
    expect(emailKey(one)).toBe(emailKey(other));
  });

  it.each([
    ['mia@acme.example', 'mía@acme.example'],
    ['mia.adler@acme.example', 'miaadler@acme.example'],
    ['mia+lms@acme.example', 'mia@acme.example'],
  ])('keeps %j and %j apart', (one, other) => {
    expect(emailKey(one)).not.toBe(emailKey(other));
  });

  it('gives the key of a key unchanged', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(emailKey(emailKey(text))).toBe(emailKey(text));
      }),
    );
  });

  it('does not depend on the case of plain letters', () => {
    fc.assert(
      fc.property(fc.emailAddress(), (address) => {
        expect(emailKey(address.toUpperCase())).toBe(emailKey(address));
      }),
    );
  });
});

describe('isEmail', () => {
  it.each([
    'mia@acme.example',
    'mia.adler+lms@mail.acme.example',
    "o'neil@acme.example",
    'jürgen@exämple.example',
    'a@b.c',
    `${'a'.repeat(241)}@acme.example`,
  ])('takes %s', (text) => {
    expect(isEmail(text)).toBe(true);
  });

  it.each([
    '',
    'mia',
    'mia@',
    '@acme.example',
    'mia@acme',
    'mia@@acme.example',
    'mia@acme@acme.example',
    'mia@acme..example',
    'mi..a@acme.example',
    'mia@acme.example.',
    'mia.@acme.example',
    '.mia@acme.example',
    'mia@.acme.example',
    'mia@-acme.example',
    'mia@acme-.example',
    'mia@acme.123',
    `mia@${'a'.repeat(64)}.example`,
    'mia @acme.example',
    ' mia@acme.example',
    'mia@acme.example\n',
    'mia@acme.example\r\nBcc: all@acme.example',
    'mia\u0000@acme.example',
    'mia\u200b@acme.example',
    'mia\u202e@acme.example',
    'mia\ud800@acme.example',
    'Mia <mia@acme.example>',
    'mia@acme.example,ben@acme.example',
    'mia@acme.example;ben@acme.example',
    '"mia"@acme.example',
    `${'a'.repeat(242)}@acme.example`,
  ])('refuses %j', (text) => {
    expect(isEmail(text)).toBe(false);
  });

  it('takes what mail systems deliver to', () => {
    fc.assert(
      fc.property(fc.emailAddress(), (address) => {
        expect(isEmail(address)).toBe(address.length <= 254);
      }),
    );
  });

  // Whoever walked such a text anew from each of its characters would not come to an end.
  it.each([
    'a'.repeat(1_000_000),
    'a@'.repeat(500_000),
    `a@${'a.'.repeat(500_000)}`,
    `a@${'.'.repeat(1_000_000)}`,
    `${'.'.repeat(1_000_000)}@`,
    `${'a.'.repeat(126)}@`,
    `a@${'a.'.repeat(125)}@`,
  ])('answers whatever it is asked', (text) => {
    expect(isEmail(text)).toBe(false);
  });
});
