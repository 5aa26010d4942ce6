import type { Snapshot } from '../../../core/account.js';
import { batchesOf } from '../../../core/batches.js';
import { type ClaimVerdict, type Holder, settleClaims } from '../../../core/claims.js';
import { emailKey } from '../../../core/email.js';
import type { SnapshotKey } from '../../../store/store.js';
import type { RunContext } from '../../context.js';
import type { CandidateNote, Pulled } from '../../read/pulled.js';

/** Settles who gets which address: those who want one against those whose account holds it now. */
export async function settleAddresses(
  context: RunContext,
  pulled: Pulled,
  candidates: ReadonlyMap<string, CandidateNote>,
): Promise<Map<string, ClaimVerdict>> {
  const claims = [];
  const holders: Holder[] = [];
  for (const batch of batchesOf(candidates)) {
    const linked = new Map((await context.store.keysOf(batch.map(([id]) => id))).map((key) => [key.employeeId, key]));
    const wanted = batch.filter(([, note]) => note.emailKey !== null);
    for (const [employeeId, { emailKey }] of wanted) {
      const key = linked.get(employeeId);
      if (emailKey !== null)
        claims.push({ employeeId, emailKey, linked: key !== undefined && key.state !== 'deleted' });
    }
    const keys = wanted.flatMap(([, note]) => (note.emailKey === null ? [] : [note.emailKey]));
    const owners = (await context.store.snapshotsByEmail(keys)).filter(({ state }) => state !== 'deleted');
    const owned = new Map(
      (await context.store.keysOf(owners.map(({ employeeId }) => employeeId))).map((key) => [key.employeeId, key]),
    );
    for (const owner of owners) {
      if (owner.email === null) continue;
      const intention = intentionOf(
        context,
        owner,
        owned.get(owner.employeeId),
        candidates.get(owner.employeeId),
        pulled,
      );
      holders.push({ ...owner, emailKey: emailKey(owner.email), intention });
    }
  }
  return settleClaims(claims, holders);
}

function intentionOf(
  { policy }: RunContext,
  owner: Pick<Snapshot, 'email' | 'state'>,
  key: SnapshotKey | undefined,
  note: CandidateNote | undefined,
  pulled: Pulled,
): Holder['intention'] {
  // An invitation occupies its address until it is withdrawn or accepted.
  if (owner.state === 'pending') return 'stays';
  const isRead = key !== undefined && pulled.seen.hasRow(key.row);
  // HR was not asked about this person, so assume they keep the account.
  if (note === undefined && pulled.people !== null && !isRead) return 'stays';
  if (note?.kind === 'wanted')
    return owner.email !== null && note.emailKey === emailKey(owner.email) ? 'stays' : 'moves';
  const ends = note?.kind === 'ends' || (note?.kind === 'outside' && policy.deactivation.outOfScope === 'deactivate');
  if (ends || owner.state === 'deactivated') return 'gone';
  return isRead ? 'stays' : 'gone';
}

/** Which of these linked people have left, or are in HR no more. */
export async function goneAmong(
  context: RunContext,
  pulled: Pulled,
  candidates: ReadonlyMap<string, CandidateNote>,
  employeeIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const result = new Set<string>();
  for (const batch of batchesOf(employeeIds)) {
    for (const key of await context.store.keysOf(batch)) {
      const owner = { email: null, state: key.state };
      const intention = intentionOf(context, owner, key, candidates.get(key.employeeId), pulled);
      if (intention === 'gone') result.add(key.employeeId);
    }
  }
  return result;
}
