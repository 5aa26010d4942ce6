import { countAbsence } from '../core/absence.js';
import type { Snapshot } from '../core/account.js';
import type { Candidate } from '../core/standing.js';
import type { RunContext } from './context.js';
import type { Pulled } from './pull.js';

/** Linked people who did not come, after one more complete read without them. */
export interface Absent {
  /** Those who have been missing long enough to count as gone. */
  readonly gone: readonly Candidate[];
  /** Everybody who did not come, with the new count; remembered when the run ends. */
  readonly counted: readonly Snapshot[];
  /** Those of them who do not count as gone yet. */
  readonly waiting: readonly Snapshot[];
}

/** Counts those who did not come. Only to be asked after a read that proved complete: absence is not termination. */
export async function findAbsent(context: RunContext, pulled: Pulled): Promise<Absent> {
  const { policy, store } = context;
  const gone: Candidate[] = [];
  const counted: Snapshot[] = [];
  const waiting: Snapshot[] = [];
  if (!pulled.proof.complete) return { gone, counted, waiting };
  for await (const batch of store.absent((row) => pulled.seen.hasRow(row))) {
    for (const snapshot of batch) {
      const absence = countAbsence(snapshot, policy.today, policy.deactivation.missing);
      const still = { ...snapshot, missingSince: absence.missingSince, missingRuns: absence.missingRuns };
      counted.push(still);
      if (!absence.gone) {
        waiting.push(still);
        continue;
      }
      const { employeeId: id, email, name, startDate } = snapshot;
      const standing = { kind: 'ends', because: absence.because } as const;
      gone.push({ employee: { id, email, name }, standing, startDate, onboarding: false, hash: null });
    }
  }
  return { gone, counted, waiting };
}
