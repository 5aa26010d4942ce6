import { allowedBy, type Limit } from './limit.js';

/** How many changes of a run may fail before the run raises an alarm, and before it stops; null: never. */
export interface FailurePolicy {
  readonly tell: Limit | null;
  readonly stop: Limit | null;
}

/** What the failures of a run come to so far. */
export interface FailureCount {
  readonly failed: number;
  /** How many changes were tried, those that failed included. */
  readonly tried: number;
}

/** Which step failures have reached. A share is of the changes tried so far, and is judged from `minPopulation` of them up. */
export function failureStep(
  { tell, stop }: FailurePolicy,
  { failed, tried }: FailureCount,
  minPopulation: number,
): 'none' | 'tell' | 'stop' {
  const passes = (limit: Limit | null): boolean => {
    const allowed = limit === null ? null : allowedBy(limit, tried, minPopulation);
    return allowed !== null && failed > allowed;
  };
  if (passes(stop)) return 'stop';
  return passes(tell) ? 'tell' : 'none';
}
