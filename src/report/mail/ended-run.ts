import type { Day } from '../../core/day.js';
import type { EmployeeReference } from '../../core/employee.js';
import type { RunFacts } from './run-facts.js';

/** An account that is open although its ending is due. */
export interface OpenEnding {
  readonly employee: EmployeeReference;
  readonly since: Day;
  readonly because: string;
  readonly why: string | null;
}

/** A run that has ended, as a digest tells of it. */
export interface EndedRun {
  readonly connector: string;
  readonly command: string;
  /** The config that a flag named: the commands in the mail name it, too. */
  readonly config: string | undefined;
  readonly startedAt: Date;
  readonly finishedAt: Date;
  readonly exitCode: number;
  /** Null where the run ended before it had a result. */
  readonly facts: RunFacts | null;
  /** What ended the run or stopped it early, or null. */
  readonly error: unknown;
  /** Empty where none is overdue or nothing could be known. */
  readonly overdue: readonly OpenEnding[];
}
