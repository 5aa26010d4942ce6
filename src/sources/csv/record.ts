import { count } from '../../core/count.js';
import { type Employee, emptyProblems } from '../../core/employee.js';
import { emptyFields, type Value } from '../../core/value.js';
import { StatusWords } from '../kit/status-words.js';
import type { SourceRecord } from '../source.js';
import { emptyTest, isDamaged, numberText, textOfCell } from './cell.js';
import type { Column } from './columns.js';
import { isNoDate } from './dates.js';
import type { CsvSettings } from './settings.js';
import { managerKey, type Survey } from './survey.js';
import type { Row } from './table.js';

// What names a person in reports is read whether a mapping needs it or not.
const NAMING_FIELDS: ReadonlySet<string> = new Set(['first_name', 'last_name', 'display_name', 'work_email']);

type Settings = Pick<CsvSettings, 'empty_values' | 'decimal' | 'status' | 'manager_by' | 'list_separator' | 'mode'>;

/** Makes employees out of rows. */
export class RecordReader {
  readonly #columns: readonly Column[];
  readonly #id: Column | undefined;
  readonly #isEmpty: (text: string) => boolean;
  readonly #statuses: StatusWords;
  readonly #needed: ReadonlySet<string>;
  #withoutManager = 0;

  constructor(
    columns: readonly Column[],
    fields: readonly string[],
    private readonly survey: Pick<Survey, 'dates' | 'numbers' | 'managers' | 'ids'>,
    private readonly settings: Settings,
  ) {
    this.#needed = new Set(fields);
    this.#columns = columns.filter(
      ({ field, kind }) => kind !== 'id' && (this.#needed.has(field) || NAMING_FIELDS.has(field)),
    );
    this.#id = columns.find(({ kind }) => kind === 'id');
    this.#isEmpty = emptyTest(settings.empty_values);
    // A file has no words of its own: those of hrsync need no line of `status.map`.
    this.#statuses = new StatusWords(settings.status.map, new Map(), settings.status.default);
  }

  /** The id of a row, or null. */
  idOf({ cells }: Row): string | null {
    const id = textOfCell(cells[this.#id?.index ?? -1] ?? '');
    return this.#isEmpty(id) || isDamaged(id) ? null : id;
  }

  /** What of a row is looked at: two rows with the same are the same. */
  portrait({ cells }: Row): string {
    return JSON.stringify(this.#columns.map(({ index }) => textOfCell(cells[index] ?? '')));
  }

  read(row: Row): SourceRecord {
    const id = this.idOf(row);
    const employee = this.#follow(id ?? '', row);
    if (id !== null) return { employee };
    const name = ['first_name', 'last_name'].map((field) => employee.fields[field] ?? '').join(' ');
    const email = employee.fields['work_email'];
    const problem = `line ${row.line} of the CSV file has no usable id: enter it in the HR system`;
    return {
      unreadable: { id: null, name: name.trim() || null, ...(typeof email === 'string' && { email }), problem },
    };
  }

  #follow(id: string, { cells, line }: Row): Employee {
    const fields = emptyFields();
    let problems: Record<string, string> | undefined;
    for (const column of this.#columns) {
      const text = textOfCell(cells[column.index] ?? '');
      const value = isDamaged(text) ? undefined : this.#value(column, text);
      if (value !== undefined) fields[column.field] = value;
      else if (this.#needed.has(column.field) && !this.#isUnknownManager(column, text)) {
        problems ??= emptyProblems();
        problems[column.field] =
          `the column ${column.header} holds "${text.slice(0, 40)}" in line ${line}, which cannot be read as ${WANTED[column.kind]}: correct it in the HR system`;
      }
    }
    if (fields['status'] === undefined && this.#needed.has('status') && !this.#columns.some(isStatus)) {
      fields['status'] = this.settings.status.default ?? null;
    }
    fields['id'] = id;
    return problems === undefined ? { id, fields } : { id, fields, unreadable: problems };
  }

  // A file of changes need not hold somebody's manager: what the learning platform has is kept.
  #isUnknownManager({ kind }: Column, text: string): boolean {
    return kind === 'manager' && !isDamaged(text);
  }

  #value(column: Column, text: string): Value | undefined {
    if (column.kind === 'status') return this.#status(text);
    if (this.#isEmpty(text)) return null;
    switch (column.kind) {
      case 'day':
        return isNoDate(text) ? null : this.survey.dates.get(column.field)?.read(text);
      case 'manager':
        return this.#manager(text);
      case 'unit':
        return this.#list(text);
      case 'own':
        return this.survey.numbers.has(column.field) ? numberText(text, this.settings.decimal) : this.#list(text);
      default:
        return text;
    }
  }

  #status(text: string): Value {
    return this.#isEmpty(text) ? (this.settings.status.default ?? null) : this.#statuses.read(text);
  }

  #manager(text: string): Value | undefined {
    const { manager_by: by, mode } = this.settings;
    const id = by === 'id' ? text : this.survey.managers.get(managerKey(text, by));
    if (typeof id === 'string' && (mode === 'changes' || this.survey.ids.has(id))) return id;
    this.#withoutManager += 1;
    return mode === 'changes' ? undefined : null;
  }

  // Sorted, because the order of a list means nothing and must not look like a change.
  #list(text: string): Value {
    const { list_separator } = this.settings;
    if (!text.includes(list_separator)) return text;
    const items = text
      .split(list_separator)
      .map(textOfCell)
      .filter((item) => !this.#isEmpty(item));
    const different = [...new Set(items)].sort();
    return different.length > 1 ? different : (different[0] ?? null);
  }

  /** What is to be told of the rows, as sentences without personal data. */
  get notices(): readonly string[] {
    const { manager_by, mode } = this.settings;
    const words = this.#statuses.notices;
    if (this.#withoutManager === 0) return words;
    const then = mode === 'changes' ? 'it stays as it is' : 'they get no manager';
    return [
      ...words,
      `the manager of ${count(this.#withoutManager, 'person', 'people')} is nobody in the file (source.manager_by: ${manager_by}): ${then}`,
    ];
  }
}

const WANTED: Readonly<Record<Column['kind'], string>> = {
  id: 'an id',
  text: 'a text',
  unit: 'a text',
  day: 'a date (source.dates)',
  status: 'a status',
  manager: 'a manager',
  own: 'a value (source.decimal)',
};

function isStatus({ kind }: Column): boolean {
  return kind === 'status';
}
