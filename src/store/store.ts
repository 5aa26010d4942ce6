import type { Snapshot } from '../core/account.js';
import type { ChangeKind, FieldChange, LinkKind, Outcome, Scheduled, Skip } from '../core/change.js';
import type { Day } from '../core/day.js';
import type { EmployeeReference } from '../core/employee.js';
import type { Notes } from '../core/notes.js';
import type { DueEndings } from './endings.js';
import type { FirstRead } from './first-read.js';
import type { ReadMarks } from './read-marks.js';
import type { Erased, Retention } from './retention.js';

export type { ConnectorIdentity, OpenStore } from './open-store.js';

/** What comparing an employee with the snapshot needs; `row` is a small number that stays the account's for good. */
export interface SnapshotKey {
  readonly row: number;
  readonly employeeId: string;
  readonly state: Snapshot['state'];
  readonly hash: string | null;
  readonly awaitingManager: string | null;
  readonly missingSince: Day | null;
}

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

/** One line of the invitation ledger; at most one per employee and hire. */
export interface Invitation {
  readonly employee: EmployeeReference;
  /** 1 for the first hire under this employee id, 2 for a rehire under the same id. */
  readonly hire: number;
  /**
   * `withheld`: an account was made without a mail on purpose (existing staff, `never`, created early). `uncertain`: the
   * mail may have gone out; never repeated without a person.
   */
  readonly state: 'scheduled' | 'sent' | 'cancelled' | 'withheld' | 'uncertain';
  /** The day on which it is due, where the calendar decides. */
  readonly due: Day | null;
  readonly startDate: Day | null;
  /** Why it is in this state, as part of a sentence. */
  readonly because: string;
  /** ISO instant, UTC, of the last move. */
  readonly at: string;
}

/** Somebody whose change failed; tried again when due. */
export interface Failure {
  readonly employee: EmployeeReference;
  readonly kind: ChangeKind;
  readonly error: string;
  readonly attempts: number;
  readonly firstAt: string;
  readonly lastAt: string;
  /** ISO instant, UTC, before which it is not tried again. */
  readonly retryAt: string;
}

/** One execution of a command that may write. */
export interface Run {
  readonly number: number;
  readonly command: string;
  readonly startedAt: string;
  /** Null while it runs, or when it was killed. */
  readonly finishedAt: string | null;
  readonly exitCode: number | null;
  readonly employees: number | null;
  readonly inScope: number | null;
  readonly complete: boolean | null;
  /** Whether everybody was read and planned for; not so for single people, invitations alone and repairs. */
  readonly whole: boolean;
  readonly counts: Readonly<Record<string, number>>;
  /** What went wrong, where something did: one sentence without personal data. */
  readonly error: string | null;
}

/** One attempt to change the LMS, as `runs` shows it. */
export interface JournalEntry extends Intent {
  readonly id: number;
  readonly outcome: Exclude<Outcome, 'planned' | 'deferred'> | null;
  readonly error: string | null;
  readonly settledAt: string | null;
}

/** Somebody whom a run left alone, and which run that was; `at` is an ISO instant, UTC. */
export interface RememberedSkip extends Skip {
  readonly run: number;
  readonly at: string;
}

/** Digests that tell which credential each side was last spoken to with; null: not known yet. */
export interface CredentialDigests {
  readonly source: string | null;
  readonly target: string | null;
}

/**
 * What hrsync remembers between runs. Asynchronous and in batches throughout, so that a shared database can stand
 * beside SQLite one day. A method that writes has committed durably once its promise resolves.
 */
export interface Store extends FirstRead, DueEndings {
  /** What the store held of the last run that read everybody and believed it, or null. */
  lastCompleteRun(): Promise<Run | null>;
  /** The day of the first import, or null before it; hires before that day are existing staff. */
  firstImportDay(): Promise<Day | null>;
  setFirstImportDay(day: Day): Promise<void>;

  /** The keys of those of the given employees who are linked, in no order. */
  keysOf(employeeIds: readonly string[]): Promise<readonly SnapshotKey[]>;
  /** The snapshots of those of the given employees who are linked. */
  snapshotsOf(employeeIds: readonly string[]): Promise<readonly Snapshot[]>;
  /** The snapshots that hold one of these addresses (as `emailKey` gives them). */
  snapshotsByEmail(emailKeys: readonly string[]): Promise<readonly Snapshot[]>;
  snapshotsByAccount(accountIds: readonly string[]): Promise<readonly Snapshot[]>;
  /** Every address that each of these accounts had before the present one (as `emailKey` gives them), by account id. */
  formerAddresses(accountIds: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>>;
  /** The active snapshots whose acknowledged manager is one of these employees. */
  reportsOf(managerIds: readonly string[]): Promise<readonly Snapshot[]>;
  /** Every snapshot, in batches, in the order of their rows. */
  snapshots(): AsyncGenerator<readonly (Snapshot & { readonly row: number })[]>;
  /** The active and pending snapshots of people who were not seen in a read, told by their rows. */
  absent(wasSeen: (row: number) => boolean): AsyncGenerator<readonly Snapshot[]>;
  /** The active snapshots of people whom the latest complete reads did not show. */
  missing(): Promise<readonly Snapshot[]>;
  /** How many linked accounts there are in each state. */
  countSnapshots(): Promise<Readonly<Record<Snapshot['state'], number>>>;
  /** Writes snapshots that changed without a call to the LMS (a new fingerprint, a count of missing reads). */
  putSnapshots(snapshots: readonly Snapshot[]): Promise<void>;

  /** Writes intents, durably, and gives their ids in the same order. */
  begin(intents: readonly Intent[]): Promise<readonly number[]>;
  /** Writes outcomes with all that belongs to them, each set in one transaction. */
  settle(settlements: readonly Settlement[]): Promise<void>;
  /** Intents without an outcome or with an uncertain one, oldest first. */
  openIntents(): Promise<readonly OpenIntent[]>;
  /** The journal of one run, or of one employee, oldest first. */
  journal(of: { readonly run: number } | { readonly employeeId: string }): AsyncGenerator<readonly JournalEntry[]>;

  invitations(employeeIds: readonly string[]): Promise<readonly Invitation[]>;
  listInvitations(states: readonly Invitation['state'][]): AsyncGenerator<readonly Invitation[]>;
  putInvitations(invitations: readonly Invitation[]): Promise<void>;

  /** What the calendar will make due, as the last run saw it; replaced whole. */
  schedule(): AsyncGenerator<readonly Scheduled[]>;
  replaceSchedule(scheduled: AsyncIterable<readonly Scheduled[]> | Iterable<readonly Scheduled[]>): Promise<void>;

  /** Whom the last runs left alone, and why, in the order in which they were told. */
  skips(): AsyncGenerator<readonly RememberedSkip[]>;
  /** Those of them who bear one of these employee ids, or one of these addresses (as `emailKey` gives them). */
  skipsOf(people: {
    readonly ids: readonly string[];
    readonly emailKeys: readonly string[];
  }): Promise<readonly RememberedSkip[]>;
  /** Forgets what was told of these people (of everybody, for null) and then adds what is told now. */
  putSkips(forget: readonly string[] | null, add: readonly RememberedSkip[]): Promise<void>;

  /** Linked people of whom a run that went ahead knew that they are left out: skipped, unreadable or out of scope. */
  leftOut(): Promise<ReadonlySet<string>>;
  /** Replaces that set. */
  putLeftOut(employeeIds: Iterable<string>): Promise<void>;

  /** The unit (`safety.per`) that each of these people was last read in; nobody without one has an entry. */
  unitsOf(employeeIds: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** How many active accounts each unit holds. */
  countUnits(): Promise<ReadonlyMap<string, number>>;
  putUnits(units: readonly { readonly employeeId: string; readonly unit: string | null }[]): Promise<void>;

  credentials(): Promise<CredentialDigests>;
  putCredentials(digests: CredentialDigests): Promise<void>;

  /** What the target noted for later runs; empty before it noted anything. */
  targetNotes(): Promise<Notes>;
  putTargetNotes(notes: Notes): Promise<void>;

  failures(): Promise<readonly Failure[]>;
  clearFailures(employeeIds: readonly string[]): Promise<void>;

  /** Takes one person out, for good: link, attempts, invitations, calendar, failures, skips. */
  forget(employeeId: string): Promise<Erased>;
  /**
   * Takes old history out, for good: settled attempts, runs, cancelled invitations, skips. Attempts without a clear outcome, the
   * newest run, the last complete one and every other invitation stay. With `rehearse` it only counts.
   */
  prune(retention: Retention, options: { readonly rehearse: boolean }): Promise<Erased>;
  readMarks(): Promise<ReadMarks>;
  /** Sets those marks that are given and leaves the others. */
  setReadMarks(marks: Partial<ReadMarks>): Promise<void>;
  /** Whom the last runs left with something undone. */
  undone(): Promise<readonly string[]>;
  /** Forgets these people (everybody, for null) and then adds those. */
  putUndone(forget: readonly string[] | null, add: readonly string[]): Promise<void>;
  /** How many changes of each kind runs between nights, and others that did not read everybody, made since an ISO instant;
   * `email`: how many accounts got another address. */
  countPartial(since: string): Promise<Readonly<Partial<Record<ChangeKind | 'email', number>>>>;
  /** How many accounts of each unit (`safety.per`) such runs ended since an ISO instant. */
  countPartialByUnit(since: string): Promise<ReadonlyMap<string, number>>;

  nextRunNumber(): Promise<number>;
  startRun(run: Pick<Run, 'command' | 'startedAt'>): Promise<number>;
  /** Writes what a run that goes on has planned, so that others can tell how far it is. */
  recordPlan(run: Pick<Run, 'number' | 'employees' | 'inScope' | 'counts'>): Promise<void>;
  /** How many attempts of a run have an outcome. */
  countSettled(run: number): Promise<number>;
  finishRun(run: Omit<Run, 'command' | 'startedAt' | 'whole'> & { readonly whole?: boolean }): Promise<void>;
  /** The newest runs first, at most `count`. */
  runs(count: number): Promise<readonly Run[]>;

  close(): Promise<void>;
}
