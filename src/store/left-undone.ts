import type { ChangeKind, Scheduled, Skip } from '../core/change.js';
import type { EmployeeReference } from '../core/employee.js';
import type { DueEndings } from './endings.js';

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

/** Somebody whom a run left alone, and which run that was; `at` is an ISO instant, UTC. */
export interface RememberedSkip extends Skip {
  readonly run: number;
  readonly at: string;
}

/** What the last runs left to be done, and whom they left alone. */
export interface LeftUndone extends DueEndings {
  /** What the calendar will make due, as the last run saw it. */
  schedule(): AsyncGenerator<readonly Scheduled[]>;
  /** Whom the last runs left alone, and why, in the order in which they were told. */
  skips(): AsyncGenerator<readonly RememberedSkip[]>;
  /** Those of them who bear one of these employee ids, or one of these addresses (as `emailKey` gives them). */
  skipsOf(people: {
    readonly ids: readonly string[];
    readonly emailKeys: readonly string[];
  }): Promise<readonly RememberedSkip[]>;
  /** Linked people whom the last run that went ahead left out: skipped, unreadable or out of scope. */
  leftOut(): Promise<ReadonlySet<string>>;
  failures(): Promise<readonly Failure[]>;
  /** Whom the last runs left with something undone. */
  undone(): Promise<readonly string[]>;
}
