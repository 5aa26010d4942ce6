import type { Value } from '../core/value.js';
import { sayBecause } from './change-text.js';
import { inGroups } from './groups.js';
import { withManagers } from './managers.js';
import type { ReportedChange, RunResult } from './reporter.js';
import { safeText } from './terminal.js';
import { LIST_ORDER } from './words.js';

const HEADINGS = [
  'kind',
  'employee_id',
  'name',
  'email',
  'account',
  'department',
  'field',
  'before',
  'after',
  'because',
  'invites',
  'outcome',
  'error',
];
// Spreadsheets break a cell that is longer (32,767 characters) over several.
const LONGEST = 32_000;

/**
 * The changes of a run for a spreadsheet, in pieces: RFC 4180 with a byte order mark (Excel takes it for another encoding
 * without), in the order of the plan: one row for each field that changes, and one for a change without any, such as a
 * deactivation. A manager is told by name, where it is known, and employee id: `Ada Lovelace #1001`.
 */
export async function* csvReport(result: RunResult): AsyncGenerator<string> {
  yield `\ufeff${csvLine(HEADINGS)}`;
  for await (const { items } of inGroups(
    () => result.changes(),
    ({ kind }) => kind,
    LIST_ORDER,
  )) {
    for await (const change of withManagers(items, result.namesOf)) yield rowsOf(change).map(csvLine).join('');
  }
}

function rowsOf(change: ReportedChange): readonly (readonly string[])[] {
  const { kind, employee, account, department, invites, outcome, error } = change;
  const before = [kind, employee.id, employee.name, employee.email, account, department ?? null];
  const after = [whyOf(change), invites ? 'yes' : 'no', outcome, error];
  const fields = Object.entries(change.fields).map(([field, moved]) => {
    return [field, ...[moved.before, moved.after].map((value) => named(field, value, change.managerNames))];
  });
  return (fields.length > 0 ? fields : [[null, null, null]]).map((moved) =>
    [...before, ...moved, ...after].map(textOf),
  );
}

function whyOf(change: ReportedChange): string {
  const because = sayBecause(change);
  return change.privileged ? [because, 'administrator'].filter(Boolean).join('; ') : because;
}

function named(field: string, value: Value, names: ReportedChange['managerNames']): Value {
  const name = field === 'manager' && typeof value === 'string' ? names?.get(value) : undefined;
  return name === undefined ? value : `${name} #${String(value)}`;
}

/** One line of such a file. */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map(cellOf).join(',')}\r\n`;
}

// A spreadsheet set to another separator than the file's splits a cell there, quoted or not, and takes what follows for a
// formula; quotes and blanks before the sign do not hinder it. The wide signs count in Japanese and Chinese ones.
const FORMULA = /(^|[,;|\t])(?=[\s"]*[=+\-@＝＋－＠\t\r])/g;

/**
 * One cell, harmless for a spreadsheet whichever separator it takes: an apostrophe stands before all that would be a
 * formula, what would hide is shown.
 */
export function cellOf(text: string): string {
  const guarded = text.replace(FORMULA, "$1'");
  const safe = safeText(guarded.length > LONGEST ? `${guarded.slice(0, LONGEST)}…` : guarded);
  return /[",;\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function textOf(value: Value): string {
  if (value === null) return '';
  return typeof value === 'object' ? value.join(', ') : String(value);
}
