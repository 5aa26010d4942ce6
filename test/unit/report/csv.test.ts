import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cellOf, csvReport } from '../../../src/report/csv.js';
import { safeText } from '../../../src/report/terminal.js';
import { hostileText } from '../../support/hostile.js';
import { whole } from '../../support/whole.js';
import { change, fullRun, person, runResult } from './acme.js';

/** Reads CSV as RFC 4180 says. */
function rowsIn(text: string): readonly (readonly string[])[] {
  const rows: string[][] = [[]];
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/gy;
  for (let found = cell.exec(text); found !== null && cell.lastIndex <= text.length; found = cell.exec(text)) {
    rows.at(-1)?.push(found[1]?.replaceAll('""', '"') ?? found[2] ?? '');
    if (found[3] === '\r\n') rows.push([]);
    if (cell.lastIndex === text.length) break;
  }
  return rows.filter((row) => row.length > 0);
}

/** Reads CSV as Excel and LibreOffice do: a quote counts at the beginning of a cell, and what follows its end belongs to it. */
function cellsIn(text: string, separator: string): readonly string[] {
  const cells: string[] = [];
  let cell = '';
  let [quoted, fresh] = [false, true];
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at] ?? '';
    if (quoted && character === '"' && text[at + 1] === '"') {
      cell += '"';
      at += 1;
    } else if (quoted && character === '"') quoted = false;
    else if (!quoted && fresh && character === '"') [quoted, fresh] = [true, false];
    else if (!quoted && (character === separator || character === '\n')) {
      cells.push(cell);
      [cell, fresh] = ['', true];
    } else {
      cell += character;
      fresh = false;
    }
  }
  return [...cells, cell];
}

describe('the changes for a spreadsheet', () => {
  it('are one row for each field, and one for a change without any, in the order of the plan', async () => {
    const text = await whole(csvReport(fullRun()));
    expect(text.startsWith('\ufeffkind,employee_id,name,email,account,department,field,before,after,')).toBe(true);
    const [, ...rows] = rowsIn(text.slice(1));
    expect(rows).toHaveLength(2 + 9 + 2 + 1 + 1);
    expect([...new Set(rows.map(([kind]) => kind))]).toEqual(['deactivate', 'adopt', 'update', 'create']);
    expect(rows.find(([kind]) => kind === 'update')).toEqual([
      ...['update', '1002', 'Max Müller', 'max@acme.example', '77', '', 'job_title', 'Engineer', 'Lead engineer'],
      ...['job_title and primary_team changed', 'no', 'planned', ''],
    ]);
    expect(rows.find(([kind]) => kind === 'deactivate')?.slice(6, 10)).toEqual(['', '', '', 'last day was 2026-11-23']);
  });

  it('mark the account of an administrator', async () => {
    const gone = change({ kind: 'deactivate', privileged: true, fields: {}, because: 'last day was 2026-11-23' });
    const [, row = []] = rowsIn(await whole(csvReport(runResult({ changes: [gone] }))));
    expect(row[9]).toBe('last day was 2026-11-23; administrator');
  });

  it('tell managers by name and id, and by the id alone where no name is known', async () => {
    const moved = change({ fields: { manager: { before: '1', after: '2' }, job_title: { before: '1', after: '3' } } });
    const namesOf = async () => new Map([['1', 'Uwe Böhm']]);
    const [, ...rows] = rowsIn(await whole(csvReport(runResult({ changes: [moved] }, { namesOf }))));
    expect(rows.map((row) => row.slice(6, 9))).toEqual([
      ['manager', 'Uwe Böhm #1', '2'],
      ['job_title', '1', '3'],
    ]);
  });

  it('hold no cell that a spreadsheet would take for a formula, and lose none', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(hostileText, { minLength: 5, maxLength: 5 }),
        async ([a = '', b = '', c = '', d = '', e = '']) => {
          const result = runResult({
            changes: [
              change({ employee: person(a, b, c), because: d, error: e, fields: { [a]: { before: b, after: [c] } } }),
            ],
          });
          const text = (await whole(csvReport(result))).slice(1);
          const rows = rowsIn(text);
          expect(rows.map(({ length }) => length)).toEqual([13, 13]);
          for (const cell of rows.flat()) expect(cell).not.toMatch(/^[=+\-@\t\r]/);
          expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n\t]/);
        },
      ),
    );
  });

  it.for([
    ['=1+1', "'=1+1"],
    ['+49 30', "'+49 30"],
    ['-1', "'-1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\t=1', "'␉=1"],
    ['\r=1', "'␍=1"],
    ['a "b", c', '"a ""b"", c"'],
    ['1+1=2', '1+1=2'],
    ["Clerk;=cmd|' /C calc'!A0", `"Clerk;'=cmd|' /C calc'!A0"`],
    ["Clerk,=cmd|' /C calc'!A0", `"Clerk,'=cmd|' /C calc'!A0"`],
    ['Clerk;"=1+1"', `"Clerk;'""=1+1"""`],
    ['Clerk; -1', `"Clerk;' -1"`],
    [' =1', "' =1"],
    ['＝1', "'＝1"],
    ['Sales; Berlin', '"Sales; Berlin"'],
  ])('%j becomes %j', ([text = '', cell = '']) => {
    expect(cellOf(text)).toBe(cell);
  });

  it('hold no formula either when a spreadsheet splits them at semicolons, tabs or bars', async () => {
    const formula = fc.tuple(
      fc.constantFrom('', 'Clerk', '"', 'a"b'),
      fc.constantFrom(';', ',', '|', '\t', ';;', ';"', '; ', ';""'),
      fc.constantFrom('=1', '+1', '-1', '@A1', '＝1'),
      fc.constantFrom('', '"', ';', '";=2', '\n=3'),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(formula, { minLength: 3, maxLength: 3 }), async (values) => {
        const [a = '', b = '', c = ''] = values.map((parts) => parts.join(''));
        const fields = { job_title: { before: a, after: b }, team: { before: c, after: [a, b] } };
        const text = (await whole(csvReport(runResult({ changes: [change({ because: c, fields })] })))).slice(1);
        for (const separator of [',', ';', '|', '\t']) {
          for (const cell of cellsIn(text, separator)) expect(cell.trimStart()).not.toMatch(/^[=+\-@＝]/);
        }
      }),
    );
  });

  it('keep a cell below what a spreadsheet can hold', () => {
    expect(cellOf('x'.repeat(100_000)).length).toBeLessThan(32_767);
    expect(cellOf('Ada')).toBe(safeText('Ada'));
  });
});
