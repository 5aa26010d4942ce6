import type { UnderWay } from '../report/index.js';
import { readLock } from '../store/sqlite/index.js';
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

// `invite` counts mails, whatever change causes them.
function plannedBy({ counts }: Run): number | null {
  const { create, update, deactivate, reactivate, delete: deletions, adopt } = counts;
  if (create === undefined) return null;
  return [create, update, deactivate, reactivate, deletions, adopt].reduce<number>((sum, one) => sum + (one ?? 0), 0);
}
