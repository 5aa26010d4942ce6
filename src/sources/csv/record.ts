import { count } from '../../core/count.js';
import { type Employee, emptyProblems } from '../../core/employee.js';
import { emptyFields, type Value } from '../../core/value.js';
import type { SourceRecord } from '../source.js';
import { emptyTest, isDamaged, numberText, textOfCell } from './cell.js';
import type { Column } from './columns.js';
import { isNoDate } from './dates.js';
import type { CsvSettings } from './settings.js';
import { managerKey, type Survey } from './survey.js';
import type { Row } from './table.js';

// What names a person in reports is read whether a mapping needs it or not.
const NAMING_FIELDS: ReadonlySet<string> = new Set(['first_name', 'last_name', 'display_name', 'work_email']);

// The words of hrsync itself need no line of `status.map`.
const OWN_WORDS: ReadonlySet<string> = new Set(['onboarding', 'active', 'leave', 'inactive', 'deleted']);

type Settings = Pick<CsvSettings, 'empty_values' | 'decimal' | 'status' | 'manager_by' | 'list_separator' | 'mode'>;

/** Makes employees out of rows. */
export class RecordReader {
  readonly #columns: readonly Column[];
  readonly #id: Column | undefined;
  readonly #isEmpty: (text: string) => boolean;
  readonly #statuses: ReadonlyMap<string, string>;
  readonly #needed: ReadonlySet<string>;
  /** Status words that nobody mapped, with how many people have them. */
  readonly #unmapped = new Map<string, number>();
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
    this.#statuses = new Map(Object.entries(settings.status.map).map(([word, status]) => [keyOf(word), status]));
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
    const { default: fallback } = this.settings.status;
    if (this.#isEmpty(text)) return fallback ?? null;
    const word = keyOf(text);
    const known = this.#statuses.get(word) ?? (OWN_WORDS.has(word) ? word : undefined);
    if (known !== undefined) return known;
    this.#unmapped.set(text, (this.#unmapped.get(text) ?? 0) + 1);
    return fallback ?? word;
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
    const { status, manager_by, mode } = this.settings;
    const taken = status.default === undefined ? 'these people stay as they are' : `taken for ${status.default}`;
    const words = [...this.#unmapped].slice(0, MOST_WORDS).map(([word, people]) => {
      return `the status "${word.slice(0, 40)}" of ${count(people, 'person', 'people')} is not in source.status.map: ${taken}`;
    });
    if (this.#withoutManager === 0) return words;
    const then = mode === 'changes' ? 'it stays as it is' : 'they get no manager';
    return [
      ...words,
      `the manager of ${count(this.#withoutManager, 'person', 'people')} is nobody in the file (source.manager_by: ${manager_by}): ${then}`,
    ];
  }
}

/** Number of status words that are told one by one. */
const MOST_WORDS = 20;

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

function keyOf(word: string): string {
  return textOfCell(word).toLowerCase();
}
