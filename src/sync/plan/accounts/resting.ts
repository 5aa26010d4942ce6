import { isEnding } from '../../../core/change.js';
import { rests } from '../../../core/pause.js';
import type { RunContext } from '../../context.js';
import { isForEverybody } from '../../run-kind.js';

/**
 * The people who wait for their next try after a failure, by employee id, with a sentence that says until when. A
 * person named in a run of their own does not rest, and neither does an ending.
 */
export async function restingPeople({ store, now, options }: RunContext): Promise<ReadonlyMap<string, string>> {
  const resting = new Map<string, string>();
  if (!isForEverybody(options.kind)) return resting;
  const at = now().toISOString();
  for (const failure of await store.failures()) {
    if (!isEnding(failure.kind) && rests(failure, at))
      resting.set(failure.employee.id, `rests until ${failure.retryAt}: ${failure.error}`);
  }
  return resting;
}
