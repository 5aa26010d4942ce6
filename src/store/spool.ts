import type { Change, Outcome } from '../core/change.js';
import type { EmployeeReference } from '../core/employee.js';

/** One change of a plan, with what became of it. */
export interface PlannedRow<Planned extends Change> {
  readonly sequence: number;
  readonly change: Planned;
  readonly outcome: Outcome;
  readonly error: string | null;
  readonly account: string | null;
}

/**
 * Room for the large parts of one run: bodies too many for memory, kept in a private temporary file that is gone when the
 * process ends. Values are JSON; batches keep what is in memory small.
 */
export interface Spool<Item, Planned extends Change> {
  /** Keeps items under their employee id; a second item under one id replaces the first. */
  keep(items: readonly { readonly id: string; readonly item: Item }[]): Promise<void>;
  /** The kept items in the order in which they came. */
  items(): AsyncGenerator<readonly { readonly id: string; readonly item: Item }[]>;
  forgetItems(): Promise<void>;
  /** Adds changes to the plan, each with its outcome so far. */
  plan(rows: readonly Pick<PlannedRow<Planned>, 'change' | 'outcome' | 'error'>[]): Promise<void>;
  /** The changes of the plan by stage, then in the order in which they were added. */
  changes(stage?: number): AsyncGenerator<readonly PlannedRow<Planned>[]>;
  /** Those of these employees whom the plan changes. */
  employees(ids: readonly string[]): Promise<readonly EmployeeReference[]>;
  /** The stages that have changes, ascending. */
  stages(): Promise<readonly number[]>;
  setOutcomes(
    outcomes: readonly Pick<PlannedRow<Planned>, 'sequence' | 'outcome' | 'error' | 'account'>[],
  ): Promise<void>;
  close(): Promise<void>;
}
