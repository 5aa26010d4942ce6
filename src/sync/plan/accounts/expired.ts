import { batchesOf } from '../../../core/batches.js';
import { count } from '../../../core/count.js';
import { type Decision, formerOwner, isExpiry } from '../../../core/decide.js';
import { countsFrom, LONGEST_GAP, latestEnding } from '../../../core/expiry.js';
import type { Candidate } from '../../../core/standing.js';
import type { ClosedAccount } from '../../../store/journal.js';
import type { RunContext } from '../../context.js';
import type { Pulled } from '../../read/pulled.js';
import { rulesOf } from '../../run-kind.js';

/** Accounts whose time to be deleted has come, and what is to be told of others. */
export interface Expired {
  readonly people: readonly Candidate[];
  readonly notices: readonly string[];
}

const NOBODY: Expired = { people: [], notices: [] };

/**
 * Finds the accounts that hrsync deactivated at least `deactivation.delete_after` ago. Only the journal proves when: an
 * account that was closed by hand, or whose history was pruned, is never among them. HR must have shown in this very run,
 * by a complete read, that nobody of them is employed again.
 */
export async function findExpired(context: RunContext, pulled: Pulled): Promise<Expired> {
  const { store, policy, now } = context;
  const days = policy.deactivation.deleteAfter;
  if (days === null || !readsEverybody(context, pulled)) return NOBODY;
  const latest = latestEnding(now(), policy.today, days);
  const due: ClosedAccount[] = [];
  for await (const batch of store.closedAccounts(latest))
    due.push(...batch.filter(({ employeeId }) => !pulled.stillHere.has(employeeId)));
  if (due.length === 0) return NOBODY;
  const watchedSince = await store.watchedSince(now().toISOString(), LONGEST_GAP);
  const proven = due.filter(({ endedAt }) => countsFrom({ endedAt, watchedSince }) <= latest);
  const waiting = due.length - proven.length;
  const people: Candidate[] = [];
  for (const batch of batchesOf(proven)) people.push(...(await candidatesFor(context, batch, days)));
  return { people, notices: waiting > 0 ? [sayWaiting(waiting, watchedSince)] : [] };
}

function readsEverybody({ options }: RunContext, { proof, people }: Pulled): boolean {
  return rulesOf(options.kind).nightly && proof.complete && people === null;
}

/** Takes out the deletion of an account that somebody is given in the same plan, even where that waits for another try. */
export function keepWanted(drafts: Map<string, { readonly decision: Decision }>): void {
  for (const { decision } of [...drafts.values()]) {
    const from = formerOwner(decision);
    const former = from === null ? undefined : drafts.get(from);
    if (from !== null && former !== undefined && isExpiry(former.decision)) drafts.delete(from);
  }
}

async function candidatesFor(
  { store }: RunContext,
  closed: readonly ClosedAccount[],
  days: number,
): Promise<readonly Candidate[]> {
  const ended = new Map(closed.map(({ employeeId, endedAt }) => [employeeId, endedAt.slice(0, 10)]));
  const snapshots = await store.snapshotsOf([...ended.keys()]);
  return snapshots.map(({ employeeId: id, email, name, startDate }) => {
    const because = `deactivated on ${ended.get(id) ?? ''}, at least ${count(days, 'day')} ago (deactivation.delete_after)`;
    const standing = { kind: 'ends', because, expired: true } as const;
    return { employee: { id, email, name }, standing, startDate, onboarding: false, hash: null };
  });
}

function sayWaiting(waiting: number, watchedSince: string): string {
  const accounts = count(waiting, 'account');
  const why = `no run was recorded for more than ${LONGEST_GAP} days before ${watchedSince.slice(0, 10)}, as after a restored backup`;
  return `${accounts} would be due for deletion by the journal, but ${why}: the days count from then`;
}
