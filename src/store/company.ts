import type { Day } from '../core/day.js';
import type { Notes } from '../core/notes.js';
import type { FirstRead } from './first-read.js';
import type { ReadMarks } from './read-marks.js';

/** Digests that tell which credential each side was last spoken to with; null: not known yet. */
export interface CredentialDigests {
  readonly source: string | null;
  readonly target: string | null;
}

/** What earlier runs learnt about the company and about both systems. */
export interface CompanyMemory extends FirstRead {
  /** The day of the first import, or null before it; hires before that day are existing staff. */
  firstImportDay(): Promise<Day | null>;
  setFirstImportDay(day: Day): Promise<void>;
  /** The unit (`safety.per`) that each of these people was last read in; nobody without one has an entry. */
  unitsOf(employeeIds: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** How many active accounts each unit holds. */
  countUnits(): Promise<ReadonlyMap<string, number>>;
  credentials(): Promise<CredentialDigests>;
  /** What the target noted for later runs; empty before it noted anything. */
  targetNotes(): Promise<Notes>;
  /** The identity of the HR system that the state belongs to; null while there is no state. */
  heldSource(): Promise<string | null>;
  readMarks(): Promise<ReadMarks>;
  /** Sets those marks that are given and leaves the others. */
  setReadMarks(marks: Partial<ReadMarks>): Promise<void>;
}
