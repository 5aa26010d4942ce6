import { changesIn } from '../core/plan.js';
import type { UnderWay } from '../report/under-way.js';
import { readLock } from '../store/open.js';
import type { Run, Store } from '../store/store.js';

/** The run that goes on now, or null: the newest one without an end, if its process still holds the lock. */
export async function liveRun(store: Store, stateFile: string): Promise<UnderWay | null> {
  const [last] = await store.runs(1);
  if (last === undefined || last.finishedAt !== null) return null;
  const holder = readLock(stateFile);
  // A run begins once it has the lock. A lock that is younger belongs to another command, and the run was killed.
  if (holder === null || (holder.since !== null && holder.since > last.startedAt)) return null;
  return {
    run: last.number,
    since: last.startedAt,
    done: await store.countSettled(last.number),
    planned: plannedBy(last),
  };
}

function plannedBy({ counts }: Run): number | null {
  return counts['create'] === undefined ? null : changesIn(counts);
}
