import type { Snapshot } from '../../core/account.js';
import type { Store } from '../../store/store.js';
import type { Draft } from './decisions.js';

/** The snapshots of people, by employee id; of somebody who takes an account over, that of the account. */
export async function snapshotsFor(
  store: Pick<Store, 'snapshotsOf' | 'snapshotsByAccount'>,
  drafts: ReadonlyMap<string, Pick<Draft, 'decision'>>,
  ids: readonly string[],
): Promise<Map<string, Snapshot>> {
  const found = new Map((await store.snapshotsOf(ids)).map((snapshot) => [snapshot.employeeId, snapshot]));
  for (const id of ids) {
    const decision = drafts.get(id)?.decision;
    if (decision?.action !== 'take_over') continue;
    const [taken] = await store.snapshotsByAccount([decision.accountId]);
    if (taken !== undefined) found.set(id, taken);
  }
  return found;
}
