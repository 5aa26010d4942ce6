import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normaliseText } from '../../../src/core/text.js';

describe('normaliseText', () => {
  it.each([
    ['Acme GmbH', 'Acme GmbH'],
    ['Bu\u0308ro', 'Büro'],
    ['  Acme \t\r\n GmbH  ', 'Acme GmbH'],
    ['Acme\u00A0\u202FGmbH\u2028', 'Acme GmbH'],
    ['Mia\u0085Adler', 'Mia Adler'],
    ['\uFEFFMi\u200Ba\u2060', 'Mia'],
    ['\u200B\u200B', ''],
    ['Mi\0a', 'Mia'],
    ['', ''],
  ])('makes %j to %j', (text, normal) => {
    expect(normaliseText(text)).toBe(normal);
  });

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(normaliseText(normaliseText(text))).toBe(normaliseText(text));
      }),
    );
  });
});
