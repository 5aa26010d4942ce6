import type { Snapshot } from '../core/account.js';
import type { ChangeKind, FieldChange, LinkKind, Outcome } from '../core/change.js';
import type { Day } from '../core/day.js';
import type { EmployeeReference } from '../core/employee.js';
import type { Invitation } from './invitations.js';
import type { Failure } from './left-undone.js';

/** Intent to change the LMS, written before the call. */
export interface Intent {
  readonly run: number;
  readonly kind: ChangeKind | LinkKind;
  readonly employee: EmployeeReference;
  readonly account: string | null;
  readonly invites: boolean;
  readonly fields: Readonly<Record<string, FieldChange>>;
  readonly because: string;
  readonly startDate: Day | null;
  /** Which hire the invitation of a create belongs to; null for other kinds. */
  readonly hire: number | null;
  /** ISO instant, UTC. */
  readonly at: string;
}

/** An intent without an outcome, or with an uncertain one: the LMS may or may not have carried it out. */
export interface OpenIntent extends Intent {
  readonly id: number;
}

/** What became of an intent, with everything that is to be remembered in the same transaction. */
export interface Settlement {
  readonly id: number;
  readonly outcome: Exclude<Outcome, 'planned' | 'deferred'>;
  readonly error: string | null;
  readonly at: string;
  /** The account's new snapshot, where the LMS acknowledged one. */
  readonly snapshot: Snapshot | null;
  /** An employee whose link ends with this change (takeover), or null. */
  readonly unlink: string | null;
  readonly invitation: Invitation | null;
  /** The failure to remember (pauses the person), or null: a success forgets it. */
  readonly failure: Failure | null;
}

/** One attempt to change the LMS, as `runs` shows it. */
export interface JournalEntry extends Intent {
  readonly id: number;
  readonly outcome: Exclude<Outcome, 'planned' | 'deferred'> | null;
  readonly error: string | null;
  readonly settledAt: string | null;
}

/** An account that hrsync closed, by the journal. */
export interface ClosedAccount {
  readonly employeeId: string;
  /** ISO instant, UTC, at which the LMS acknowledged the deactivation. */
  readonly endedAt: string;
}

/** The journal: every attempt to change the LMS. */
export interface Journal {
  /** Writes intents, durably, and gives their ids in the same order. */
  begin(intents: readonly Intent[]): Promise<readonly number[]>;
  /** Writes outcomes with all that belongs to them, each set in one transaction. */
  settle(settlements: readonly Settlement[]): Promise<void>;
  /** Intents without an outcome or with an uncertain one, oldest first. */
  openIntents(): Promise<readonly OpenIntent[]>;
  /** The journal of one run, or of one employee, oldest first. */
  journal(of: { readonly run: number } | { readonly employeeId: string }): AsyncGenerator<readonly JournalEntry[]>;
  /**
   * The linked, deactivated accounts whose last attempt in the journal is their deactivation, acknowledged at or before an
   * instant; deletions that failed afterwards do not count.
   */
  closedAccounts(until: string): AsyncGenerator<readonly ClosedAccount[]>;
  /** How many attempts of a run have an outcome. */
  countSettled(run: number): Promise<number>;
}
