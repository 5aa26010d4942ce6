import type { Snapshot } from '../../core/account.js';
import { isEnding } from '../../core/change.js';
import type { ClaimVerdict } from '../../core/claims.js';
import { type Decision, decide, formerOwner, type Mailing } from '../../core/decide.js';
import { emailKey } from '../../core/email.js';
import { decideInvitation, type InvitationDecision, type LedgerEntry } from '../../core/invitation.js';
import { NO_ADDRESS } from '../../core/login-name.js';
import { wantedEmail } from '../../core/mapping.js';
import type { Match } from '../../core/match.js';
import type { DeactivationPolicy } from '../../core/policy.js';
import type { Candidate } from '../../core/standing.js';
import type { HrsyncError } from '../../errors.js';
import type { Invitation } from '../../store/store.js';
import type { RunContext } from '../context.js';
import type { CandidateNote, Pulled } from '../read/pulled.js';
import { isForRun, isInvitedNow, rulesOf } from '../run-kind.js';
import { answerOf } from './accounts/answer.js';
import { findExisting, linkedEmployees } from './accounts/existing.js';
import { keepWanted } from './accounts/expired.js';
import { HoldBack } from './accounts/hold-back.js';
import { goneAmong, settleAddresses } from './accounts/holders.js';
import { keyClash } from './accounts/key-clash.js';
import { restingPeople } from './accounts/resting.js';
import { soughtAmong } from './accounts/sought.js';

/** What is to be done about one candidate, and what the order of the plan needs to know of their account. */
export interface Draft {
  readonly decision: Decision;
  readonly candidate: Pick<Candidate, 'employee' | 'startDate'>;
  readonly note: CandidateNote;
  /** The address that the account holds now, as a key. */
  readonly holds: string | null;
  /** Whether the LMS says that the account has more rights than a learner, where it was asked. */
  readonly privileged: boolean;
}

/** What is to be done about everybody, by employee id, and what of the accounts that it concerns is to be told. */
export interface Drafts {
  readonly drafts: Map<string, Draft>;
  readonly unknownRights: number;
  /** Who is given an account for the employee id alone, though its names and its address are others. */
  readonly strangers: readonly string[];
  /** Whose account was to be deleted and is open in the LMS. */
  readonly reopened: readonly string[];
  /** How many people have an account already that only a night may link. */
  readonly waitForNight: number;
  /** Why the LMS could not be asked about some accounts, or null: then nothing but endings can be relied on. */
  readonly unanswered: HrsyncError | null;
  /** Who waits for the next try after a failure, with a sentence that says until when. */
  readonly resting: ReadonlyMap<string, string>;
}

/** Decides about every candidate of a read: first who gets which address, then who has an account already, then what to do. */
export async function decideAll(
  context: RunContext,
  pulled: Pulled,
  candidates: ReadonlyMap<string, CandidateNote>,
): Promise<Drafts> {
  const claims = await settleAddresses(context, pulled, candidates);
  const sought = await soughtAmong(context, claims, candidatesWithState(context));
  const { answer, unanswered } = await answerOf(() => findExisting(context, sought));
  const unclear = new Set(answer === null ? sought.map(({ employeeId }) => employeeId) : []);
  const matches = answer ?? new Map<string, Match>();
  const accounts = [...matches.values()].flatMap((match) => (match.outcome === 'found' ? [match.account.id] : []));
  const links = await linkedEmployees(context, accounts);
  const gone = await goneAmong(context, pulled, candidates, [...links.values()]);
  const holdBack = new HoldBack(context);
  const resting = await restingPeople(context);
  const endings = endingsOf(context);
  let waitForNight = 0;
  const drafts = new Map<string, Draft>();
  for await (const batch of candidatesWithState(context)) {
    for (const { candidate, snapshot, invitation, mailing, awaitsOpening, invitesAgain } of batch) {
      const id = candidate.employee.id;
      const found = matches.get(id) ?? NO_MATCH;
      const owner = found.outcome === 'found' ? links.get(found.account.id) : undefined;
      const match = owner !== undefined && freesAddress(owner, found, candidates, claims) ? NO_MATCH : found;
      const linked = match.outcome === 'found' ? owner : undefined;
      const clash = keyClash(context, pulled, candidate, snapshot);
      const decided =
        clash ??
        decide(
          {
            employee: candidate.employee,
            standing: candidate.standing,
            snapshot,
            claim: claims.get(id) ?? null,
            match,
            linkedTo: linked === undefined ? null : { employeeId: linked, gone: gone.has(linked) },
            invitation,
            opensLater: context.target.capabilities.opensLater === true,
            awaitsOpening,
            mailing,
            invitesAgain,
          },
          endings,
        );
      const waits = adoptsNothing(context, decided, snapshot);
      if (waits) waitForNight += 1;
      const isUnclear = unclear.has(id) && !isEnding(decided.action);
      const decision: Decision = waits || isUnclear ? { action: 'nothing' } : decided;
      const from = formerOwner(decision);
      const [former = null] = from === null ? [] : await context.store.snapshotsOf([from]);
      // Who rests after a failure is not written, so their account need not be asked about; an ending never rests.
      const isWritten = isEnding(decision.action) || !resting.has(id);
      if (isWritten && isForRun(context.options.kind, candidate.employee, decision))
        holdBack.add(candidate, decision, former ?? snapshot);
      drafts.set(id, {
        decision,
        privileged: false,
        candidate: { employee: candidate.employee, startDate: candidate.startDate },
        note: candidates.get(id) ?? { kind: candidate.standing.kind, emailKey: null, manager: null },
        holds: snapshot?.email ? emailKey(snapshot.email) : null,
      });
    }
  }
  for (const [id, held] of await holdBack.judge()) {
    const draft = drafts.get(id);
    if (draft !== undefined) drafts.set(id, { ...draft, ...held });
  }
  keepWanted(drafts);
  const { unknownRights, strangers, reopened } = holdBack;
  const whyUnanswered = unanswered ?? holdBack.unanswered;
  return { drafts, unknownRights, strangers, reopened, waitForNight, unanswered: whyUnanswered, resting };
}

function endingsOf({ policy: { deactivation }, target }: RunContext): DeactivationPolicy {
  const onlyDeletes = target.capabilities.endsBy === 'deletion' && deactivation.action === 'deactivate';
  return onlyDeletes ? { ...deactivation, action: 'delete' } : deactivation;
}

// A run between nights sees a part of HR, and the rest may decide whose account it is. A person who accepted our own
// invitation is an exception.
function adoptsNothing({ options }: RunContext, { action }: Decision, snapshot: Snapshot | null): boolean {
  return !rulesOf(options.kind).adopts && snapshot === null && (action === 'adopt' || action === 'take_over');
}

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
  readonly mailing: Mailing | null;
  readonly invitesAgain: boolean;
}

// Somebody whose account there is already is mailed where a person asks for it, or where the LMS mails on request and the
// invitation has waited for the account or for another try.
function mailingTo(
  { policy, target: { capabilities } }: RunContext,
  entry: Invitation | null,
  byHand: boolean,
): Mailing | null {
  const canMail = capabilities.inviteByHand || capabilities.mails === 'on_request';
  if (byHand && canMail) return { hire: entry?.hire ?? 1, because: 'invited by hand' };
  const isDue = entry?.state === 'scheduled' && (entry.due === null || entry.due <= policy.today);
  return isDue && capabilities.mails === 'on_request' ? { hire: entry.hire, because: entry.because } : null;
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
      const byHand = isInvitedNow(options.kind, candidate.employee);
      const invitesAgain = byHand && snapshot?.state === 'pending';
      const awaitsOpening = snapshot?.state === 'deactivated' && entry?.state === 'scheduled';
      const facts = {
        startDate: candidate.startDate,
        onboarding: candidate.onboarding,
        firstImport,
        // Whose account was made closed waits for the first day; of other accounts the ledger and the dates tell enough.
        shownAtFirst: snapshot === undefined ? (shown?.has(id) ?? null) : awaitsOpening ? false : null,
        today: candidate.today ?? policy.today,
        ledger: entry !== null && invitesAgain ? withdrawn(entry) : entry,
        rehired: snapshot !== undefined && snapshot.state !== 'pending' && !awaitsOpening,
        byHand,
      };
      return {
        candidate,
        snapshot: snapshot === undefined || snapshot.state === 'deleted' ? null : snapshot,
        invitation: withAddress(decideInvitation(facts, invitations, target.capabilities.mails), candidate),
        awaitsOpening,
        mailing: snapshot?.state === 'active' ? mailingTo(context, entry, byHand) : null,
        invitesAgain,
      };
    });
  }
}

// Who has no e-mail address gets the account on the day all the same, and no invitation.
function withAddress(decision: InvitationDecision, { standing }: Candidate): InvitationDecision {
  const isReached = standing.kind !== 'wanted' || wantedEmail(standing.fields) !== null;
  if (isReached || decision.action !== 'send') return decision;
  return { action: 'withhold', hire: decision.hire, because: NO_ADDRESS, existingStaff: false, recorded: false };
}

// Who asks by hand for another invitation has seen to the first one.
function withdrawn(entry: LedgerEntry): LedgerEntry {
  return { ...entry, state: 'cancelled' };
}

function latestOf(invitations: readonly Invitation[]): Map<string, Invitation> {
  const latest = new Map<string, Invitation>();
  for (const invitation of invitations) {
    const known = latest.get(invitation.employee.id);
    if (known === undefined || known.hire < invitation.hire) latest.set(invitation.employee.id, invitation);
  }
  return latest;
}
