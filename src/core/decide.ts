import type { Account, Snapshot } from './account.js';
import type { Skip } from './change.js';
import type { ClaimVerdict } from './claims.js';
import type { Day } from './day.js';
import { emailKey } from './email.js';
import type { EmployeeReference } from './employee.js';
import { ID_KEY, sayKey } from './employee-key.js';
import type { InvitationDecision } from './invitation.js';
import type { Match } from './match.js';
import type { DeactivationPolicy } from './policy.js';
import type { Standing } from './standing.js';

/** Everything that decides what to do about one candidate; fields and manager come later. */
export interface Situation {
  readonly employee: EmployeeReference;
  readonly standing: Exclude<Standing, { kind: 'skipped' | 'left_alone' }>;
  /** The linked account, if there is one; one that was deleted counts as none. */
  readonly snapshot: Snapshot | null;
  readonly claim: ClaimVerdict | null;
  /** What the LMS holds for somebody without a link; `linkedTo` names an employee who has that account already. */
  readonly match: Match;
  readonly linkedTo: { readonly employeeId: string; readonly gone: boolean } | null;
  /** What to do about the invitation, should an account have to be made. */
  readonly invitation: InvitationDecision;
  /** Whether this LMS makes accounts early and closed, and opens them on the day. */
  readonly opensLater: boolean;
  /** Whether the account was made closed, and its day has not been yet. */
  readonly awaitsOpening: boolean;
  /** The invitation that is to be mailed now to the account that there is. */
  readonly mailing: Mailing | null;
  /** Whether a person asked by hand to invite somebody anew who has not accepted yet. */
  readonly invitesAgain: boolean;
}

/** An invitation that waits for its day; null: until HR gives a start date. */
interface Hold {
  readonly until: Day | null;
  readonly because: string;
  readonly hire: number;
}

/** An invitation that the LMS is asked to mail to somebody who has an account. */
export interface Mailing {
  readonly hire: number;
  readonly because: string;
}

/**
 * What to do about one person. `compare`: an account that may or may not differ, and an invitation that is due. `wait`: invited and not accepted yet, and
 * whether HR has changed the address since. A `create` that is `closed` is opened on the day by a `reactivate` with the
 * `invitation`. An end may concern an `account` that turned up only now, for somebody who was pending.
 */
export type Decision =
  | {
      readonly action: 'create';
      readonly invitation: Exclude<InvitationDecision, { action: 'hold' }>;
      readonly closed: Hold | null;
    }
  | ({ readonly action: 'hold' } & Hold)
  | { readonly action: 'wait'; readonly moved: boolean }
  | {
      readonly action: 'adopt';
      readonly account: Account;
      readonly from: string | null;
      readonly because: string;
      /** Whether a name must agree as well: the employee id did not find the account, or somebody else had it. */
      readonly needsName: boolean;
    }
  | { readonly action: 'take_over'; readonly accountId: string; readonly from: string }
  | { readonly action: 'compare'; readonly invitation?: Mailing | null }
  | {
      readonly action: 'reactivate';
      readonly because: string;
      readonly invitation: Mailing | null;
    }
  | {
      readonly action: 'deactivate' | 'delete';
      readonly because: string;
      readonly account: Account | null;
      /** The account is closed already, and its time to be deleted has come. */
      readonly expired?: true;
    }
  | { readonly action: 'skip'; readonly skip: Skip }
  | { readonly action: 'nothing' };

/** Whether a decision deletes an account that is closed already: nobody can come in meanwhile. */
export function isExpiry(decision: Decision): boolean {
  return decision.action === 'delete' && decision.expired === true;
}

/** Whose account a decision gives to somebody else (employee id), or null. */
export function formerOwner(decision: Decision): string | null {
  return decision.action === 'take_over' || decision.action === 'adopt' ? decision.from : null;
}

/** The decision for one candidate, most binding rule first. */
export function decide(situation: Situation, policy: DeactivationPolicy): Decision {
  const { standing, snapshot } = situation;
  switch (standing.kind) {
    case 'ends':
      return standing.expired ? expire(situation, standing.because) : end(situation, standing.because, policy);
    case 'outside':
      if (isOpen(snapshot) && policy.outOfScope === 'deactivate') {
        return end(situation, `out of scope: ${standing.because}`, policy);
      }
      return skip(situation, 'out_of_scope', `${standing.because}, so the filter keeps this person out`);
    case 'wanted':
      return want(situation);
  }
}

function want(situation: Situation): Decision {
  const { claim, snapshot } = situation;
  if (claim?.verdict === 'duplicate') {
    const others = claim.others.map((id) => `#${id}`).join(', ');
    return skip(situation, 'duplicate_email', `shares the address with ${others}: give each their own in HR`);
  }
  switch (snapshot?.state) {
    case 'active':
      return { action: 'compare', invitation: situation.mailing };
    case 'pending':
      return wantPending(situation, snapshot);
    case 'deactivated':
      return wantOpen(situation);
    default:
      return wantLinked(situation);
  }
}

// An account that ended, or that was made closed: it is opened, unless its day is still to come.
function wantOpen({ invitation, opensLater, awaitsOpening }: Situation): Decision {
  if ((opensLater || awaitsOpening) && invitation.action === 'hold') return { ...invitation, action: 'hold' };
  if (!awaitsOpening || invitation.action !== 'send') {
    return { action: 'reactivate', because: 'employed again', invitation: null };
  }
  const { hire, because } = invitation;
  return { action: 'reactivate', because: `made closed before; ${because}`, invitation: { hire, because } };
}

// A person who accepted has an account now, at the address that was invited or under the employee's key.
function wantPending(situation: Situation, snapshot: Snapshot): Decision {
  const { match, invitation, standing } = situation;
  if (match.outcome === 'ambiguous') return skip(situation, 'ambiguous_match', match.message);
  if (match.outcome === 'found') return adopt(situation, match.account, 'the invitation was accepted', false);
  if (situation.invitesAgain && invitation.action === 'send') return { action: 'create', invitation, closed: null };
  const email = standing.kind === 'wanted' ? standing.fields['email'] : null;
  const moved = typeof email === 'string' && snapshot.email !== null && emailKey(email) !== emailKey(snapshot.email);
  return { action: 'wait', moved };
}

function wantLinked(situation: Situation): Decision {
  const { claim, match } = situation;
  const hasOther =
    match.outcome === 'ambiguous' ||
    (match.outcome === 'found' && claim?.verdict === 'takeover' && match.account.id !== claim.holder.accountId);
  if (claim?.verdict === 'takeover' && !hasOther) {
    return { action: 'take_over', accountId: claim.holder.accountId, from: claim.holder.employeeId };
  }
  return wantUnlinked(situation);
}

function wantUnlinked(situation: Situation): Decision {
  const { match, invitation } = situation;
  if (match.outcome === 'ambiguous') return skip(situation, 'ambiguous_match', match.message);
  if (match.outcome === 'found') {
    const borne = match.by === 'external_id' ? sayKey(match.key ?? ID_KEY) : FOUND_BY[match.by];
    const because = `an account with this ${borne} exists`;
    return adopt(situation, match.account, because, match.by !== 'external_id');
  }
  if (invitation.action !== 'hold') return { action: 'create', invitation, closed: null };
  if (!situation.opensLater || invitation.until === null) return { ...invitation, action: 'hold' };
  const { until, because, hire } = invitation;
  const withheld = { action: 'withhold', hire, because, existingStaff: false, recorded: true } as const;
  return { action: 'create', invitation: withheld, closed: { until, because, hire } };
}

const FOUND_BY = { email: 'e-mail', user_name: 'user name' } as const;

function adopt(situation: Situation, account: Account, because: string, needsName: boolean): Decision {
  const { linkedTo } = situation;
  if (linkedTo !== null && !linkedTo.gone) {
    const message = `account ${account.id} fits but belongs to #${linkedTo.employeeId}`;
    return skip(situation, 'ambiguous_match', message);
  }
  const from = linkedTo?.employeeId ?? null;
  return { action: 'adopt', account, from, because, needsName: needsName || from !== null };
}

function end(situation: Situation, because: string, policy: DeactivationPolicy): Decision {
  const { snapshot, match, linkedTo } = situation;
  if (!isOpen(snapshot) || policy.action === 'none') return { action: 'nothing' };
  if (snapshot?.state !== 'pending') return { action: policy.action, because, account: null };
  // Accepted since the last look: it is the account that must end, and no invitation is left.
  if (match.outcome === 'found' && linkedTo === null) {
    return { action: policy.action, because: `${because}; had accepted the invitation`, account: match.account };
  }
  return { action: policy.action, because: `${because}; the invitation is withdrawn`, account: null };
}

function expire({ snapshot }: Situation, because: string): Decision {
  if (snapshot?.state !== 'deactivated') return { action: 'nothing' };
  return { action: 'delete', because, account: null, expired: true };
}

// A person with a pending invitation can accept it at any time.
function isOpen(snapshot: Snapshot | null): boolean {
  return snapshot?.state === 'active' || snapshot?.state === 'pending';
}

function skip(situation: Situation, reason: Skip['reason'], message: string): Decision {
  return { action: 'skip', skip: { employee: situation.employee, reason, message } };
}
