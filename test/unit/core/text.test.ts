import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normaliseText } from '../../../src/core/text.js';
import { growth, LINEAR } from '../../support/growth.js';

describe('normaliseText', () => {
  it.each([
    ['Mia Adler', 'Mia Adler'],
    ['  Mia  Adler ', 'Mia Adler'],
    ['Mia\u00a0\u2003\u3000\tAdler', 'Mia Adler'],
    ['Mia\r\nAdler\nOtt\u2028Ott\u2029Ott\u0085Ott\u000bOtt', 'Mia Adler Ott Ott Ott Ott Ott'],
    ['Ju\u0308rgen', 'J\u00fcrgen'],
    ['M\u0000ia', 'Mia'],
    ['\u200b\ufeff Mia \u200d\u2060', 'Mia'],
    ['\u200b', ''],
    [' \u00ad\u200e\u202c ', ''],
    ['\u0646\u200c\u0627', '\u0646\u200c\u0627'],
    ['\u001b[31mLead\u0007', '\u001b[31mLead\u0007'],
    ['', ''],
  ])('makes of %j the text %j', (written, text) => {
    expect(normaliseText(written)).toBe(text);
  });

  it('gives a text that is normalised already unchanged, and no two texts that look the same differently', () => {
    const text = fc.oneof(
      fc.string(),
      fc.string({ unit: 'binary' }),
      fc.array(fc.constantFrom(' ', '\n', '\u00a0', '\u200b', 'a', '\u0308', '\u0000')).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(text, (written) => {
        const once = normaliseText(written);
        expect(normaliseText(once)).toBe(once);
        expect(normaliseText(written.normalize('NFD'))).toBe(normaliseText(written.normalize('NFC')));
        expect(once).not.toMatch(/^\s|\s$|\s{2}|[\n\r\t\0]/);
      }),
    );
  });

  it.each([' ', '\u200b', ' \u200b', 'a\u200b', '\n'])(
    'takes time that grows with the text alone: many of %j',
    (part) => {
      const normalise = (times: number) => normaliseText(`${part.repeat(times)}x${part.repeat(times)}y`);
      expect(growth(normalise, 4_000)).toBeLessThan(LINEAR);
    },
  );
});
