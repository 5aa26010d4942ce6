import { UsageError } from '../errors.js';
import type { Run, Store } from '../store/store.js';

/**
 * The run of a number.
 *
 * @throws UsageError when the state knows none
 */
export async function findRun(store: Store, number: number): Promise<Run> {
  const newest = (await store.nextRunNumber()) - 1;
  const run = (await store.runs(Math.max(0, newest - number + 1))).find((one) => one.number === number);
  if (run !== undefined) return run;
  throw new UsageError(
    newest === 0 ? 'there was no run yet' : `there is no run ${number} in the state; the latest is ${newest}`,
  );
}
