import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { commonOffsets, displayWidth, fitText, flow, safeText, wrapText } from '../../../src/report/terminal.js';

const HARMFUL = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]/u;
const nasty = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({
    unit: fc.constantFrom('\x1b', '\x9b', '\u202e', '\u200b', '\u200d', '\u0301', '山', '👩', '\ud800', 'a', '\n'),
  }),
);

describe('safeText', () => {
  it('shows escapes, direction marks and line breaks instead of obeying them', () => {
    expect(safeText('\x1b[2Jgone')).toBe('␛[2Jgone');
    expect(safeText('a\nb\tc\x7f')).toBe('a␊b␉c␡');
    expect(safeText('\u202egnp.exe\u202c')).toBe('\\u{202E}gnp.exe\\u{202C}');
    expect(safeText('zero\u200bwidth\u2028line\x9bcsi')).toBe('zero\\u{200B}width\\u{2028}line\\u{9B}csi');
    expect(safeText('half \ud800 pair')).toBe('half \\u{D800} pair');
  });

  it('leaves names of every script and joined pictures as they are', () => {
    for (const name of ['Zoë Müller', '山田 太郎', 'Нина', 'علي', 'e\u0301', '👩‍💻', '👍🏽', '葛\u{e0100}城']) {
      expect(safeText(name)).toBe(name);
    }
    expect(safeText('a\u200db')).toBe('a\\u{200D}b');
  });

  it('stops marks from being stacked over the lines above', () => {
    expect(safeText(`a${'\u0301'.repeat(10_000)}b`)).toBe(`a${'\u0301'.repeat(6)}…b`);
  });

  it('cuts by columns, and never inside a character', () => {
    expect(safeText('abcdef', 4)).toBe('abc…');
    expect(safeText('abcd', 4)).toBe('abcd');
    expect(safeText('山田太郎', 5)).toBe('山田…');
    expect(safeText('山田太郎', 4)).toBe('山…');
    expect(safeText('👩‍💻👩‍💻', 3)).toBe('👩‍💻…');
    expect(safeText('e\u0301e\u0301e\u0301', 2)).toBe('e\u0301…');
    expect(safeText('x'.repeat(10_000), 80)).toHaveLength(80);
    expect(safeText('abc', 0)).toBe('');
  });

  it('never lets a control or direction character through, nor more columns than asked for', () => {
    fc.assert(
      fc.property(nasty, fc.integer({ min: 0, max: 40 }), (text, width) => {
        const safe = safeText(text, width);
        expect(safe).not.toMatch(HARMFUL);
        expect(displayWidth(safe)).toBeLessThanOrEqual(width);
        expect(safeText(safe)).toBe(safe);
      }),
    );
  });
});

it('measures plain characters as string-width does', () => {
  for (let code = 0x20; code < 0x300; code += 1) {
    const character = safeText(String.fromCodePoint(code));
    expect(displayWidth(character)).toBe(stringWidth(character));
  }
});

describe('layout', () => {
  it('fills cells to their width, whatever the script', () => {
    expect(fitText('山田', 6)).toBe('山田  ');
    expect(fitText('12', 4, 'right')).toBe('  12');
    expect(fitText('abcdef', 3)).toBe('ab…');
  });

  it('wraps sentences with a hanging indent and leaves long words whole', () => {
    expect(wrapText('one two three https://acme.example/very/long', 14, '- ')).toEqual([
      '- one two',
      '  three',
      '  https://acme.example/very/long',
    ]);
  });

  it('goes on below with a piece that no line holds, and with the next one after it', () => {
    expect(flow(['short', 'a piece that is long', 'end'], 15, '- ', ' · ')).toEqual([
      '- short',
      '  a piece that',
      '  is long · end',
    ]);
  });

  it('measures coloured pieces without their codes', () => {
    const red = (text: string) => `\x1b[31m${text}\x1b[39m`;
    expect(flow([red('one'), red('two'), red('three')], 8)).toEqual([`${red('one')} ${red('two')}`, red('three')]);
  });

  it('finds where two texts part', () => {
    expect(commonOffsets('abc', 'abd')).toEqual([0, 1]);
    expect(commonOffsets('👩‍💻x', '👩‍💻y')).toEqual([0]);
    expect(commonOffsets('a', 'b')).toEqual([]);
  });
});
