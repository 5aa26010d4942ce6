import { countAbsence, knownAbsence } from '../core/absence.js';
import type { Snapshot } from '../core/account.js';
import type { Candidate } from '../core/standing.js';
import type { RunContext } from './context.js';
import { holdToLeadingZeros } from './leading-zeros.js';
import type { Pulled } from './pulled.js';

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
  if (!pulled.proof.complete) {
    if (pulled.changesOnly === true)
      await holdToLeadingZeros(
        context,
        pulled.seen,
        store.absent((row) => pulled.seen.hasRow(row)),
      );
    return { gone, counted, waiting };
  }
  const absent: Snapshot[] = [];
  const told = new Set(gone.map(({ employee }) => employee.id));
  for await (const batch of store.absent((row) => pulled.seen.hasRow(row))) {
    for (const snapshot of batch) {
      absent.push(snapshot);
      if (pulled.bytes?.areSame === true) {
        const known = knownAbsence(snapshot, policy.today, policy.deactivation.missing);
        if (told.has(snapshot.employeeId)) continue;
        if (known.gone) gone.push(endOf(snapshot, known.because));
        else waiting.push(snapshot);
        continue;
      }
      const absence = countAbsence(snapshot, policy.today, policy.deactivation.missing);
      const still = { ...snapshot, missingSince: absence.missingSince, missingRuns: absence.missingRuns };
      counted.push(still);
      if (told.has(snapshot.employeeId)) continue;
      if (absence.gone) gone.push(endOf(snapshot, absence.because));
      else waiting.push(still);
    }
  }
  await holdToLeadingZeros(context, pulled.seen, [absent]);
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
