import { type Employee, textOf } from '../../core/employee.js';
import { textFrom } from '../../core/value.js';
import type { SourceSample } from '../source.js';
import type { CsvSettings } from './settings.js';

/** Name of the file that a rehearsal reads. */
const FILE = 'people.csv';

/** Writes made-up people as the columns, dates and status words of these settings have it. */
export function sampleOf(settings: CsvSettings, people: readonly Employee[]): SourceSample {
  const { columns, delimiter, quote } = settings;
  const byId = new Map(people.map((person) => [person.id, person]));
  const fields = Object.entries(columns).map(([field, headers]) => [field, [headers].flat()[0] ?? field] as const);
  const cell = (text: string) => `${quote}${text.replaceAll(quote, quote + quote)}${quote}`;
  const line = (cells: readonly string[]) => `${cells.map(cell).join(delimiter === 'auto' ? ';' : delimiter)}\r\n`;
  const rows = people.map((person) => line(fields.map(([field]) => textFor(field, person, byId, settings))));
  return {
    files: [{ name: FILE, text: [line(fields.map(([, header]) => header)), ...rows].join('') }],
    settings: {
      path: FILE,
      // The file is written just now, once a night and whole; how the real one arrives is not rehearsed.
      ...{ encoding: 'utf-8', mode: 'full', complete_when: { settled_for: '0s' } },
      ...{ max_age: 'never', unchanged_file: 'note' },
    },
  };
}

function textFor(
  field: string,
  person: Employee,
  people: ReadonlyMap<string, Employee>,
  settings: CsvSettings,
): string {
  const { dates, status, manager_by, list_separator } = settings;
  const value = person.fields[field];
  if (field === 'id') return person.id;
  if (field === 'manager') {
    const manager = people.get(textOf(person, 'manager') ?? '');
    if (manager === undefined) return '';
    if (manager_by === 'id') return manager.id;
    return textFor(manager_by === 'email' ? 'work_email' : manager_by, manager, people, settings);
  }
  if (field === 'status') return wordFor(textOf(person, 'status') ?? '', status.map);
  if (Array.isArray(value)) return value.join(list_separator);
  const text = textFrom(value);
  return /^\d{4}-\d{2}-\d{2}$/.test(text) ? dayAs(dates[0]?.written ?? 'yyyy-MM-dd', text) : text;
}

// A word of the customer's own that the config takes for this status, or our own word.
function wordFor(status: string, map: CsvSettings['status']['map']): string {
  return Object.entries(map).find(([, ours]) => ours === status)?.[0] ?? status;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

function dayAs(written: string, day: string): string {
  const [year = '', month = '', date = ''] = day.split('-');
  const parts: Readonly<Record<string, string>> = {
    ...{ yyyy: year, MMM: MONTHS[Number(month) - 1] ?? '', MM: month, M: String(Number(month)) },
    ...{ dd: date, d: String(Number(date)) },
  };
  return written.replace(/yyyy|MMM|MM|M|dd|d/g, (token) => parts[token] ?? token);
}
