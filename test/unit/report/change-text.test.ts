import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { changeLines } from '../../../src/report/change-text.js';
import { makeStyle } from '../../../src/report/style.js';
import { hostileText } from '../../support/hostile.js';
import { change, person } from './acme.js';

const view = (width: number) => ({ width, style: makeStyle(false), limit: Infinity });

describe('a change on a terminal', () => {
  it('tells of somebody with a long name in more lines, each beginning below the name', () => {
    const long = person('1010', 'W'.repeat(90), 'wilhelmina.wolkenstein@acme.example');
    expect(changeLines(change({ employee: long, fields: {} }), view(80))).toEqual([
      `  ~ ${'W'.repeat(59)}…`,
      '    <wilhelmina.wolkenstein@acme.example> #1010',
    ]);
  });

  it('shows before above after where a terminal would turn the two round', () => {
    const fields = { last_name: { before: 'שלום', after: 'עולם' }, team: { before: 'عمان', after: 'Amman' } };
    expect(changeLines(change({ fields }), view(80)).slice(1)).toEqual([
      '      last_name      שלום',
      '                     → עולם',
      '      team           عمان → Amman',
    ]);
  });

  it('fits the terminal, whatever people and values are called', () => {
    const kinds = fc.constantFrom('update', 'create', 'deactivate');
    fc.assert(
      fc.property(kinds, hostileText, hostileText, fc.constantFrom(80, 120, 200), (kind, one, other, width) => {
        const told = change({
          kind,
          employee: person('1', one, null),
          because: 'last day was 2026-11-23',
          fields: { job_title: { before: kind === 'create' ? null : one, after: other } },
        });
        for (const line of changeLines(told, view(width))) expect(stringWidth(line)).toBeLessThanOrEqual(width);
      }),
    );
  });
});
