import type { Snapshot } from '../../core/account.js';
import type { Scheduled } from '../../core/change.js';
import type { UnderWay } from '../../report/under-way.js';
import type { OverdueEnding } from '../../store/endings.js';
import type { Failure, Invitation, JournalEntry, RememberedSkip, Run, Store } from '../../store/store.js';
import { type Calendar, overdueEndings } from '../../sync/plan/limits/overdue.js';

/** All that the state knows of one person. */
export interface Remembered {
  readonly snapshot: Snapshot | null;
  readonly scheduled: readonly Scheduled[];
  readonly invitations: readonly Invitation[];
  readonly failure: Failure | null;
  /** The ending of the account, where it is due and not done. */
  readonly overdue: OverdueEnding | null;
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

/** Gathers what the state knows of an employee id. */
export async function remember(
  store: Store,
  id: string,
  { calendar, live }: { readonly calendar: Calendar; readonly live: UnderWay | null },
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
    skips: await store.skipsOf({ ids: [id], emailKeys: [] }),
    history,
    earlier: attempts - history.length,
    lastComplete: await store.lastCompleteRun(),
    live,
  };
}
