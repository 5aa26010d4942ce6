import type { Snapshot } from '../../../src/core/account.js';
import type { SkipReason } from '../../../src/core/change.js';
import type { Limit } from '../../../src/core/limit.js';
import type { Answer } from './hr.js';
import type { Call } from './line.js';
import type { Effect, Lms, LmsAccount } from './lms.js';
import type { Memory } from './memory.js';

/** Everything that can be seen of one night. */
export interface Observation {
  readonly today: string;
  /** Exit code of the run that ended the night. */
  readonly exit: number;
  /** Whether that run came to its end instead of breaking off. */
  readonly finished: boolean;
  /** Whether no call went wrong and no run was killed. */
  readonly calm: boolean;
  readonly before: ReadonlyMap<string, LmsAccount>;
  readonly after: ReadonlyMap<string, LmsAccount>;
  readonly lms: Lms;
  /** What happened in the LMS in this night. */
  readonly effects: readonly Effect[];
  readonly calls: readonly Call[];
  readonly answer: Answer;
  /** Whether the answer is one that may be believed, after the one that was believed last. */
  readonly believable: boolean;
  readonly skips: ReadonlyMap<string, SkipReason>;
  readonly snapshots: readonly Snapshot[];
  /** Employees with a change of which nobody knows whether the LMS carried it out. */
  readonly open: ReadonlySet<string>;
  /** Employees with a failure on record. */
  readonly failing: ReadonlySet<string>;
  readonly memory: Memory;
  readonly outOfScope: 'keep' | 'deactivate';
  readonly deactivationLimit: Limit | undefined;
  /** Whether other kinds of changes have limits as well. */
  readonly limited: boolean;
}
