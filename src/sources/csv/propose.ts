import { count } from '../../core/count.js';
import type { ProposedValue, SetupLook } from '../../core/setup.js';
import { HrsyncError, IncompleteReadError } from '../../errors.js';
import { STATUSES } from '../kit/status-words.js';
import { emptyTest, textOfCell } from './cell.js';
import { kindOf, TYPES } from './columns.js';
import { DateColumn, type DatePattern, datePattern, isNoDate } from './dates.js';
import { type FoundFile, findFile } from './file.js';
import { proposeColumns, statusFor } from './headers.js';
import { chunksOf, openFile } from './read.js';
import { csvSettings } from './settings.js';
import { openTable, type Row, type Table } from './table.js';

/** Number of rows that a proposal rests on. */
const ROWS = 5_000;
/** Number of words that are shown of a column. */
const SHOWN = 8;

const ENCODINGS = ['auto', 'windows-1252'] as const;
/** Days first: most of the exports that do not write ISO dates come from Europe. */
const PATTERNS = [
  'yyyy-MM-dd',
  'dd.MM.yyyy',
  'd.M.yyyy',
  'dd/MM/yyyy',
  'MM/dd/yyyy',
  'd/M/yyyy',
  'M/d/yyyy',
  'yyyyMMdd',
];

/** Looks at a file before there is a config: shows its header row, and proposes the settings that read it. */
export async function proposeSettings(path: string, signal: AbortSignal): Promise<SetupLook> {
  try {
    const file = await findFile(path, null);
    return proposalFor(await firstRows(file, signal), file.name);
  } catch (error) {
    if (!(error instanceof HrsyncError)) throw error;
    const why = error instanceof IncompleteReadError ? error.findings.join('; ') : error.message;
    return {
      shows: [`${why}.`, 'source.columns is written as an example: correct it once the file is there.'],
      settings: {},
      offers: null,
    };
  }
}

interface Start {
  readonly header: readonly string[];
  readonly encoding: (typeof ENCODINGS)[number];
  readonly table: Pick<Table, 'encoding' | 'delimiter'>;
  readonly rows: readonly Row[];
}

/** The beginning of a file. What is no UTF-8 is read as what Excel writes in Western Europe. */
async function firstRows(file: FoundFile, signal: AbortSignal): Promise<Start> {
  const handle = await openFile(file);
  try {
    for (const encoding of ENCODINGS) {
      const form = { ...FORM, encoding };
      try {
        const table = await openTable(chunksOf(handle, signal), form, file.name);
        const rows: Row[] = [];
        for await (const batch of table.rows) {
          rows.push(...batch);
          if (rows.length >= ROWS) break;
        }
        return { header: table.header, encoding, table, rows };
      } catch (error) {
        if (encoding === ENCODINGS.at(-1) || !(error instanceof IncompleteReadError)) throw error;
        if (!error.findings.some((finding) => finding.includes('source.encoding'))) throw error;
      }
    }
    throw new Error('there is an encoding to try');
  } finally {
    await handle.close();
  }
}

const FORM = csvSettings.parse({ path: '.', columns: { id: 'id', status: 'status' } });
const isEmpty = emptyTest(FORM.empty_values);

function proposalFor({ header, encoding, table, rows }: Start, name: string): SetupLook {
  const columns = proposeColumns(header);
  const valuesOf = (field: string): readonly string[] => {
    const at = header.findIndex((label) => label.trim() === columns[field]);
    if (at < 0) return [];
    return rows.map(({ cells }) => textOfCell(cells[at] ?? '')).filter((text) => !isEmpty(text));
  };
  const dates = datesOf(valuesOf);
  const status = statusOf(valuesOf, columns);
  const delimiter = table.delimiter === '\t' ? 'tab' : `"${table.delimiter}"`;
  const used = new Set(Object.values(columns));
  const others = header.map((label) => label.trim()).filter((label) => label !== '' && !used.has(label));
  return {
    shows: [
      `${name}: ${table.encoding}, delimiter ${delimiter}, ${count(rows.length, 'row')}${rows.length >= ROWS ? ' looked at' : ''}`,
      `header row: ${header.map((label) => label.trim()).join(' | ')}`,
      ...Object.entries(columns).map(([field, label]) => `  ${field}: ${label}`),
      ...(others.length === 0 ? [] : [`not used: ${others.join(', ')}`]),
      ...missingLines(columns),
      ...dates.shows,
      ...status.shows,
    ],
    settings: {
      columns,
      ...(encoding === 'auto' ? {} : { encoding }),
      ...dates.settings,
      ...status.settings,
      ...managerBy(valuesOf),
    },
    offers: offersOf(columns),
  };
}

type ValuesOf = (field: string) => readonly string[];
type Part = { readonly shows: readonly string[]; readonly settings: Readonly<Record<string, ProposedValue>> };

function missingLines(columns: Readonly<Record<string, string>>): readonly string[] {
  const missing = ['id', 'first_name', 'last_name', 'work_email'].filter((field) => columns[field] === undefined);
  return missing.map((field) => `no header was recognised as ${field}: add a line source.columns.${field}`);
}

function datesOf(valuesOf: ValuesOf): Part {
  const patterns = PATTERNS.map(datePattern).filter((pattern): pattern is DatePattern => pattern !== null);
  const found = new Set<string>();
  const shows: string[] = [];
  for (const field of ['start_date', 'termination_date', 'last_working_day']) {
    const days = new DateColumn(patterns);
    for (const text of valuesOf(field)) if (!isNoDate(text)) days.look(text);
    const { pattern, unread } = days.best;
    if (pattern === undefined || !days.hasValues) continue;
    found.add(pattern.written);
    if (days.ambiguity !== null)
      shows.push(
        `"${days.ambiguity.text}" (${field}) was taken as ${pattern.written}: correct source.dates if the month stands first`,
      );
    if (unread > 0) shows.push(`${count(unread, 'value')} of ${field} fit no date, such as "${days.unread[0] ?? ''}"`);
  }
  const isUsual = [...found].every((written) => written === 'yyyy-MM-dd');
  return { shows, settings: isUsual ? {} : { dates: [...found] } };
}

function statusOf(valuesOf: ValuesOf, columns: Readonly<Record<string, string>>): Part {
  if (columns['status'] === undefined) {
    return {
      shows: [
        'no column says who still works there: everybody in the file counts as active until their termination date',
      ],
      settings: { status: { default: 'active' } },
    };
  }
  const words = [...new Set(valuesOf('status'))];
  const own = (word: string) => STATUSES.some((status) => status === word.toLowerCase());
  const map = Object.fromEntries(
    words.flatMap((word) => {
      const status = own(word) ? null : statusFor(word);
      return status === null ? [] : [[word, status] as const];
    }),
  );
  const unknown = words.filter((word) => !own(word) && map[word] === undefined);
  const shown = unknown.slice(0, SHOWN).map((word) => `"${word.slice(0, 40)}"`);
  return {
    shows:
      unknown.length === 0
        ? []
        : [`status words that are not known: ${shown.join(', ')}; add them to source.status.map`],
    settings: Object.keys(map).length === 0 ? {} : { status: { map } },
  };
}

function managerBy(valuesOf: ValuesOf): Readonly<Record<string, ProposedValue>> {
  const managers = valuesOf('manager');
  if (managers.some((text) => text.includes('@'))) return { manager_by: 'email' };
  const [ids, numbers] = [new Set(valuesOf('id')), new Set(valuesOf('employee_number'))];
  const isNumber =
    managers.length > 0 && !managers.some((text) => ids.has(text)) && managers.some((one) => numbers.has(one));
  return isNumber ? { manager_by: 'employee_number' } : {};
}

function offersOf(columns: Readonly<Record<string, string>>): NonNullable<SetupLook['offers']> {
  return [
    ...Object.entries(columns).map(([name, label]) => ({ name, label, type: TYPES[kindOf(name)] })),
    ...(columns['status'] === undefined ? [{ name: 'status', label: null, type: 'text' as const }] : []),
  ];
}
