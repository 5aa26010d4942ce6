import { caseless } from '../../core/caseless.js';
import { closest } from '../../core/closest.js';
import { HR_FIELDS } from '../../core/employee.js';
import { normaliseText } from '../../core/text.js';
import { PermissionError, UsageError } from '../../errors.js';
import type { SourceField } from '../source.js';
import { TITLE } from './broken.js';
import type { CsvSettings } from './settings.js';

/** What a cell of a column is read as. `own`: a further HR field, a text, a list or a number. */
export type ColumnKind = 'id' | 'text' | 'unit' | 'day' | 'status' | 'manager' | 'own';

/** One column that the config names. */
export interface Column {
  readonly field: string;
  readonly header: string;
  readonly index: number;
  readonly kind: ColumnKind;
}

const KINDS: Readonly<Record<string, ColumnKind>> = {
  id: 'id',
  status: 'status',
  manager: 'manager',
  start_date: 'day',
  termination_date: 'day',
  last_working_day: 'day',
  department: 'unit',
  team: 'unit',
  cost_center: 'unit',
  work_location: 'unit',
  legal_entity: 'unit',
};

/** The types of cells that are not plain text, as `check` and `init` tell them. */
export const TYPES: Readonly<Record<ColumnKind, SourceField['type']>> = {
  ...{ id: 'text', text: 'text', unit: 'text', status: 'text', own: 'unknown' },
  ...{ day: 'date', manager: 'employee' },
};

const USUAL: ReadonlySet<string> = new Set(HR_FIELDS);

/** HR fields that a file may do without: the HR status can say alone who has left. */
export const OPTIONAL_FIELDS = ['start_date', 'termination_date', 'last_working_day'];

type Columns = Pick<CsvSettings, 'columns'>;

/**
 * Finds the columns that the config names, by their headers.
 *
 * @throws PermissionError naming every HR field whose header is missing, UsageError where a header stands twice
 */
export function findColumns(header: readonly string[], { columns }: Columns, name: string): readonly Column[] {
  const found: Column[] = [];
  const missing: (readonly [field: string, wanted: readonly string[]])[] = [];
  const keys = header.map(headerKey);
  for (const [field, named] of Object.entries(columns)) {
    const wanted = typeof named === 'string' ? [named] : named;
    const places = wanted.map((one) => keys.indexOf(headerKey(one)));
    const index = places.find((place) => place >= 0);
    if (index === undefined) missing.push([field, wanted]);
    else if (keys.lastIndexOf(keys[index] ?? '') !== index) throw twice(header[index] ?? '', field, name);
    else found.push({ field, header: normaliseText(header[index] ?? ''), index, kind: kindOf(field) });
  }
  if (missing.length > 0) throw absent(missing, header.map(normaliseText), name);
  return found;
}

/** What the columns are read as that the config names, by HR field. */
export function kindsOf({ columns }: Columns): readonly Pick<Column, 'field' | 'kind'>[] {
  return Object.keys(columns).map((field) => ({ field, kind: kindOf(field) }));
}

/** What the column of an HR field is read as. */
export function kindOf(field: string): ColumnKind {
  return (Object.hasOwn(KINDS, field) ? KINDS[field] : undefined) ?? (USUAL.has(field) ? 'text' : 'own');
}

/**
 * Holds the HR fields that a run needs to those that the config names a column for.
 *
 * @throws UsageError naming the others
 */
export function refuseUnnamed(fields: readonly string[], settings: Pick<CsvSettings, 'columns' | 'status'>): void {
  const unnamed = unnamedFields(fields, settings);
  if (unnamed.length === 0) return;
  const lines = unnamed.map((field) => `source.columns.${field}`).join(', ');
  throw new UsageError(`the config needs ${unnamed.join(', ')}, and no column is named for it: add ${lines}`, {
    next: 'Correct the config; "hrsync check" shows which columns are read.',
  });
}

/** The HR fields among these that no column is named for and that the file cannot do without. */
export function unnamedFields(
  fields: readonly string[],
  { columns, status }: Pick<CsvSettings, 'columns' | 'status'>,
): readonly string[] {
  return fields.filter((field) => {
    const isOptional = OPTIONAL_FIELDS.includes(field) || (field === 'status' && status.default !== undefined);
    return !Object.hasOwn(columns, field) && !isOptional;
  });
}

function headerKey(header: string): string {
  return caseless(normaliseText(header));
}

function twice(header: string, field: string, name: string): UsageError {
  return new UsageError(
    `the header "${normaliseText(header)}" stands twice in ${name}, so nobody can tell which column is ${field}: rename one of them in the export`,
    { next: 'Run "hrsync check" with the next export.' },
  );
}

function absent(
  missing: readonly (readonly [field: string, wanted: readonly string[]])[],
  header: readonly string[],
  name: string,
): PermissionError {
  const sentences = missing.map(([field, wanted]) => {
    const near = wanted.map((one) => closest(one, header) ?? containing(one, header)).find((one) => one !== null);
    const hint = near === undefined ? '' : `; the most similar is "${near}"`;
    return `${field} is looked for under ${wanted.map((one) => `"${one}"`).join(', ')}${hint}`;
  });
  const detail = `the header of ${name} does not have it (source.columns): ${sentences.join('; ')}`;
  return new PermissionError(
    TITLE,
    missing.map(([, [wanted = '']]) => wanted),
    detail,
    {
      denial: 'does not have',
      next: 'Correct source.columns, or have the export write these columns; then run "hrsync check".',
    },
  );
}

function containing(wanted: string, header: readonly string[]): string | null {
  const bare = (one: string) => headerKey(one).replace(/[\s_-]+/g, '');
  const key = bare(wanted);
  return header.find((one) => bare(one) !== '' && (bare(one).includes(key) || key.includes(bare(one)))) ?? null;
}
