import { mkdir, rename, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { IncompleteReadError, PermissionError, UsageError } from '../../../src/errors.js';
import type { Source } from '../../../src/sources/source.js';
import { ANN, BOB, COLUMNS, FIELDS, HEADER, lines, many, test } from './csv-file.js';
import { readAll, readByIds } from './stage.js';

const FILE = lines(HEADER, ANN, BOB);
const inUtf16 = (text: string, mark = '\ufeff') => Buffer.from(mark + text, 'utf16le');

describe('the bytes of a CSV file', () => {
  const named = (name: string) => FILE.replace('Ann', name);

  test('a byte order mark decides the encoding, whatever the config says', async ({ stage }) => {
    const be = inUtf16(named('Jürgen')).swap16();
    for (const bytes of [Buffer.from(`\ufeff${named('Jürgen')}`), inUtf16(named('Jürgen')), be]) {
      const { employees } = await stage.read(bytes, { encoding: 'windows-1252' });
      expect(employees[0]?.fields).toMatchObject({ id: '007', first_name: 'Jürgen' });
    }
  });

  test('one byte that is not UTF-8 ends the read, and the remedy is named', async ({ stage }) => {
    const error = await stage.failure(Buffer.from(named('Jürgen'), 'latin1'));
    expect(error).toBeInstanceOf(IncompleteReadError);
    expect(error.message).toMatch(/not UTF-8.*encoding: windows-1252/);
  });

  test('windows-1252 is read where the config says so, its own signs included', async ({ stage }) => {
    const bytes = Buffer.from(named('J\u00fcrgen \u0080'), 'latin1');
    const { employees } = await stage.read(bytes, { encoding: 'windows-1252' });
    expect(employees[0]?.fields['first_name']).toBe('Jürgen €');
  });

  test('UTF-8 that the config calls windows-1252 ends the read for one person already', async ({ stage }) => {
    const error = await stage.failure(named('Jürgen'), { encoding: 'windows-1252' });
    expect(error.message).toMatch(/is UTF-8 read as another encoding/);
    const plain = named('Żan');
    expect((await stage.failure(plain, { encoding: 'windows-1252' })).message).toMatch(
      /is UTF-8, and source.encoding says/,
    );
    const mixed = Buffer.concat([Buffer.from(named('Jürgen')), Buffer.from('9,Bj\u00f6rn,,,,,,\r\n', 'latin1')]);
    expect((await stage.failure(mixed, { encoding: 'windows-1252' })).message).toMatch(/UTF-8 read as another/);
  });

  test('an odd byte of UTF-16 and NUL bytes end the read', async ({ stage }) => {
    expect((await stage.failure(inUtf16(FILE).subarray(0, -1))).message).toMatch(/not UTF-16LE/);
    expect((await stage.failure(inUtf16(FILE, ''))).message).toMatch(/NUL bytes/);
  });

  test('a character that the exporter lost makes its person wait, and many of them end the read', async ({ stage }) => {
    const { employees } = await stage.read(named('J\ufffdrgen'));
    expect(employees[0]?.unreadable?.['first_name']).toContain('J\ufffdrgen');
    const rows = many(20, (number) => `${number},J\ufffdrg,X,x${number}@acme.example,active,,,`);
    expect((await stage.failure(lines(HEADER, ...rows))).message).toMatch(/20 of 20 rows .* U\+FFFD/);
  });

  test.for(['<!DOCTYPE html><p>Sign in', '<?xml version="1.0"?>', '{"error": 1}', '[{"id": 1}]'])(
    'something else than CSV ends the read: %s',
    async (content, { stage }) => {
      expect((await stage.failure(content)).message).toMatch(/HTML, XML or JSON/);
    },
  );
});

describe('the shape of a CSV file', () => {
  test.for([',', ';', '\t', '|'])(
    'the delimiter "%s" is found in the header, and rows do not vote',
    async (delimiter, { stage }) => {
      const header = HEADER.replaceAll(',', delimiter);
      const row = ANN.replaceAll(',', delimiter).replace('Ace', '"Ace, B.; C | D\t,,,,;;;;||||"');
      const { employees } = await stage.read(lines(header, row));
      expect(employees[0]?.fields).toMatchObject({ id: '007', last_name: 'Ace, B.; C | D ,,,,;;;;||||' });
    },
  );

  test('a delimiter within a quoted header does not count', async ({ stage }) => {
    const header = '"ID, a; b; c; d; e; f; g; h; i",First,Last,Mail,Status,Start,End,Boss';
    const columns = { ...COLUMNS, id: 'ID, a; b; c; d; e; f; g; h; i' };
    expect(await stage.ids(lines(header, ANN), { columns })).toEqual(['007']);
  });

  test('a first line sep=X names the delimiter', async ({ stage }) => {
    const file = lines('sep=^', HEADER.replaceAll(',', '^'), ANN.replaceAll(',', '^'));
    expect(await stage.ids(file)).toEqual(['007']);
  });

  test('quotes, doubled quotes, delimiters and line breaks within a cell are read', async ({ stage }) => {
    const file = lines(HEADER, '"007","An ""A"" n","Ace,\r\nJr",ann@acme.example,active,,,');
    const { employees } = await stage.read(file);
    expect(employees[0]?.fields).toMatchObject({ first_name: 'An "A" n', last_name: 'Ace, Jr' });
  });

  test('single quotes quote where the config says so', async ({ stage }) => {
    const file = lines(HEADER, "'007','John''s','Ace, B',ann@acme.example,active,,,");
    const { employees } = await stage.read(file, { quote: "'" });
    expect(employees[0]?.fields).toMatchObject({ id: '007', first_name: "John's", last_name: 'Ace, B' });
  });

  test('a quote within an unquoted cell is a character', async ({ stage }) => {
    const { employees } = await stage.read(FILE.replace('Ann', 'An "A" n'));
    expect(employees[0]?.fields['first_name']).toBe('An "A" n');
  });

  test.for([
    ['CRLF', FILE],
    ['LF', FILE.replaceAll('\r\n', '\n')],
    ['CR', FILE.replaceAll('\r\n', '\r')],
    ['mixed', `${HEADER}\n${ANN}\r${BOB}\r\n`],
    ['none after the last row', FILE.trimEnd()],
    [
      'empty lines and rows of empty cells anywhere',
      `\r\n\n${HEADER}\r\n\r\n${ANN}\n,,,,,,,\n${BOB}\n;\n\n`.replace(';\n', ''),
    ],
  ] as const)('line ends: %s', async ([, file], { stage }) => {
    expect(await stage.ids(file)).toEqual(['007', '008']);
  });

  test('cells beyond the header are ignored while they are empty, and end the read with a text', async ({ stage }) => {
    expect(await stage.ids(lines(HEADER, `${ANN},,`, BOB))).toEqual(['007', '008']);
    expect((await stage.failure(lines(HEADER, ANN, BOB.replace('Bee', 'Bee, Jr')))).message).toMatch(
      /line 3 .* 9 cells, and the header 8/,
    );
  });

  test.for([
    ['a row that is cut off', lines(HEADER, ANN, '008,Bob,Be').trimEnd(), /line 3 .* has 3 of 8 cells.*cut off/],
    ['a short row in the middle', lines(HEADER, '008,Bob', ANN), /line 2 .* has 2 of 8 cells/],
    ['a quote that is never closed', lines(HEADER, ANN, '008,"Bob,Bee,bob'), /line 3 on: a quote is never closed/],
    ['a header and nobody', lines(HEADER), /a header and nobody/],
    ['blank lines alone', '\r\n\n', /no header/],
    ['no byte at all', '', /empty \(0 bytes\)/],
  ] as const)('%s ends the read', async ([, file, says], { stage }) => {
    const error = await stage.failure(file);
    expect(error).toBeInstanceOf(IncompleteReadError);
    expect(error.message).toMatch(says);
  });

  test('rows are the same however the bytes arrive', async ({ stage }) => {
    const rows = many(
      4_000,
      (number) => `${number},Zoë ${'x'.repeat(150)},"O""N, ${number}",${number}@acme.example,active,,,`,
    );
    const { employees, totals } = await stage.read(lines(HEADER, ...rows));
    expect(employees).toHaveLength(4_000);
    expect(employees.filter(({ fields }) => !/^O"N, \d{4}$/.test(String(fields['last_name'])))).toEqual([]);
    expect(new Set(totals)).toEqual(new Set([4_000]));
  });
});

describe('the header of a CSV file', () => {
  test('is compared without case, blanks and order; of several headers the first there counts', async ({ stage }) => {
    const header = 'Status,\u00a0 id ,FIRST,Surname,Mail,Boss,End,Start,Unmapped,Unmapped,';
    const columns = { ...COLUMNS, last_name: ['Family name', 'Surname', 'Last'] };
    const { employees } = await stage.read(lines(header, 'active,007,Ann,Ace,,,,2020-02-01,a,b,c'), { columns });
    expect(employees[0]).toEqual({
      id: '007',
      fields: {
        ...{ id: '007', first_name: 'Ann', last_name: 'Ace', work_email: null, status: 'active' },
        ...{ start_date: '2020-02-01', termination_date: null, manager: null },
      },
    });
  });

  test('a second header row is nobody where the config says that there is one', async ({ stage }) => {
    const labels = 'Id,Given name,Family name,E-mail,Status,From,To,Manager';
    const file = lines(HEADER, labels, '007,Ann,Ace,ann@acme.example,active,2020-02-01,,NO_MANAGER', BOB);
    const settings = { header_rows: 2, empty_values: ['', 'NO_MANAGER'] };
    const { employees } = await stage.read(file, settings);
    expect(employees.map(({ id, fields }) => [id, fields['manager']])).toEqual([
      ['007', null],
      ['008', '007'],
    ]);
    expect(await stage.failure(lines(HEADER, labels), settings)).toMatchObject({ exitCode: 6 });
  });

  test('a header that is missing: exit code 8 names the HR field, the headers and the most similar one', async ({
    stage,
  }) => {
    const error = await stage.failure(FILE.replace('Last', 'Last name'), {
      columns: { ...COLUMNS, last_name: ['Last_names'] },
    });
    expect(error).toBeInstanceOf(PermissionError);
    expect(error.message).toMatch(/last_name is looked for under "Last_names"; the most similar is "Last name"/);
  });

  test('a file without a header is met by the same rule', async ({ stage }) => {
    expect(await stage.failure(lines(ANN, BOB))).toBeInstanceOf(PermissionError);
  });

  test('columns that nobody names may stand twice or have no header', async ({ stage }) => {
    const file = lines(`${HEADER},Note,Note,`, `${ANN},a,b,c`, `${BOB},,,`);
    expect(await stage.ids(file)).toEqual(['007', '008']);
  });

  test('a mapped header that stands twice: exit code 2', async ({ stage }) => {
    const error = await stage.failure(lines(`${HEADER},first`, `${ANN},Anna`));
    expect(error).toBeInstanceOf(UsageError);
    expect(error.message).toMatch(/"First" stands twice/);
  });

  test('an HR field that the config needs and names no column for: exit code 2', async ({ stage }) => {
    const error = await stage.failure(FILE, {}, [...FIELDS, 'team']);
    expect(error).toBeInstanceOf(UsageError);
    expect(error.message).toMatch(/source\.columns\.team/);
  });
});

describe('the people of a CSV file', () => {
  test('keep ids and numbers with leading zeros as texts', async ({ stage }) => {
    const file = lines('ID,Number,Badge,Mail,Status', '="000123",\'0042,00815,a@acme.example,active');
    const columns = { id: 'ID', employee_number: 'Number', badge: 'Badge', work_email: 'Mail', status: 'Status' };
    const { employees } = await stage.read(file, { columns }, ['employee_number', 'badge', 'status']);
    expect(employees[0]?.fields).toMatchObject({ id: '000123', employee_number: '0042', badge: '00815' });
  });

  test('blanks of every kind go from the ends, marks of no width everywhere, and line breaks become blanks', async ({
    stage,
  }) => {
    const row = '007,\u00a0\u200bAnn\u2003,"Ace\r\nBase", ann@acme.example ,Active,2020-02-01,,';
    const { employees } = await stage.read(lines(HEADER, row));
    expect(employees[0]?.fields).toMatchObject({
      ...{ first_name: 'Ann', last_name: 'Ace Base', work_email: 'ann@acme.example', status: 'active' },
    });
  });

  test('an apostrophe goes before a digit or a formula and stays in a name', async ({ stage }) => {
    const { employees } = await stage.read(
      lines(HEADER, "'007,'t Hart,'=Ace,,active,,,", "008,=HYPERLINK(1),'s-G,,active,,,"),
    );
    expect(employees.map(({ fields }) => [fields['first_name'], fields['last_name']])).toEqual([
      ["'t Hart", '=Ace'],
      ['=HYPERLINK(1)', "'s-G"],
    ]);
  });

  test('empty values mean no value, without case, for names too', async ({ stage }) => {
    const { employees } = await stage.read(lines(HEADER, '007,null, - ,N/A,active,-,NULL,n/a'));
    expect(employees[0]?.fields).toMatchObject({
      ...{ first_name: null, last_name: null, work_email: null },
      ...{ start_date: null, termination_date: null, manager: null },
    });
  });

  test.for([
    ['dd.MM.yyyy', '01.02.2020'],
    ['d.M.yyyy', '1.2.2020'],
    ['M/d/yyyy', '2/1/2020 12:00:00 AM'],
    ['dd/MM/yyyy', '01/02/2020'],
    ['yyyyMMdd', '20200201'],
    ['dd-MMM-yyyy', '01-Feb-2020'],
    ['yyyy-MM-dd', '2020-02-01T00:00:00+14:00'],
    ['yyyy-MM-dd', '2020-02-01-08:00'],
  ] as const)('dates as %s: %s', async ([pattern, written], { stage }) => {
    const { employees } = await stage.read(FILE.replace('2020-02-01', written).replace('2021-03-04', ''), {
      dates: [pattern],
    });
    expect(employees[0]?.fields['start_date']).toBe('2020-02-01');
  });

  const both = { dates: ['M/d/yyyy', 'd/M/yyyy'] };
  const dated = (...dates: readonly string[]) =>
    lines(HEADER, ...dates.map((written, index) => `${index + 1},A,B,,active,${written},,`));

  test('of two patterns the one that reads the whole column counts, for each column by itself', async ({ stage }) => {
    const file = lines(HEADER, '1,A,B,,active,3/4/2021,3/4/2021,', '2,A,B,,active,3/14/2021,14/3/2021,');
    const { employees } = await stage.read(file, both);
    expect(employees[0]?.fields).toMatchObject({ start_date: '2021-03-04', termination_date: '2021-04-03' });
  });

  test('two patterns that read the whole column end the read', async ({ stage }) => {
    const error = await stage.failure(dated('3/4/2021', '5/6/2021'), both);
    expect(error.message).toMatch(/"3\/4\/2021" .* can be 2021-03-04 or 2021-04-03: leave one/);
    expect((await stage.failure(dated('3/4/2021', 'soon'), both)).message).toMatch(/leave one/);
  });

  test.for(['2024-02-31', 'soon', '45234', '01.02.2020'])(
    '%s is unreadable, and never "no date"',
    async (text, { stage }) => {
      const { employees } = await stage.read(dated('2020-01-01', text));
      expect(employees[1]?.unreadable?.['start_date']).toContain(`"${text}"`);
      expect(employees[1]?.fields).not.toHaveProperty('start_date');
      expect(employees[0]?.fields['start_date']).toBe('2020-01-01');
    },
  );

  test('many dates that no pattern reads end the read', async ({ stage }) => {
    const error = await stage.failure(dated(...many(10, (number) => `${number.slice(2)}.01.2020`)));
    expect(error.message).toMatch(/10 dates under Start .* such as "01\.01\.2020"/);
  });

  test.for([
    '0000-00-00',
    '00000000',
    '0001-01-01',
    '1900-01-00',
    '1900-01-01',
    '01/00/1900',
    '9999-12-31',
    '31.12.9999',
    '12/31/9999 00:00:00',
    '99991231',
  ])('%s means no date, in whatever pattern the column is', async (text, { stage }) => {
    const { employees } = await stage.read(dated('2020-01-01', text));
    expect(employees[1]).toMatchObject({ fields: { start_date: null } });
    expect(employees[1]?.unreadable).toBeUndefined();
  });

  test('decimals follow the config, and a number of the other form is unreadable', async ({ stage }) => {
    const columns = { id: 'ID', fte: 'FTE', status: 'Status' };
    const read = async (decimal: string, ...values: readonly string[]) => {
      const file = lines('ID;FTE;Status', ...values.map((value, index) => `${index};${value};active`));
      return (await stage.read(file, { columns, decimal }, ['fte'])).employees;
    };
    expect((await read(',', '0,8', '1.234,5', '1')).map(({ fields }) => fields['fte'])).toEqual(['0.8', '1234.5', '1']);
    const [wrong, right] = await read('.', '0,8', '1,234.5');
    expect(wrong?.unreadable?.['fte']).toContain('"0,8"');
    expect(right?.fields['fte']).toBe('1234.5');
  });

  test('lists are cut, and their order means nothing', async ({ stage }) => {
    const columns = { id: 'ID', cost_center: 'CC', skills: 'Skills', status: 'Status' };
    const file = lines('ID,CC,Skills,Status', '1, B | A ,x; y,active', '2,A|B,x,active');
    const { employees } = await stage.read(file, { columns }, ['cost_center', 'skills']);
    expect(employees[0]?.fields).toMatchObject({ cost_center: ['A', 'B'], skills: 'x; y' });
    expect(employees[1]?.fields['cost_center']).toEqual(['A', 'B']);
  });

  test('statuses follow the map, then the default; a word that nobody mapped is told with its count', async ({
    stage,
  }) => {
    const rows = ['Aktiv', ' ELTERNZEIT ', 'Ruht', 'inactive', 'Ruht'].map((word, index) => `${index},A,B,,${word},,,`);
    const status = { map: { aktiv: 'active', Elternzeit: 'leave' } };
    const plain = await stage.read(lines(HEADER, ...rows), { status });
    expect(plain.employees.map(({ fields }) => fields['status'])).toEqual([
      'active',
      'leave',
      'ruht',
      'inactive',
      'ruht',
    ]);
    expect(plain.facts.notices.join()).toMatch(/"Ruht" of 2 people is not in source\.status\.map/);
    const withDefault = await stage.read(lines(HEADER, ...rows), { status: { ...status, default: 'active' } });
    expect(withDefault.employees.map(({ fields }) => fields['status'])).toEqual([
      'active',
      'leave',
      'active',
      'inactive',
      'active',
    ]);
  });

  test('a file without statuses takes the default', async ({ stage }) => {
    const { status: _, ...columns } = COLUMNS;
    const { employees, facts } = await stage.read(FILE, { columns, status: { default: 'active' } });
    expect(employees[0]?.fields['status']).toBe('active');
    expect(facts.presentFields.has('status')).toBe(true);
  });

  test('a row without an id is unreadable, and many of them end the read', async ({ stage }) => {
    const { employees, unreadable } = await stage.read(lines(HEADER, ANN, BOB.replace('008', '')));
    expect(employees).toHaveLength(1);
    expect(unreadable).toEqual([
      expect.objectContaining({ id: null, name: 'Bob Bee', problem: expect.stringContaining('line 3') }),
    ]);
    const rows = many(10, () => BOB.replace('008', '-'));
    expect((await stage.failure(lines(HEADER, ANN, ...rows))).message).toMatch(
      /10 of 11 rows .* no id, the first in line 3/,
    );
  });

  test.for(['1.23E+11', '2,01E+05'])('the id %s is what Excel left of one: the read ends', async (id, { stage }) => {
    expect((await stage.failure(lines(HEADER, ANN, `"${id}",A,B,,active,,,`))).message).toMatch(/Excel/);
  });

  test('the same row twice is one person; different rows of one id come together, on one page', async ({ stage }) => {
    const rows = many(600, (number) => `${number},A,B,,active,,,`);
    const { employees, facts } = await stage.read(lines(HEADER, ANN, BOB, ...rows, ANN, BOB.replace('Bee', 'Bees')));
    expect(employees.filter(({ id }) => id === '007')).toHaveLength(1);
    expect(employees.filter(({ id }) => id === '008').map(({ fields }) => fields['last_name'])).toEqual([
      'Bee',
      'Bees',
    ]);
    expect(employees.slice(-2).map(({ id }) => id)).toEqual(['008', '008']);
    expect(facts).toMatchObject({ totalAtStart: 602, totalAtEnd: 602 });
  });

  test('many ids on several rows end the read', async ({ stage }) => {
    const rows = many(10, (number) => `${number},A,B,,active,,,`);
    const error = await stage.failure(lines(HEADER, ...rows, ...rows.map((row) => row.replace('A', 'C'))));
    expect(error.message).toMatch(/10 people stand on several different rows/);
  });

  test('managers are found by id, e-mail or number; one who is not in the file is told', async ({ stage }) => {
    const of = async (boss: string, settings: object = {}) => {
      const { employees, facts } = await stage.read(FILE.replace(/007\r\n$/, `${boss}\r\n`), settings);
      return [employees[1]?.fields['manager'], facts.notices.join()];
    };
    expect((await of('007'))[0]).toBe('007');
    expect((await of('ANN@acme.example', { manager_by: 'email' }))[0]).toBe('007');
    const columns = { ...COLUMNS, employee_number: 'Last' };
    expect((await of('Ace', { manager_by: 'employee_number', columns }))[0]).toBe('007');
    expect(await of('7')).toEqual([null, expect.stringMatching(/manager of 1 person is nobody in the file/)]);
    expect((await of('NO_MANAGER', { empty_values: ['', 'NO_MANAGER'] }))[1]).not.toMatch(/manager/);
  });

  test('some people are picked by their ids, and those who are not there are named', async ({ stage }) => {
    await stage.write(FILE);
    const { employees, absent } = await readByIds(stage.open(), FIELDS, ['008', '009']);
    expect([employees.map(({ id }) => id), absent]).toEqual([['008'], ['009']]);
    expect((await readByIds(stage.open({ mode: 'changes' }), FIELDS, ['009'])).absent).toEqual([]);
  });
});

describe('which CSV file, and whether it is whole', () => {
  const reading = (source: Source): Promise<number | string> =>
    readAll(source, FIELDS).then(
      ({ employees }) => employees.length,
      (error: Error) => error.message,
    );

  test('of the files that fit a pattern, the last by name is read, and never an unfinished upload', async ({
    stage,
  }) => {
    const path = join(stage.folder, 'people_*.csv*');
    await stage.write(FILE, { name: 'people_2026-11-29.csv', age: 100 });
    await stage.write(lines(HEADER, ANN), { name: 'people_2026-11-30.csv', age: 900 });
    for (const end of ['part', 'tmp', 'filepart', 'partial'])
      await stage.write(FILE, { name: `people_2026-12-01.csv.${end}` });
    await mkdir(join(stage.folder, 'people_2027.csv'));
    expect(await reading(stage.open({ path }))).toBe(1);
    expect(await reading(stage.open({ path: join(stage.folder, 'staff_*.csv') }))).toMatch(/no file fits/);
  });

  test('no file: exit code 6; a folder: exit code 2; a symbolic link is followed', async ({ stage }) => {
    expect(await reading(stage.open())).toMatch(/there is no file/);
    await expect(readAll(stage.open({ path: stage.folder }), FIELDS)).rejects.toBeInstanceOf(UsageError);
    await expect(readAll(stage.open({ path: '/dev/null' }), FIELDS)).rejects.toBeInstanceOf(UsageError);
    const path = await stage.write(FILE, { name: 'real.csv' });
    await symlink(path, join(stage.folder, 'people.csv'));
    expect(await reading(stage.open())).toBe(2);
  });

  test('a file that was written just now is waited for', async ({ stage }) => {
    let now = Date.now();
    const waits: number[] = [];
    const sleep = async (milliseconds: number) => {
      waits.push(milliseconds);
      now += milliseconds;
    };
    await stage.write(FILE, { age: 10 });
    const { employees } = await readAll(stage.open({}, { now: () => new Date(now), sleep }), FIELDS);
    expect(employees).toHaveLength(2);
    expect(waits[0]).toBeGreaterThan(45_000);
    expect(waits[0]).toBeLessThan(51_000);
  });

  test('a file that is still being written: exit code 6', async ({ stage }) => {
    const path = await stage.write(FILE, { age: 10 });
    let now = Date.now();
    const sleep = async (milliseconds: number) => {
      now += milliseconds;
      await writeFile(path, FILE + BOB);
      await utimes(path, now / 1_000, now / 1_000);
    };
    const growing = readAll(stage.open({}, { now: () => new Date(now), sleep }), FIELDS);
    await expect(growing).rejects.toThrow(/it may still be uploading/);
    await stage.write(FILE, { age: 10 });
    expect(await reading(stage.open({ complete_when: { settled_for: '15m' } }))).toMatch(
      /wants it unchanged for 15 min/,
    );
  });

  test('a file that is replaced while it is read: exit code 6', async ({ stage }) => {
    const path = await stage.write(FILE);
    const pages = stage.open().read(FIELDS);
    await pages.next();
    await rename(await stage.write(FILE, { name: 'new.csv' }), path);
    await expect(pages.next()).rejects.toThrow(/written or replaced while it was read/);
  });

  test('a done file must be there and be no older', async ({ stage }) => {
    const settings = { complete_when: { done_file: 'people.done' } };
    await stage.write(FILE, { age: 10 });
    expect(await reading(stage.open(settings))).toMatch(/people\.done is not beside people\.csv/);
    await stage.write('', { name: 'people.done', age: 90_000 });
    expect(await reading(stage.open(settings))).toMatch(/people\.done is older/);
    await stage.write('', { name: 'people.done', age: 5 });
    expect(await reading(stage.open(settings))).toBe(2);
  });

  test('a trailer must be there, give the number of rows, and is nobody', async ({ stage }) => {
    const settings = { complete_when: { trailer: '^TOTAL,(\\d+)$' } };
    expect(await stage.ids(`${FILE}TOTAL,2\r\n\r\n`, settings)).toEqual(['007', '008']);
    expect(await stage.ids(`${FILE}${ANN}\r\nTOTAL,3,,,,,,\r\n`, settings)).toEqual(['008', '007']);
    expect((await stage.failure(`${FILE}TOTAL,3\r\n`, settings)).message).toMatch(/says 3 rows, and 2 came/);
    expect((await stage.failure(FILE, settings)).message).toMatch(/no trailer/);
  });

  test('a file older than max_age: exit code 6', async ({ stage }) => {
    await stage.write(FILE, { age: 27 * 3_600 });
    expect(await reading(stage.open())).toMatch(/27 h ago, and source\.max_age allows 26 h/);
    expect(await reading(stage.open({ max_age: '80h' }))).toBe(2);
    expect(await reading(stage.open({ max_age: 'never' }))).toBe(2);
  });

  test('another file has another stamp, and one that cannot be read yet has none', async ({ stage }) => {
    const source = stage.open();
    expect(await source.stamp?.()).toBeNull();
    await stage.write(lines(HEADER, ANN), { age: 5 });
    expect(await source.stamp?.()).toBeNull();
    await stage.write(lines(HEADER, ANN));
    const first = await source.stamp?.();
    expect(first).toMatch(/people\.csv/);
    expect(await source.stamp?.()).toBe(first);
    await stage.write(lines(HEADER, ANN, BOB));
    expect(await source.stamp?.()).not.toBe(first);
    await stage.write(lines(HEADER, ANN, BOB), { age: 27 * 3_600 });
    expect(await source.stamp?.()).toBeNull();
    expect(await stage.open({ complete_when: { done_file: 'done' } }).stamp?.()).toBeNull();
  });

  test('the same bytes have the same digest, and others another', async ({ stage }) => {
    const digest = async (content: string) => (await stage.read(content)).facts.bytes?.digest;
    expect(await digest(FILE)).toBe(await digest(FILE));
    expect(await digest(FILE)).not.toBe(await digest(FILE.replace('Ann', 'Ana')));
  });
});

describe('check of a CSV file', () => {
  test('says what it saw: file, age, form, columns, people', async ({ stage }) => {
    await stage.write(
      FILE.replaceAll('Boss', 'Boss,Further')
        .replaceAll(/(,|007)\r\n(?!00.,)/g, '$1,\r\n')
        .replace(',,\r\n', ',,,\r\n'),
    );
    const findings = await stage.open().check(FIELDS);
    const said = findings.map(({ level, subject, message }) => `${level} ${subject}: ${message}`).join('\n');
    expect(said).toMatch(/ok .*people\.csv: written 5 min ago, \d+ bytes/);
    expect(said).toMatch(/ok form: utf-8, delimiter ",", 9 columns/);
    expect(said).toMatch(/ok other columns: .*Further/);
    expect(said).toMatch(/ok employees: 2 people on 2 rows/);
    expect(said).toMatch(/ok columns: all 7 needed/);
  });

  test('names missing columns, fields without a column, dates that do not parse, and no file', async ({ stage }) => {
    const findings = async (content: string | null, fields = FIELDS) => {
      if (content !== null) await stage.write(content);
      return stage.open().check(fields);
    };
    expect(await findings(null)).toEqual([expect.objectContaining({ level: 'error', cause: 'unreachable' })]);
    expect(await findings(FILE.replace('Boss', 'Chief'))).toEqual([
      expect.objectContaining({
        level: 'error',
        cause: 'credentials',
        message: expect.stringMatching(/"Boss".*manager/),
      }),
    ]);
    expect(await findings(FILE, [...FIELDS, 'dynamic_404'])).toContainEqual(
      expect.objectContaining({ level: 'error', cause: 'config', subject: 'field dynamic_404' }),
    );
    expect(await findings(FILE.replace('2021-03-04', 'soon'))).toContainEqual(
      expect.objectContaining({
        level: 'warning',
        subject: 'dates of start_date',
        message: expect.stringContaining('"soon"'),
      }),
    );
  });

  test('offers the columns that the config names', async ({ stage }) => {
    await stage.write(FILE);
    const offered = await stage.open().fields();
    expect(offered.map(({ name }) => name).sort()).toEqual(Object.keys(COLUMNS).sort());
    expect(offered.find(({ name }) => name === 'start_date')).toEqual({
      name: 'start_date',
      label: 'Start',
      type: 'date',
    });
  });
});
