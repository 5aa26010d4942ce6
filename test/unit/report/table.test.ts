import { describe, expect, it } from 'vitest';
import { renderFindings, renderTable } from '../../../src/report/index.js';
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
