import type { Summary } from '../../core/plan.js';
import type { RunResult } from '../../report/reporter.js';

/** What others may know of a run that has ended: counts, and nobody's name. */
export interface Outcome {
  readonly connector: string;
  readonly command: string;
  /** Null where the run ended before it had a number. */
  readonly run: number | null;
  readonly startedAt: Date;
  readonly finishedAt: Date;
  readonly exitCode: number;
  readonly employees: number | null;
  readonly inScope: number | null;
  readonly summary: Summary | null;
  /** How many accounts are open although their ending is due; null where the run did not come to know. */
  readonly endingsOverdue: number | null;
  /** Whether the run read and planned everybody, as `status --max-age` counts. */
  readonly whole: boolean;
  /** Which step of `safety.max_failures` the run passed, as a sentence, or null. */
  readonly alarm: string | null;
  /** Name of the error that ended the run, or null. */
  readonly error: string | null;
}

/** Gathers the outcome of a run from its result, where it has one, and from the error that ended it, if one did. */
export function outcomeOf(
  run: Pick<Outcome, 'connector' | 'command' | 'startedAt' | 'finishedAt' | 'exitCode' | 'endingsOverdue' | 'whole'>,
  result: RunResult | null,
  error: unknown,
): Outcome {
  return {
    ...run,
    run: result?.run ?? null,
    employees: result?.read.employees ?? null,
    inScope: result?.read.inScope ?? null,
    summary: result?.summary ?? null,
    alarm: result?.alarm ?? null,
    error: error === null ? null : error instanceof Error ? error.name : 'Error',
  };
}
