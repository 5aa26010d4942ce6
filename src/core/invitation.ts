import { addDays, type Day } from './day.js';
import type { InvitationPolicy } from './policy.js';

/**
 * When an LMS mails somebody who can log in from then on.
 *
 * - `when_asked`: when hrsync asks for it as it makes the account, and at no other time
 * - `on_request`: when hrsync asks for it, any time after the account was made
 * - `at_creation`: whenever an account is made, asked or not
 * - `at_activation`: whenever an account is made open, or opened
 * - `at_reactivation`: when an account is opened again, never when it is made
 * - `never`
 */
export type Mails = 'when_asked' | 'on_request' | 'at_creation' | 'at_activation' | 'at_reactivation' | 'never';

/** What the ledger remembers of somebody's latest hire. */
export interface LedgerEntry {
  readonly hire: number;
  readonly state: 'scheduled' | 'sent' | 'cancelled' | 'withheld' | 'uncertain';
  readonly startDate: Day | null;
}

/** One new account's invitation. */
export interface InvitationFacts {
  readonly startDate: Day | null;
  /** Whether HR says that the person has started already or is still to come. */
  readonly onboarding: boolean;
  /** The day of the first import: of those whom it showed, who was hired before it is existing staff. */
  readonly firstImport: Day;
  /** Whether the first import showed the person: who came later is a newcomer. Null: nobody knows, the dates decide. */
  readonly shownAtFirst: boolean | null;
  readonly today: Day;
  /** The latest entry of the ledger, if there is one. */
  readonly ledger: LedgerEntry | null;
  /** Whether the person had an account before and left. */
  readonly rehired: boolean;
  /** A person asked for this invitation by hand: it is due now. */
  readonly byHand: boolean;
}

/**
 * What to do about somebody who has no account yet, in an LMS that mails only when an account is made:
 *
 * - `send`: make the account now, with the mail
 * - `withhold`: make the account now, without a mail; none will follow by itself
 * - `hold`: make no account yet; the mail is due on `until` (null: once HR gives a start date)
 */
export type InvitationDecision =
  | { readonly action: 'send'; readonly hire: number; readonly because: string }
  | {
      readonly action: 'withhold';
      readonly hire: number;
      readonly because: string;
      readonly existingStaff: boolean;
      /** Whether the ledger holds this hire's invitation already; that entry must stand. */
      readonly recorded: boolean;
    }
  | { readonly action: 'hold'; readonly hire: number; readonly until: Day | null; readonly because: string };

/**
 * Decides the invitation of a new account; at most one is ever sent for one hire. An LMS that mails no newcomer makes no
 * account wait, and one that mails every newcomer leaves no choice but the day.
 */
export function decideInvitation(
  facts: InvitationFacts,
  policy: InvitationPolicy,
  mails: Mails = 'when_asked',
): InvitationDecision {
  if (mails === 'never' || mails === 'at_reactivation') {
    const because = 'this LMS mails nothing to new accounts';
    return { action: 'withhold', hire: hireNumber(facts), because, existingStaff: false, recorded: true };
  }
  if (mails === 'when_asked' || mails === 'on_request') return decideAsked(facts, policy);
  const decision = decideAsked(facts, { ...policy, createEarly: false });
  if (decision.action !== 'withhold') return decision;
  return { action: 'send', hire: decision.hire, because: `${decision.because}, but this LMS mails every new account` };
}

/** Whether an LMS mails somebody whose account is opened again without having been asked to. */
export function mailsReturns(mails: Mails): boolean {
  return mails === 'at_activation' || mails === 'at_reactivation';
}

function decideAsked(facts: InvitationFacts, policy: InvitationPolicy): InvitationDecision {
  const hire = hireNumber(facts);
  const { startDate, today } = facts;
  const invited = facts.ledger?.hire === hire ? facts.ledger.state : null;
  if (invited === 'sent' || invited === 'uncertain') {
    const because =
      invited === 'sent' ? 'was invited for this hire already' : 'may have been invited for this hire already';
    return { action: 'withhold', hire, because, existingStaff: false, recorded: true };
  }
  if (facts.byHand) return { action: 'send', hire, because: 'invited by hand' };
  if (policy.send === 'never') {
    return {
      action: 'withhold',
      hire,
      because: 'the config says that nobody is invited',
      existingStaff: false,
      recorded: false,
    };
  }
  if (isExistingStaff(facts) && policy.existingStaff === 'skip') {
    const because = 'hired before the first import';
    return { action: 'withhold', hire, because, existingStaff: true, recorded: false };
  }
  if (policy.send === 'immediately') return { action: 'send', hire, because: 'new joiners are invited at once' };
  const due = startDate === null ? null : addDays(startDate, -policy.daysBefore);
  if (due === null ? facts.onboarding : due > today) {
    const because = due === null ? 'HR gives no start date yet' : `starts on ${startDate}`;
    return policy.createEarly
      ? {
          action: 'withhold',
          hire,
          because: `${because}; the account is made early, without a mail`,
          existingStaff: false,
          recorded: false,
        }
      : { action: 'hold', hire, until: due, because };
  }
  return { action: 'send', hire, because: due === null ? 'has started' : `starts on ${startDate}` };
}

// A newcomer may be entered in HR days after they started, so the start date alone does not make existing staff. Without
// one, who works here when the first import shows them has been here before it.
function isExistingStaff({ startDate, firstImport, shownAtFirst, today, onboarding }: InvitationFacts): boolean {
  if (shownAtFirst === false) return false;
  if (startDate !== null) return startDate < firstImport;
  return !onboarding && (shownAtFirst === true || today <= firstImport);
}

// A start date after the one that the ledger knows is a new hire only for somebody who had left in between; otherwise it
// is the same hire, delayed.
function hireNumber({ ledger, rehired, startDate }: InvitationFacts): number {
  if (ledger === null) return 1;
  const later = startDate !== null && ledger.startDate !== null && startDate > ledger.startDate;
  return rehired && later ? ledger.hire + 1 : ledger.hire;
}
