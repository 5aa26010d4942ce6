import { type Day, isDay } from '../../core/day.js';
import { literally } from '../../pattern.js';

/** One way to write a day, such as `dd.MM.yyyy`. */
export interface DatePattern {
  readonly written: string;
  /** The day that a text stands for; undefined where the pattern does not fit or there is no such day. */
  read(text: string): Day | undefined;
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

const TOKENS: Readonly<Record<string, string>> = {
  yyyy: String.raw`(?<year>\d{4})`,
  MMM: '(?<month>[a-z]{3})',
  MM: String.raw`(?<month>\d{2})`,
  M: String.raw`(?<month>\d{1,2})`,
  dd: String.raw`(?<day>\d{2})`,
  d: String.raw`(?<day>\d{1,2})`,
};

// A time of day, an offset or both behind a day. The day stays as it is written.
const TAIL = String.raw`(?:[T ,]+\d{1,2}:.*|Z|[+-]\d{2}:?\d{2})?`;

/** Reads a pattern; null where it does not name year, month and day once each. */
export function datePattern(written: string): DatePattern | null {
  const parts = written.match(/[A-Za-z]+|[^A-Za-z]+/g) ?? [];
  const source = parts.map((part) => TOKENS[part] ?? literally(part));
  const isWhole = ['year', 'month', 'day'].every(
    (name) => source.filter((one) => one.includes(`<${name}>`)).length === 1,
  );
  const isClean = parts.every((part) => part in TOKENS || !/[A-Za-z]/.test(part));
  const compact = /^(yyyyMMdd|ddMMyyyy|MMddyyyy)$/.exec(written);
  if (compact !== null) return patternOf(written, compactSource(written));
  return isWhole && isClean ? patternOf(written, source.join('')) : null;
}

function compactSource(written: string): string {
  return written.replace(/yyyy|MM|dd/g, (token) => TOKENS[token] ?? '');
}

function patternOf(written: string, source: string): DatePattern {
  const expression = new RegExp(`^${source}${TAIL}$`, 'is');
  // Employees share their days: looking one up costs a tenth of reading it.
  const known = new Map<string, Day>();
  return {
    written,
    read(text) {
      const before = known.get(text);
      if (before !== undefined) return before;
      const { year = '', month = '', day = '' } = expression.exec(text)?.groups ?? {};
      const number = /^\d+$/.test(month) ? month : String(MONTHS.indexOf(month.toLowerCase()) + 1);
      const read = `${year}-${number.padStart(2, '0')}-${day.padStart(2, '0')}`;
      if (year === '' || !isDay(read)) return undefined;
      if (known.size < 50_000) known.set(text, read);
      return read;
    },
  };
}

// How systems that must write some date write none, in any order of year, month and day: 0000-00-00 (BambooHR),
// 0001-01-01 (.NET), 1900-01-00 and 1900-01-01 (Excel), and a year 9999 for an open end.
const NO_DATE = [
  /^0{4}\D?0{2}\D?0{2}$|^0{2}\D0{2}\D0{4}$/,
  /^9999\D?\d{1,2}\D?\d{1,2}$|^\d{1,2}\D\d{1,2}\D9999$|^\d{4}9999$/,
  /^000[01]\D?\d{2}\D?\d{2}$|^\d{1,2}\D\d{1,2}\D000[01]$/,
  /^1900\D?0?1\D?0?[01]$|^0?1\D0?[01]\D1900$|^0?[01]\D0?1\D1900$|^01011900$/,
];

const TIME = new RegExp(`${TAIL}$`, 's');

/** Whether a text means "no date", in whatever pattern it is written. */
export function isNoDate(text: string): boolean {
  // Nearly every date begins or ends with a year of this or the last century.
  if (/^(?:19[1-9]|20)\d/.test(text) || /(?:19[1-9]|20)\d\d?$/.test(text)) return false;
  const day = text.replace(TIME, '');
  return NO_DATE.some((none) => none.test(day));
}

/** Looks at every value of one column, so that one pattern reads all of it. */
export class DateColumn {
  readonly #reads: number[];
  /** For each pair of patterns `i * length + j`: a value that both read, as different days. */
  readonly #clashes = new Map<number, readonly [text: string, one: Day, other: Day]>();
  #values = 0;
  /** The first values that no pattern reads. */
  readonly unread: string[] = [];

  constructor(private readonly patterns: readonly DatePattern[]) {
    this.#reads = patterns.map(() => 0);
  }

  look(text: string): void {
    this.#values += 1;
    const days = this.patterns.map((pattern) => pattern.read(text));
    days.forEach((day, index) => {
      if (day !== undefined) this.#reads[index] = (this.#reads[index] ?? 0) + 1;
    });
    if (days.every((day) => day === undefined) && this.unread.length < 5) this.unread.push(text);
    if (days.length > 1) this.#compare(text, days);
  }

  #compare(text: string, days: readonly (Day | undefined)[]): void {
    for (let i = 0; i < days.length; i += 1) {
      for (let j = i + 1; j < days.length; j += 1) {
        const [one, other] = [days[i], days[j]];
        const key = i * days.length + j;
        if (one !== undefined && other !== undefined && one !== other && !this.#clashes.has(key))
          this.#clashes.set(key, [text, one, other]);
      }
    }
  }

  /** Whether there was anything to look at. */
  get hasValues(): boolean {
    return this.#values > 0;
  }

  /** The pattern that reads the most, with how many values it does not read. */
  get best(): { readonly pattern: DatePattern | undefined; readonly unread: number } {
    const most = Math.max(...this.#reads);
    return { pattern: this.patterns[this.#reads.indexOf(most)], unread: this.#values - most };
  }

  /** A value that can be two different days, where two patterns read the column equally well; else null. */
  get ambiguity(): { readonly text: string; readonly days: readonly [Day, Day] } | null {
    const most = Math.max(...this.#reads);
    for (const [key, [text, one, other]] of this.#clashes) {
      const pair = [Math.floor(key / this.patterns.length), key % this.patterns.length];
      if (pair.every((index) => this.#reads[index] === most)) return { text, days: [one, other] };
    }
    return null;
  }
}
