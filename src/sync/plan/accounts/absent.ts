import { countAbsence, knownAbsence } from '../../../core/absence.js';
import type { Snapshot } from '../../../core/account.js';
import type { Candidate } from '../../../core/standing.js';
import type { RunContext } from '../../context.js';
import { LeadingZeros } from '../../read/intake/leading-zeros.js';
import type { Pulled } from '../../read/pulled.js';

/** Linked people who did not come, after one more complete read without them. */
export interface Absent {
  /** Those who have been missing long enough to count as gone. */
  readonly gone: readonly Candidate[];
  /** Everybody who did not come, with the new count; remembered when the run ends. */
  readonly counted: readonly Snapshot[];
  /** Those of them who do not count as gone yet. */
  readonly waiting: readonly Snapshot[];
}

/**
 * Counts those who did not come, after a read that proved complete: absence is not termination. Whom HR told to be deleted
 * and has no longer is gone after any read.
 */
export async function findAbsent(context: RunContext, pulled: Pulled): Promise<Absent> {
  const { policy, store } = context;
  const gone: Candidate[] = [];
  const counted: Snapshot[] = [];
  const waiting: Snapshot[] = [];
  const because = 'deleted in HR, which has them no longer';
  if (policy.deactivation.missing !== null) {
    for (const snapshot of await store.snapshotsOf(pulled.deleted)) {
      if (snapshot.state === 'active' || snapshot.state === 'pending') gone.push(endOf(snapshot, because));
    }
  }
  if (!pulled.proof.complete && pulled.changesOnly !== true) return { gone, counted, waiting };
  const zeros = new LeadingZeros(pulled.seen);
  const told = new Set(gone.map(({ employee }) => employee.id));
  for await (const batch of store.absent((row) => pulled.seen.hasRow(row))) {
    for (const snapshot of batch) {
      zeros.look(snapshot.employeeId);
      if (!pulled.proof.complete) continue;
      const isSame = pulled.bytes?.areSame === true;
      const judge = isSame ? knownAbsence : countAbsence;
      const absence = { ...snapshot, ...judge(snapshot, policy.today, policy.deactivation.missing) };
      const still = { ...snapshot, missingSince: absence.missingSince, missingRuns: absence.missingRuns };
      if (!isSame) counted.push(still);
      if (told.has(snapshot.employeeId)) continue;
      if (absence.gone) gone.push(endOf(snapshot, absence.because));
      else waiting.push(still);
    }
  }
  zeros.refuse(context.source.title);
  return { gone, counted, waiting };
}

function endOf({ employeeId: id, email, name, startDate }: Snapshot, because: string): Candidate {
  return {
    employee: { id, email, name },
    standing: { kind: 'ends', because },
    startDate,
    onboarding: false,
    hash: null,
  };
}
