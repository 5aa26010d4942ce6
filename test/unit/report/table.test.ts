import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { renderFindings } from '../../../src/report/findings.js';
import { renderTable } from '../../../src/report/table.js';
import { displayWidth } from '../../../src/report/terminal.js';

describe('renderTable', () => {
  it('lines columns up by what is seen', () => {
    const columns = [{ title: 'Name' }, { title: 'Tries', align: 'right' as const }];
    expect(
      renderTable(
        columns,
        [
          ['山田 太郎', '1'],
          ['Max\x1b', '12'],
        ],
        80,
      ),
    ).toBe(['Name       Tries', '山田 太郎      1', 'Max␛          12', ''].join('\n'));
  });

  it('keeps its columns straight under names of every script, joined pictures and stacked marks', () => {
    const names = [
      '美咲 佐藤',
      '👩‍💻👨‍👩‍👧‍👦 🏳️‍🌈',
      'A\u0301\u0308\u0327nna',
      'שלום עולם',
      'محمد',
      'क्षत्रिय',
      '한국어 김',
      '🇩🇪🇯🇵 ✊🏽',
      'Ⅷ ½ ①',
    ];
    const hostile = ['\u202Eevil\u202C', '\x1b[31mred', `Z${'\u0300'.repeat(50)}`, 'W'.repeat(300)];
    const name = fc.oneof(
      fc.constantFrom(...names, ...hostile),
      fc.string({ unit: 'grapheme' }),
      fc.string({ unit: 'binary' }),
    );
    const widths = fc.constantFrom(24, 80, 200, Number.POSITIVE_INFINITY);
    fc.assert(
      fc.property(fc.array(name, { minLength: 1 }), widths, (all, width) => {
        const rows = all.map((one, index) => [one, `#${index}`]);
        const lines = renderTable([{ title: 'Name' }, { title: 'Employee' }], rows, width)
          .trimEnd()
          .split('\n');
        expect(lines).toHaveLength(rows.length + 1);
        const starts = lines.slice(1).map((line) => stringWidth(line.slice(0, line.lastIndexOf('#'))));
        expect(new Set(starts).size).toBe(1);
        expect(Math.max(...lines.map((line) => stringWidth(line)))).toBeLessThanOrEqual(width);
      }),
    );
  });

  it('goes on below with a text that wraps, and lets its column give way before the others', () => {
    const columns = [{ title: 'run' }, { title: 'planned', wraps: true }];
    const text = renderTable(
      columns,
      [
        ['4', 'refused by safety; 12 update'],
        ['3', '37 create'],
      ],
      26,
    );
    expect(text).toBe('run  planned\n4    refused by safety; 12\n     update\n3    37 create\n');
  });

  it('cuts the widest column first', () => {
    const text = renderTable([{ title: 'Id' }, { title: 'Error' }], [['1001', 'x'.repeat(100)]], 30);
    expect(text).toContain('1001  ');
    expect(Math.max(...text.split('\n').map(displayWidth))).toBe(30);
  });
});

describe('renderFindings', () => {
  it('marks each finding and wraps what it says', () => {
    const findings = [
      { level: 'ok', subject: 'credentials', message: 'accepted' },
      { level: 'warning', subject: 'scopes', message: 'none are set, so the default of the account holds' },
      { level: 'error', subject: 'attribute job_title', message: 'cannot be read: add it to the credentials' },
    ] as const;
    expect(renderFindings(findings, { width: 60 })).toMatchInlineSnapshot(`
      "✓ credentials          accepted
      ! scopes               none are set, so the default of the
                             account holds
      ✗ attribute job_title  cannot be read: add it to the
                             credentials
      "
    `);
  });
});
