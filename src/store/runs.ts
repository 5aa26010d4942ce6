import type { ChangeKind } from '../core/change.js';
import type { ExceededLimit } from '../core/refusal.js';
import type { RunMemory } from './run-memory.js';

/** One execution of a command that may write. */
export interface Run {
  readonly number: number;
  readonly command: string;
  readonly startedAt: string;
  /** Digest of what of the config decides a plan, without secrets; null for commands and versions that kept none. */
  readonly config: string | null;
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
  /** Which mails about it could not be sent, as a sentence; null: none failed. */
  readonly untold: string | null;
}

/** A run at its end; without `whole` it was not for everybody, without `refusal` no limit held it back. */
export type FinishedRun = Omit<Run, 'command' | 'startedAt' | 'config' | 'whole' | 'untold'> & {
  readonly whole?: boolean;
  readonly refusal?: readonly ExceededLimit[];
};

/** Every run, and what it leaves for the next. */
export interface Runs {
  nextRunNumber(): Promise<number>;
  /** `config` left out: the run goes by none. */
  startRun(run: Pick<Run, 'command' | 'startedAt'> & Partial<Pick<Run, 'config'>>): Promise<number>;
  /** Writes what a run that goes on has planned, so that others can tell how far it is. */
  recordPlan(run: Pick<Run, 'number' | 'employees' | 'inScope' | 'counts'>): Promise<void>;
  /** Ends a run and writes down what it leaves for the next: all of it in one transaction, or nothing. */
  finishRun(run: FinishedRun, memory?: RunMemory): Promise<void>;
  /** Writes down which mails about a run that has ended could not be sent. */
  noteUntold(run: number, sentence: string): Promise<void>;
  /** The limits that held a run back; empty where none did, and for runs of versions that did not keep them. */
  refusalOf(run: number): Promise<readonly ExceededLimit[]>;
  /** The newest runs first, at most `count`. */
  runs(count: number): Promise<readonly Run[]>;
  /**
   * The start of the earliest run since which runs followed each other with no more than `days` between two starts, or
   * between the last one and `now`; `now` itself where there is no such run. Runs that lie in the future do not count.
   */
  watchedSince(now: string, days: number): Promise<string>;
  /** What the store held of the last run that read everybody and believed it, or null. */
  lastCompleteRun(): Promise<Run | null>;
  /** How many changes of each kind runs between nights, and others that did not read everybody, made since an ISO instant;
   * `email`: how many accounts got another address. */
  countPartial(since: string): Promise<Readonly<Partial<Record<ChangeKind | 'email', number>>>>;
  /** How many accounts of each unit (`safety.per`) such runs ended since an ISO instant. */
  countPartialByUnit(since: string): Promise<ReadonlyMap<string, number>>;
}
