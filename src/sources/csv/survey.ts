import { emailKey } from '../../core/email.js';
import { broken, isWidespread } from './broken.js';
import { emptyTest, isDamaged, shapeOfNumber, textOfCell } from './cell.js';
import type { Column } from './columns.js';
import { DateColumn, type DatePattern, isNoDate } from './dates.js';
import { isGarbled } from './decode.js';
import type { CsvSettings } from './settings.js';
import type { Row } from './table.js';

/** What a first look at the whole file found; who the people are is for the second. */
export interface Survey {
  /** Rows that stand for people, doubles counted. */
  readonly rows: number;
  /** How many different people there are; a row without an id is one of its own. */
  readonly people: number;
  readonly ids: ReadonlySet<string>;
  /** Ids that stand on more than one row. */
  readonly repeated: ReadonlySet<string>;
  /** The pattern of each column of dates, by HR field. */
  readonly dates: ReadonlyMap<string, DatePattern>;
  /** HR fields of the operator's own whose columns hold numbers. */
  readonly numbers: ReadonlySet<string>;
  /** What managers are named by → their id, or null where two people share it. */
  readonly managers: ReadonlyMap<string, string | null>;
  /** The addresses that managers are named by in a file of changes, where they need not be in the file; else none. */
  readonly managersNamed: ReadonlySet<string>;
  /** Values that no pattern of `dates` reads, for `check`: HR field → the first of them. */
  readonly unreadDates: ReadonlyMap<string, readonly string[]>;
}

/** What Excel makes of a long number: its last digits are lost. */
const ROUNDED = /^-?\d+(?:[.,]\d+)?E\+\d+$/i;

interface OwnColumn {
  readonly column: Column;
  isNumber: boolean;
  isSeparated: boolean;
}

/** Looks at every row of a file once. */
export class Surveyor {
  readonly #isEmpty: (text: string) => boolean;
  readonly #ids = new Set<string>();
  readonly #repeated = new Set<string>();
  readonly #managers = new Map<string, string | null>();
  readonly #managersNamed = new Set<string>();
  readonly #manager: Column | undefined;
  readonly #days: readonly (readonly [Column, DateColumn])[];
  readonly #own: readonly OwnColumn[];
  readonly #id: Column | undefined;
  readonly #key: Column | undefined;
  #rows = 0;
  #nameless = 0;
  #firstNameless = 0;
  #damaged = 0;

  constructor(
    private readonly columns: readonly Column[],
    private readonly settings: Pick<CsvSettings, 'dates' | 'empty_values' | 'manager_by' | 'list_separator' | 'mode'>,
    private readonly file: { readonly name: string; readonly isOneByte: boolean },
  ) {
    const named = (field: string) => columns.find((column) => column.field === field);
    this.#isEmpty = emptyTest(settings.empty_values);
    this.#id = named('id');
    const keys = { id: undefined, email: named('work_email'), employee_number: named('employee_number') };
    this.#key = named('manager') === undefined ? undefined : keys[settings.manager_by];
    const mayBeElsewhere = settings.mode === 'changes' && settings.manager_by === 'email';
    this.#manager = mayBeElsewhere ? named('manager') : undefined;
    this.#days = columns.filter(({ kind }) => kind === 'day').map((column) => [column, new DateColumn(settings.dates)]);
    this.#own = columns
      .filter(({ kind }) => kind === 'own')
      .map((column) => ({ column, isNumber: true, isSeparated: false }));
  }

  look({ cells, line }: Row): void {
    this.#rows += 1;
    const id = this.#idOf(cells, line);
    if (id !== null) this.#noteManager(cells, id);
    for (const [column, days] of this.#days) {
      const text = this.#text(cells, column);
      if (!this.#isEmpty(text) && !isNoDate(text)) days.look(text);
    }
    for (const own of this.#own) if (own.isNumber) this.#noteShape(own, this.#text(cells, own.column));
    if (this.columns.some(({ index }) => isDamaged(cells[index] ?? ''))) this.#damaged += 1;
    if (this.file.isOneByte) this.#refuseGarbled(cells, line);
  }

  #text(cells: readonly string[], { index }: Column): string {
    return textOfCell(cells[index] ?? '');
  }

  #idOf(cells: readonly string[], line: number): string | null {
    const text = this.#id === undefined ? '' : this.#text(cells, this.#id);
    if (this.#isEmpty(text) || isDamaged(text)) {
      if (this.#nameless === 0) this.#firstNameless = line;
      this.#nameless += 1;
      return null;
    }
    if (ROUNDED.test(text)) {
      const why = 'Excel saved the file and lost the last digits of the ids';
      throw broken(
        `line ${line} of ${this.file.name} has the id ${text}: ${why}; use the file as the HR system wrote it`,
      );
    }
    if (this.#ids.has(text)) this.#repeated.add(text);
    else this.#ids.add(text);
    return text;
  }

  #noteManager(cells: readonly string[], id: string): void {
    const { manager_by: by } = this.settings;
    if (this.#manager !== undefined) {
      const text = this.#text(cells, this.#manager);
      if (!this.#isEmpty(text)) this.#managersNamed.add(managerKey(text, by));
    }
    if (this.#key === undefined) return;
    const key = managerKey(this.#text(cells, this.#key), by);
    if (this.#isEmpty(key)) return;
    const known = this.#managers.get(key);
    this.#managers.set(key, known === undefined || known === id ? id : null);
  }

  #noteShape(own: OwnColumn, text: string): void {
    if (this.#isEmpty(text)) return;
    const shape = text.includes(this.settings.list_separator) ? 'text' : shapeOfNumber(text);
    if (shape === 'text') own.isNumber = false;
    if (shape === 'separated') own.isSeparated = true;
  }

  #refuseGarbled(cells: readonly string[], line: number): void {
    const garbled = this.columns.find(({ index }) => isGarbled(cells[index] ?? ''));
    if (garbled === undefined) return;
    const what = `${garbled.header} in line ${line} of ${this.file.name} is UTF-8 read as another encoding ("Ã¼" for "ü")`;
    throw broken(`${what}: write source.encoding: auto, or have the export write one encoding`);
  }

  /** What was found, once every row has been looked at; throws where so many rows are at fault that the file is. */
  result(): Survey {
    const { name } = this.file;
    const [rows, nameless, damaged] = [this.#rows, this.#nameless, this.#damaged];
    if (isWidespread(nameless, rows))
      throw broken(`${nameless} of ${rows} rows of ${name} have no id, the first in line ${this.#firstNameless}`);
    if (isWidespread(damaged, rows))
      throw broken(
        `${damaged} of ${rows} rows of ${name} hold U+FFFD: the export lost characters, so write it as UTF-8`,
      );
    const dates = new Map<string, DatePattern>();
    const unreadDates = new Map<string, readonly string[]>();
    for (const [{ field, header }, days] of this.#days) {
      const pattern = this.#patternOf(header, days);
      if (pattern !== undefined) dates.set(field, pattern);
      if (days.unread.length > 0) unreadDates.set(field, days.unread);
    }
    const numbers = this.#own.filter(({ isNumber, isSeparated }) => isNumber && isSeparated);
    return {
      ...{ rows, people: this.#ids.size + nameless, ids: this.#ids, repeated: this.#repeated },
      ...{ dates, unreadDates, managers: this.#managers, managersNamed: this.#managersNamed },
      numbers: new Set(numbers.map(({ column }) => column.field)),
    };
  }

  #patternOf(header: string, days: DateColumn): DatePattern | undefined {
    const { name } = this.file;
    const { ambiguity } = days;
    if (ambiguity !== null) {
      const [one, other] = ambiguity.days;
      throw broken(
        `"${ambiguity.text}" under ${header} of ${name} can be ${one} or ${other}: leave one of them in source.dates`,
      );
    }
    const { pattern, unread } = days.best;
    if (!isWidespread(unread, this.#rows)) return pattern;
    const shown = days.unread.slice(0, 3).map((text) => `"${text.slice(0, 40)}"`);
    const example = shown.length === 0 ? '' : `, such as ${shown.join(', ')}`;
    throw broken(`${unread} dates under ${header} of ${name} fit no single pattern of source.dates${example}`);
  }
}

/** What a manager is looked up by: addresses without case, everything else as it is written. */
export function managerKey(text: string, by: CsvSettings['manager_by']): string {
  return by === 'email' ? emailKey(text) : text;
}
