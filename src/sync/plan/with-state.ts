import type { Snapshot } from '../../core/account.js';
import type { Mailing } from '../../core/decide.js';
import { decideInvitation, type InvitationDecision, type LedgerEntry } from '../../core/invitation.js';
import { NO_ADDRESS } from '../../core/login-name.js';
import { wantedEmail } from '../../core/mapping.js';
import type { Candidate } from '../../core/standing.js';
import type { Invitation } from '../../store/store.js';
import type { RunContext } from '../context.js';
import { isInvitedNow } from '../run-kind.js';

/** A candidate with what the state knows of them. */
export interface WithState {
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

/** The candidates of a read with what the state knows of them, in batches; of those with `among` alone, where it is given. */
export async function* candidatesWithState(
  context: RunContext,
  among?: ReadonlySet<string>,
): AsyncGenerator<readonly WithState[]> {
  const { store, spool, policy, firstImport, options, target } = context;
  // Where accounts are made early anyway, they are made closed.
  const invitations = target.capabilities.opensLater
    ? { ...policy.invitations, createEarly: false }
    : policy.invitations;
  for await (const all of spool.items()) {
    const batch = among === undefined ? all : all.filter(({ id }) => among.has(id));
    if (batch.length === 0) continue;
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
