import { wordsOf } from '../change-text.js';
import type { ReportedChange } from '../reporter.js';
import { safeText } from '../terminal.js';
import { KIND_ORDER, KINDS, sayValue, showField } from '../words.js';
import type { ChangeRow, Dictionary } from './change-view.js';
import type { ChangeTally } from './tally.js';

/** What is longer is cut: nobody reads more, and a page of such names would be no page. */
const LONGEST_NAME = 120;
const LONGEST_VALUE = 1_000;

/** What the numbers in the rows of a report stand for, ready to be shown. */
export function dictionaryOf({ total, fields, departments }: ChangeTally): Dictionary {
  return {
    total,
    kinds: KIND_ORDER.map((kind) => ({ kind, heading: KINDS[kind].heading })),
    departments: [...departments.keys()].map(showName),
    fields: fields.map(showField),
  };
}

/** Turns changes into the rows of a report; `tally` is that of the same changes. */
export function rowMaker({ fields, departments }: ChangeTally): (change: ReportedChange) => ChangeRow {
  const fieldPlaces = new Map(fields.map((field, place) => [field, place]));
  const departmentPlaces = new Map([...departments.keys()].map((name, place) => [name, place]));
  return (change) => {
    const { kind, employee, account, because, department, invites, outcome, error } = change;
    const moved: (string | number)[] = [];
    for (const [field, values] of Object.entries(change.fields)) {
      const [from, to] =
        kind === 'create'
          ? ['', sayValue(field, values.after, change.managerNames)]
          : wordsOf(field, values, change.managerNames);
      moved.push(fieldPlaces.get(field) ?? 0, safeText(from, LONGEST_VALUE), safeText(to, LONGEST_VALUE));
    }
    return [
      KIND_ORDER.indexOf(kind),
      showName(employee.id),
      showName(employee.name ?? ''),
      showName(employee.email ?? ''),
      showName(account ?? ''),
      isSaidByFields(change) ? '' : safeText(because, LONGEST_VALUE),
      departmentPlaces.get(department ?? '') ?? -1,
      invites ? 1 : 0,
      outcome,
      safeText(error ?? '', LONGEST_VALUE),
      moved,
    ];
  };
}

/** A name from outside, harmless and of a bearable length. */
export function showName(name: string): string {
  return safeText(name, LONGEST_NAME);
}

// "job_title changed" says nothing that the fields do not say better.
function isSaidByFields({ kind, because }: ReportedChange): boolean {
  return kind === 'update' && because.endsWith(' changed');
}
