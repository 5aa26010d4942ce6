import type { Day } from './day.js';
import type { FailurePolicy } from './failure-share.js';
import type { LocalDays } from './local-day.js';
import type { RolloutPolicy } from './rollout.js';
import type { SafetyPolicy } from './safety.js';
import type { ScopePolicy } from './scope.js';

/** When new joiners are invited. */
export interface InvitationPolicy {
  readonly send: 'immediately' | 'on_hire_date' | 'never';
  readonly daysBefore: number;
  readonly existingStaff: 'skip' | 'send';
  readonly maxPerRun: number;
  /** Make the account before the day, without a mail, where the LMS can only mail at creation. */
  readonly createEarly: boolean;
}

/** What ends an account. */
export interface DeactivationPolicy {
  readonly when: readonly ('inactive' | 'termination_date')[];
  /** How long somebody must be missing from complete reads before they count as gone; null: never. */
  readonly missing: { readonly afterRuns: number; readonly afterDays: number } | null;
  readonly outOfScope: 'keep' | 'deactivate';
  readonly action: 'deactivate' | 'delete' | 'none';
  /** So many days after hrsync deactivated an account it is deleted; null: never. */
  readonly deleteAfter: number | null;
  /** E-mail patterns (`*` for anything) of people who are never deactivated. */
  readonly protect: readonly string[];
}

/** What makes a read plausible. */
export interface ReadPolicy {
  /** Least share, in percent, or number of the last complete read's employees. */
  readonly minEmployees: { readonly count: number } | { readonly percent: number };
  /** How many of the people with an active account must be among those read. */
  readonly minKnown: { readonly count: number } | { readonly percent: number };
  /** Below this population shares are not judged. */
  readonly minPopulation: number;
  /** Employee ids that must be in every read. */
  readonly canaries: readonly string[];
}

/** How accounts that exist already are found, in this order. */
export type MatchKey = 'external_id' | 'email';

/** Whether an account is adopted by its e-mail address only when a name agrees, or whatever names it holds. */
export type MatchNames = 'agree' | 'any';

/** What becomes of mapped values that somebody changed in the LMS by hand. */
export interface DriftPolicy {
  readonly repair: 'never' | 'nightly';
  /** The LMS fields that are repaired. */
  readonly fields: 'all' | readonly string[];
}

/** Everything that the core needs to judge one run. */
export interface Policy {
  readonly today: Day;
  /** Which day it is for people who work elsewhere; null: today is the same for everybody. */
  readonly localDays: LocalDays | null;
  readonly scope: ScopePolicy;
  readonly match: readonly MatchKey[];
  readonly matchNames: MatchNames;
  /** E-mail patterns (`*` for anything) of accounts that are never touched. */
  readonly protect: readonly string[];
  readonly invitations: InvitationPolicy;
  readonly deactivation: DeactivationPolicy;
  readonly read: ReadPolicy;
  readonly safety: SafetyPolicy;
  readonly drift: DriftPolicy;
  readonly rollout: RolloutPolicy;
  readonly failures: FailurePolicy;
}
