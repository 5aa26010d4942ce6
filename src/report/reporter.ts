import type { Missing } from '../core/absence.js';
import type { Change, Outcome, Scheduled, Skip } from '../core/change.js';
import type { Drift, DriftKind } from '../core/drift.js';
import type { Headcount } from '../core/headcount.js';
import type { Summary } from '../core/plan.js';
import type { RolloutSwitch } from '../core/rollout.js';
import type { Verdict } from '../core/safety.js';
import type { NamesOf } from './managers.js';

/** What a run is, known before anything is read. */
export interface RunHeader {
  readonly connector: string;
  readonly command: string;
  readonly run: number;
  readonly dryRun: boolean;
  /** The run that this one takes back, where it does; HR is not read then. */
  readonly reverts?: number;
  readonly startedAt: Date;
  /** The day that the run is judged for, in the connector's zone (`YYYY-MM-DD`); without it the day of `startedAt`, UTC. */
  readonly today?: string;
  readonly source: { readonly type: string; readonly title: string };
  readonly target: { readonly type: string; readonly title: string };
}

/** What the read of the HR system came to. */
export interface ReadSummary {
  readonly employees: number;
  readonly complete: boolean;
  readonly inScope: number;
  /** Whether only some people were to be read: such a read is never complete, and nothing is wrong with it. */
  readonly partial?: boolean;
  /** Each check of completeness as a sentence, with whether it held. */
  readonly checks: readonly { readonly held: boolean; readonly sentence: string }[];
}

/** A change with what became of it. */
export interface ReportedChange extends Change {
  readonly outcome: Outcome;
  readonly error: string | null;
  /** ISO instant, UTC, before which a failed change is not tried again; without it the next run tries. */
  readonly retryAt?: string | null;
  /** The department of the account, where one is mapped and known. */
  readonly department?: string | null;
  /** What the managers in `fields` are called, by employee id, as far as it is known. */
  readonly managerNames?: ReadonlyMap<string, string>;
}

/** A file that a plan was saved to. */
export interface SavedPlanFile {
  readonly file: string;
  readonly digest: string;
  readonly expiresAt: string;
  /** The config that a flag named; `apply` needs the same flag. */
  readonly config?: string | undefined;
}

/** What the config's `rollout` keeps from being sent. */
export interface HeldBackChanges {
  /** How many changes each switch holds back. */
  readonly counts: Readonly<Record<RolloutSwitch, number>>;
  changes(): AsyncIterable<ReportedChange>;
}

/** The result of a run; the lists are read anew at each call, so that none has to fit in memory. */
export interface RunResult extends RunHeader {
  readonly finishedAt: Date;
  readonly exitCode: number;
  readonly read: ReadSummary;
  readonly summary: Summary;
  /** What the plan means for everybody whom HR showed; absent or null where it is for some of them only. */
  readonly headcount?: Headcount | null;
  readonly safety: Verdict;
  /** Which step of `safety.max_failures` the run passed, as a sentence; absent or null: none. */
  readonly alarm?: string | null;
  /** Sentences that a person should read: "312 people were hired before the first import and get no invitation". */
  readonly notices: readonly string[];
  /** Linked people whom a complete read did not show and who do not count as gone yet. */
  readonly missing: readonly Missing[];
  /** What employees are called, for the managers in changes. */
  readonly namesOf?: NamesOf;
  /** The file that the plan was saved to, where it was. */
  readonly savedPlan?: SavedPlanFile;
  changes(): AsyncIterable<ReportedChange>;
  /** What the config's `rollout` keeps from being sent; not among `changes`, and not in `summary`. Absent: nothing. */
  readonly heldBack?: HeldBackChanges;
  scheduled(): AsyncIterable<Scheduled>;
  skipped(): AsyncIterable<Skip>;
}

/** A plan before anything of it is carried out: the same shape as the result, without what only the end can tell. */
export type PlanToReport = Omit<RunResult, 'finishedAt' | 'exitCode'>;

/** What comparing the LMS with the snapshot came to; the list is read anew at each call. */
export interface VerifyResult {
  readonly connector: string;
  readonly startedAt: Date;
  readonly finishedAt: Date;
  readonly exitCode: number;
  readonly target: { readonly type: string; readonly title: string };
  /** How many accounts the LMS listed, and how many linked ones were compared. */
  readonly accounts: number;
  readonly compared: number;
  readonly counts: Readonly<Record<DriftKind, number>>;
  readonly notices: readonly string[];
  /** Whether a run that mends the drift follows. */
  readonly repairs: boolean;
  /** What employees are called, for the managers in drift. */
  readonly namesOf?: NamesOf;
  drift(): AsyncIterable<Drift>;
}

/**
 * Tells people or programs what a run does. One is chosen per run; no other room prints. Progress and logs go to stderr,
 * the result goes to stdout.
 */
export interface Reporter {
  started(header: RunHeader): void;
  /** The HR system is being read; `total` is null where it gives none. */
  reading(progress: { readonly employees: number; readonly total: number | null }): void;
  /** The LMS is being read to find accounts that exist already. */
  matching(progress: { readonly accounts: number }): void;
  /** The plan is made; shown before it is judged or carried out. */
  planned(plan: PlanToReport): Promise<void>;
  applying(progress: { readonly done: number; readonly failed: number; readonly total: number }): void;
  /** One change has an outcome. */
  changed(change: ReportedChange): void;
  /**
   * Something that an operator may want to know now; only with `--verbose` when `detail` is true, and even with `--quiet`
   * when `urgent` is. With `atOnce` it is told even where what happens is held back until there is something to do.
   */
  note(
    sentence: string,
    options?: { readonly detail?: boolean; readonly urgent?: boolean; readonly atOnce?: boolean },
  ): void;
  finished(result: RunResult): Promise<void>;
  /** The LMS was compared with the snapshot. */
  verified(result: VerifyResult): Promise<void>;
  /** The run ended with an error; the result, if there is one, has been reported before. */
  failed(error: unknown): void;
}
