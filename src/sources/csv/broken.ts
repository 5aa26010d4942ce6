import { IncompleteReadError } from '../../errors.js';

/** How reports call the source. */
export const TITLE = 'CSV file';

const NEXT = 'Mend that and run again; "hrsync check" shows how the file is read.';

/** The file cannot be taken for the company; the sentence says what is wrong with it and what to do. */
export function broken(sentence: string, options?: ErrorOptions): IncompleteReadError {
  return new IncompleteReadError(TITLE, [sentence], { ...options, next: NEXT });
}

/** At least so many rows, and more than this share of all, make one fault of the file out of faults of rows. */
const LEAST = 5;
const SHARE = 0.01;

/** Whether so many of the rows have the same fault that it is the file's and not theirs. */
export function isWidespread(rows: number, of: number): boolean {
  return rows >= LEAST && rows > of * SHARE;
}
