import { batchesOf } from '../../../core/batches.js';
import type { Day } from '../../../core/day.js';
import type { EmployeeReference } from '../../../core/employee.js';
import { countsFrom, LONGEST_GAP } from '../../../core/expiry.js';
import type { Store } from '../../../store/store.js';

const DAY = 86_400_000;
const EVER = '9999-12-31T00:00:00.000Z';

/** A closed account that `deactivation.delete_after` deletes, and from which day on. */
export interface ComingDeletion {
  readonly employee: EmployeeReference;
  readonly on: Day;
}

/** Days as the connector counts them. */
interface Calendar {
  readonly now: Date;
  readonly deleteAfter: number | null;
  readonly dayOf: (at: Date) => Day;
}

/**
 * The accounts that are closed and will be deleted, soonest first, as the state alone knows it: HR may show somebody again,
 * and a pattern or the LMS may keep an account.
 */
export async function comingDeletions(
  store: Pick<Store, 'closedAccounts' | 'watchedSince' | 'snapshotsOf'>,
  { now, deleteAfter, dayOf }: Calendar,
): Promise<readonly ComingDeletion[]> {
  if (deleteAfter === null) return [];
  const watchedSince = await store.watchedSince(now.toISOString(), LONGEST_GAP);
  const days = new Map<string, Day>();
  for await (const batch of store.closedAccounts(EVER)) {
    for (const { employeeId, endedAt } of batch) {
      const from = Date.parse(countsFrom({ endedAt, watchedSince }));
      days.set(employeeId, dayOf(new Date(Math.max(now.getTime(), from + deleteAfter * DAY))));
    }
  }
  const coming: ComingDeletion[] = [];
  for (const ids of batchesOf(days.keys())) {
    for (const { employeeId: id, email, name } of await store.snapshotsOf(ids))
      coming.push({ employee: { id, email, name }, on: days.get(id) ?? '' });
  }
  return coming.sort((one, other) => (one.on < other.on ? -1 : 1));
}
