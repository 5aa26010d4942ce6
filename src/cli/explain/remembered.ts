import type { Snapshot } from '../../core/account.js';
import type { Scheduled } from '../../core/change.js';
import type { Day } from '../../core/day.js';
import type { UnderWay } from '../../report/under-way.js';
import type { OverdueEnding } from '../../store/endings.js';
import type { Failure, Invitation, JournalEntry, RememberedSkip, Run, Store } from '../../store/store.js';
import { comingDeletions } from '../../sync/plan/accounts/coming-deletions.js';
import { type Calendar, overdueEndings } from '../../sync/plan/limits/overdue.js';

/** All that the state knows of one person. */
export interface Remembered {
  readonly snapshot: Snapshot | null;
  readonly scheduled: readonly Scheduled[];
  readonly invitations: readonly Invitation[];
  readonly failure: Failure | null;
  /** The ending of the account, where it is due and not done. */
  readonly overdue: OverdueEnding | null;
  /** From which day on the closed account is to be deleted, or null. */
  readonly deletedOn: Day | null;
  /** Why the last runs left the person alone, where they did. */
  readonly skips: readonly RememberedSkip[];
  /** The newest attempts, oldest first. */
  readonly history: readonly JournalEntry[];
  /** How many attempts there were before those. */
  readonly earlier: number;
  readonly lastComplete: Run | null;
  /** The run that goes on now, or null. */
  readonly live: UnderWay | null;
}

/** So much history fits the screen beside the rest. */
const SHOWN = 8;

/** What of the present matters for one person. */
interface Surroundings {
  readonly calendar: Calendar;
  readonly live: UnderWay | null;
  /** Days after which closed accounts are deleted; null: never. */
  readonly deleteAfter: number | null;
  readonly now: Date;
}

/** Gathers what the state knows of an employee id. */
export async function remember(
  store: Store,
  id: string,
  { calendar, live, deleteAfter, now }: Surroundings,
): Promise<Remembered> {
  const [snapshot = null] = await store.snapshotsOf([id]);
  const scheduled: Scheduled[] = [];
  for await (const batch of store.schedule()) scheduled.push(...batch.filter(({ employee }) => employee.id === id));
  const history: JournalEntry[] = [];
  let attempts = 0;
  for await (const batch of store.journal({ employeeId: id })) {
    attempts += batch.length;
    history.push(...batch);
    history.splice(0, history.length - SHOWN);
  }
  return {
    snapshot,
    scheduled,
    invitations: await store.invitations([id]),
    failure: (await store.failures()).find(({ employee }) => employee.id === id) ?? null,
    overdue: (await overdueEndings(store, calendar)).find(({ employee }) => employee.id === id) ?? null,
    deletedOn: await deletionOf(store, snapshot, { dayOf: calendar.dayOf, deleteAfter, now }),
    skips: await store.skipsOf({ ids: [id], emailKeys: [] }),
    history,
    earlier: attempts - history.length,
    lastComplete: await store.lastCompleteRun(),
    live,
  };
}

async function deletionOf(
  store: Store,
  snapshot: Snapshot | null,
  calendar: Parameters<typeof comingDeletions>[1],
): Promise<Day | null> {
  if (snapshot?.state !== 'deactivated') return null;
  const coming = await comingDeletions(store, calendar);
  return coming.find(({ employee }) => employee.id === snapshot.employeeId)?.on ?? null;
}
