import type { Snapshot } from '../core/account.js';
import { emailKey } from '../core/email.js';
import type { Store } from '../store/store.js';

/** The snapshot of somebody named by employee id or e-mail address, or null when the state knows none. */
export async function findSnapshot(store: Store, person: string): Promise<Snapshot | null> {
  const [byId] = await store.snapshotsOf([person]);
  const [byEmail] = byId === undefined ? await store.snapshotsByEmail([emailKey(person)]) : [];
  return byId ?? byEmail ?? null;
}
