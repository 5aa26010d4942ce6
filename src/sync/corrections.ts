import { lastManager } from '../core/account.js';
import type { Skip } from '../core/change.js';
import { type Correction, correctionsFrom } from '../core/corrections.js';
import type { ManagedPerson } from '../core/manager-faults.js';
import type { Store } from '../store/store.js';

/** What HR should correct, as the last run for everybody left it in the state. */
export async function correctionsIn(
  store: Pick<Store, 'skips' | 'snapshots' | 'namelessUnits'>,
): Promise<readonly Correction[]> {
  const skips: Skip[] = [];
  for await (const batch of store.skips()) skips.push(...batch.filter(({ reason }) => reason !== 'out_of_scope'));
  const people: ManagedPerson[] = [];
  for await (const batch of store.snapshots()) {
    for (const snapshot of batch) {
      const { employeeId: id, email, name, state, awaitingManager } = snapshot;
      const isOpen = state === 'active' || state === 'pending';
      // HR names a manager without an account; what the account holds may be older.
      people.push({ employee: { id, email, name }, isOpen, manager: awaitingManager ?? lastManager(snapshot) });
    }
  }
  return correctionsFrom({ skips, people, nameless: await store.namelessUnits() });
}
