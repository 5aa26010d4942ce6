import type { Account, Snapshot } from './account.js';
import type { Skip } from './change.js';
import type { ClaimVerdict } from './claims.js';
import type { Day } from './day.js';
import type { EmployeeReference } from './employee.js';
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
  /** Whether a pattern of the config protects the person from deactivation. */
  readonly isProtected: boolean;
}

/** What to do about one person. `compare`: an account that may or may not differ. */
export type Decision =
  | { readonly action: 'create'; readonly invitation: Exclude<InvitationDecision, { action: 'hold' }> }
  | { readonly action: 'hold'; readonly until: Day | null; readonly because: string; readonly hire: number }
  | { readonly action: 'adopt'; readonly account: Account; readonly from: string | null; readonly because: string }
  | { readonly action: 'take_over'; readonly accountId: string; readonly from: string }
  | { readonly action: 'compare' }
  | { readonly action: 'reactivate'; readonly because: string }
  | { readonly action: 'deactivate' | 'delete'; readonly because: string }
  | { readonly action: 'skip'; readonly skip: Skip }
  | { readonly action: 'nothing' };

/** The decision for one candidate, most binding rule first. */
export function decide(situation: Situation, policy: DeactivationPolicy): Decision {
  const { standing, snapshot } = situation;
  switch (standing.kind) {
    case 'ends':
      return end(situation, standing.because, policy);
    case 'outside':
      if (snapshot?.state === 'active' && policy.outOfScope === 'deactivate') {
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
  if (snapshot?.state === 'active') return { action: 'compare' };
  if (snapshot?.state === 'deactivated') return { action: 'reactivate', because: 'employed again' };
  const { match } = situation;
  const hasOther =
    match.outcome === 'ambiguous' ||
    (match.outcome === 'found' && claim?.verdict === 'takeover' && match.account.id !== claim.holder.accountId);
  if (claim?.verdict === 'takeover' && !hasOther) {
    return { action: 'take_over', accountId: claim.holder.accountId, from: claim.holder.employeeId };
  }
  return wantUnlinked(situation);
}

function wantUnlinked(situation: Situation): Decision {
  const { match, linkedTo, invitation } = situation;
  if (match.outcome === 'ambiguous') return skip(situation, 'ambiguous_match', match.message);
  if (match.outcome === 'found') {
    if (linkedTo !== null && !linkedTo.gone) {
      const message = `account ${match.account.id} fits but belongs to #${linkedTo.employeeId}`;
      return skip(situation, 'ambiguous_match', message);
    }
    const because =
      match.by === 'email' ? 'an account with this e-mail exists' : 'an account with this employee id exists';
    return { action: 'adopt', account: match.account, from: linkedTo?.employeeId ?? null, because };
  }
  if (invitation.action === 'hold') {
    return { action: 'hold', until: invitation.until, because: invitation.because, hire: invitation.hire };
  }
  return { action: 'create', invitation };
}

function end(situation: Situation, because: string, policy: DeactivationPolicy): Decision {
  if (situation.snapshot?.state !== 'active' || policy.action === 'none') return { action: 'nothing' };
  if (situation.isProtected) {
    return skip(situation, 'protected', `${because}, but a pattern under deactivation.protect keeps the account`);
  }
  return { action: policy.action, because };
}

function skip(situation: Situation, reason: Skip['reason'], message: string): Decision {
  return { action: 'skip', skip: { employee: situation.employee, reason, message } };
}
