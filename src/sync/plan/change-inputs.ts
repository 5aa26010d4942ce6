import type { Snapshot } from '../../core/account.js';
import type { Mailing } from '../../core/decide.js';
import type { Store } from '../../store/store.js';
import type { Draft } from './decisions.js';
import type { ChangeParts } from './make-change.js';

/** The snapshots that changes of these people start from, by employee id: of an account that is taken over, the leaver's. */
export async function snapshotsFor(
  store: Pick<Store, 'snapshotsOf' | 'snapshotsByAccount'>,
  drafts: ReadonlyMap<string, Draft>,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Snapshot>> {
  const found = new Map((await store.snapshotsOf(ids)).map((snapshot) => [snapshot.employeeId, snapshot]));
  for (const id of ids) {
    const decision = drafts.get(id)?.decision;
    if (decision?.action !== 'take_over') continue;
    const [taken] = await store.snapshotsByAccount([decision.accountId]);
    if (taken !== undefined) found.set(id, taken);
  }
  return found;
}

/** The invitation that is a request of its own, to the account that a change makes or to one that exists; or null. */
export function mailingOf(decision: Draft['decision'], { mails }: Pick<ChangeParts, 'mails'>): Mailing | null {
  if (decision.action === 'compare') return decision.invitation ?? null;
  const isOwn = mails === 'on_request' && decision.action === 'create' && decision.closed === null;
  return isOwn && decision.invitation.action === 'send' ? decision.invitation : null;
}
