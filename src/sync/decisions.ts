import type { Snapshot } from '../core/account.js';
import { batchesOf } from '../core/batches.js';
import { type ClaimVerdict, type Holder, settleClaims } from '../core/claims.js';
import { type Decision, decide } from '../core/decide.js';
import { emailKey } from '../core/email.js';
import { isAmong } from '../core/employee.js';
import { decideInvitation, type InvitationDecision, type LedgerEntry } from '../core/invitation.js';
import type { Match, Sought } from '../core/match.js';
import type { MatchKey } from '../core/policy.js';
import { protector } from '../core/protect.js';
import type { Candidate } from '../core/standing.js';
import type { Invitation, SnapshotKey } from '../store/store.js';
import { isChosen } from './chosen.js';
import type { RunContext } from './context.js';
import { findExisting, linkedEmployees } from './existing.js';
import type { CandidateNote, Pulled } from './gather.js';

/** What is to be done about one candidate, and what the order of the plan needs to know of their account. */
export interface Draft {
  readonly decision: Decision;
  readonly candidate: Pick<Candidate, 'employee' | 'startDate'>;
  readonly note: CandidateNote;
  /** The address that the account holds now, as a key. */
  readonly holds: string | null;
}

/** Decides about every candidate of a read: first who gets which address, then who has an account already, then what to do. */
export async function decideAll(
  context: RunContext,
  pulled: Pulled,
  candidates: ReadonlyMap<string, CandidateNote>,
): Promise<Map<string, Draft>> {
  const claims = await settle(context, pulled, candidates);
  const matches = await matchUnlinked(context, claims);
  const accounts = [...matches.values()].flatMap((match) => (match.outcome === 'found' ? [match.account.id] : []));
  const links = await linkedEmployees(context, accounts);
  const goneAmong = await gone(context, pulled, candidates, [...links.values()]);
  const isProtected = protector(context.policy.deactivation.protect);
  const drafts = new Map<string, Draft>();
  for await (const batch of candidatesWithState(context)) {
    for (const { candidate, snapshot, invitation, awaitsOpening, invitesAgain } of batch) {
      const id = candidate.employee.id;
      const found = matches.get(id) ?? NO_MATCH;
      const owner = found.outcome === 'found' ? links.get(found.account.id) : undefined;
      const match = owner !== undefined && freesAddress(owner, found, candidates, claims) ? NO_MATCH : found;
      const linked = match.outcome === 'found' ? owner : undefined;
      const decision = decide(
        {
          employee: candidate.employee,
          standing: candidate.standing,
          snapshot,
          claim: claims.get(id) ?? null,
          match,
          linkedTo: linked === undefined ? null : { employeeId: linked, gone: goneAmong.has(linked) },
          invitation,
          isProtected: isProtected([candidate.employee.email, snapshot?.email ?? null]),
          opensLater: context.target.capabilities.opensLater === true,
          awaitsOpening,
          invitesAgain,
        },
        context.policy.deactivation,
      );
      drafts.set(id, {
        decision,
        candidate: { employee: candidate.employee, startDate: candidate.startDate },
        note: candidates.get(id) ?? { kind: candidate.standing.kind, emailKey: null, manager: null },
        holds: snapshot?.email ? emailKey(snapshot.email) : null,
      });
    }
  }
  return drafts;
}

/** Whoever accepts an invitation does so at its address, whatever the config says of other accounts. */
const ACCEPTED: readonly MatchKey[] = ['external_id', 'email'];

const NO_MATCH: Match = { outcome: 'none' };

// Whose account was found by an address that they give up in this plan: the address is free when its turn comes.
function freesAddress(
  owner: string,
  match: Match,
  candidates: ReadonlyMap<string, CandidateNote>,
  claims: ReadonlyMap<string, ClaimVerdict>,
): boolean {
  const note = candidates.get(owner);
  if (match.outcome !== 'found' || match.by !== 'email' || note?.kind !== 'wanted' || claims.has(owner)) return false;
  return match.account.email !== null && note.emailKey !== emailKey(match.account.email);
}

interface WithState {
  readonly candidate: Candidate;
  /** Null where there is no account, or no longer one. */
  readonly snapshot: Snapshot | null;
  readonly invitation: InvitationDecision;
  readonly awaitsOpening: boolean;
  readonly invitesAgain: boolean;
}

async function* candidatesWithState(context: RunContext): AsyncGenerator<readonly WithState[]> {
  const { store, spool, policy, firstImport, options, target } = context;
  // Where accounts are made early anyway, they are made closed.
  const invitations = target.capabilities.opensLater
    ? { ...policy.invitations, createEarly: false }
    : policy.invitations;
  for await (const batch of spool.items()) {
    const ids = batch.map(({ id }) => id);
    const snapshots = new Map((await store.snapshotsOf(ids)).map((snapshot) => [snapshot.employeeId, snapshot]));
    const ledger = latestOf(await store.invitations(ids));
    const shown = await store.shownAtFirst(ids.filter((id) => !snapshots.has(id)));
    yield batch.map(({ id, item: candidate }) => {
      const snapshot = snapshots.get(id);
      const entry = ledger.get(id) ?? null;
      const byHand = options.inviteNow && isAmong(candidate.employee, options.only);
      const invitesAgain = byHand && snapshot?.state === 'pending';
      const awaitsOpening = snapshot?.state === 'deactivated' && entry?.state === 'scheduled';
      const facts = {
        startDate: candidate.startDate,
        onboarding: candidate.onboarding,
        firstImport,
        // Whose account was made closed waits for the first day; of other accounts the ledger and the dates tell enough.
        shownAtFirst: snapshot === undefined ? (shown?.has(id) ?? null) : awaitsOpening ? false : null,
        today: policy.today,
        ledger: entry !== null && invitesAgain ? withdrawn(entry) : entry,
        rehired: snapshot !== undefined && snapshot.state !== 'pending' && !awaitsOpening,
        byHand,
      };
      return {
        candidate,
        snapshot: snapshot === undefined || snapshot.state === 'deleted' ? null : snapshot,
        invitation: decideInvitation(facts, invitations),
        awaitsOpening,
        invitesAgain,
      };
    });
  }
}

// Who asks by hand for another invitation has seen to the first one.
function withdrawn(entry: LedgerEntry): LedgerEntry {
  return { ...entry, state: 'cancelled' };
}

async function settle(
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
  // An invitation stands at its address until it is withdrawn or accepted, whoever it was for.
  if (owner.state === 'pending') return 'stays';
  const isRead = key !== undefined && pulled.seen.hasRow(key.row);
  // Of whom HR was not asked, nothing is known but that they have this account.
  if (note === undefined && pulled.people !== null && !isRead) return 'stays';
  if (note?.kind === 'wanted')
    return owner.email !== null && note.emailKey === emailKey(owner.email) ? 'stays' : 'moves';
  const ends = note?.kind === 'ends' || (note?.kind === 'outside' && policy.deactivation.outOfScope === 'deactivate');
  if (ends || owner.state === 'deactivated') return 'gone';
  return isRead ? 'stays' : 'gone';
}

async function matchUnlinked(
  context: RunContext,
  claims: ReadonlyMap<string, ClaimVerdict>,
): Promise<ReadonlyMap<string, Match>> {
  const sought: Sought[] = [];
  for await (const batch of candidatesWithState(context)) {
    for (const { candidate, snapshot, invitation } of batch) {
      const { employee, standing } = candidate;
      if (!isChosen(context.options, candidate.employee)) continue;
      if (snapshot?.state === 'pending') {
        sought.push({ employeeId: employee.id, email: snapshot.email, by: ACCEPTED });
        continue;
      }
      const verdict = claims.get(employee.id)?.verdict;
      if (standing.kind !== 'wanted' || snapshot !== null || verdict === 'duplicate') continue;
      // Who takes an account over may have one of their own, of which an old state knows nothing.
      if (invitation.action === 'hold' && verdict !== 'takeover') continue;
      const email = standing.fields['email'];
      sought.push({ employeeId: employee.id, email: typeof email === 'string' ? email : null });
    }
  }
  return findExisting(context, sought);
}

async function gone(
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

function latestOf(invitations: readonly Invitation[]): Map<string, Invitation> {
  const latest = new Map<string, Invitation>();
  for (const invitation of invitations) {
    const known = latest.get(invitation.employee.id);
    if (known === undefined || known.hire < invitation.hire) latest.set(invitation.employee.id, invitation);
  }
  return latest;
}
