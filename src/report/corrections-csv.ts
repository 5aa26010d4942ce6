import type { Correction } from '../core/corrections.js';
import { CORRECTIONS } from './correction-words.js';
import { csvLine } from './csv.js';
import { plainly } from './plain-words.js';

const HEADINGS = ['problem', 'what_to_do', 'employee_id', 'name', 'email', 'details', 'new'];

/** A correction, and whether HR was not told of it before. */
export interface ListedCorrection extends Correction {
  readonly isNew: boolean;
}

/** HR's list of corrections for a spreadsheet, in pieces: RFC 4180 with a byte order mark, one row each, what is new first. */
export function* correctionsCsv(corrections: readonly ListedCorrection[]): Generator<string> {
  yield `\ufeff${csvLine(HEADINGS)}`;
  for (const { cause, employee, detail, isNew } of corrections.toSorted((a, b) => Number(b.isNew) - Number(a.isNew))) {
    const { title, advice } = CORRECTIONS[cause];
    const person = [employee?.id ?? '', employee?.name ?? '', employee?.email ?? ''];
    yield csvLine([title, advice, ...person, plainly(detail), isNew ? 'yes' : 'no']);
  }
}
