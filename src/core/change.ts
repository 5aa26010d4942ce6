import type { EmployeeReference } from './employee.js';
import type { RolloutSwitch } from './rollout.js';
import type { Fields, Value } from './value.js';

/** Everything that hrsync can do to an account, in no order. */
export const CHANGE_KINDS = ['create', 'update', 'deactivate', 'reactivate', 'delete', 'adopt', 'invite'] as const;
export type ChangeKind = (typeof CHANGE_KINDS)[number];

/**
 * What a person does to links by hand; written into the journal like a change, and sent to nobody. `rekey`: the employee of a
 * link bears another id from then on.
 */
export const LINK_KINDS = ['link', 'unlink', 'rekey'] as const;
export type LinkKind = (typeof LINK_KINDS)[number];

/** Whether a line of the journal tells of a link, instead of a change. */
export function isLinkKind(kind: ChangeKind | LinkKind): kind is LinkKind {
  return LINK_KINDS.some((one) => one === kind);
}

/** Whether a change of this kind, or a decision for one, ends an account. */
export function isEnding(kind: string): boolean {
  return kind === 'deactivate' || kind === 'delete';
}

/** What became of a change. `deferred`: left for a later run. `uncertain`: the LMS may or may not have done it. */
export type Outcome = 'planned' | 'done' | 'failed' | 'deferred' | 'uncertain';

/** One field that a change moves. */
export interface FieldChange {
  readonly before: Value;
  readonly after: Value;
}

/** One thing to do, as a plain value that can be printed, saved and applied. */
export interface Change {
  readonly kind: ChangeKind;
  readonly employee: EmployeeReference;
  /** The account it is done to; null for a create. */
  readonly account: string | null;
  /** Whether carrying it out makes the LMS mail an invitation. */
  readonly invites: boolean;
  /** Whether the LMS says that the account has more rights than a learner, where it was asked. */
  readonly privileged: boolean;
  /** Only what differs; a create lists everything with `before: null`, an adopt what it corrects. */
  readonly fields: Readonly<Record<string, FieldChange>>;
  /** The switch of the config's `rollout` that keeps it from being sent; absent: none. */
  readonly heldBack?: RolloutSwitch;
  /** Why, as part of a sentence: "job_title changed". */
  readonly because: string;
  /** Changes of a lower stage are finished before one of a higher stage begins; negative for endings that go first. */
  readonly stage: number;
}

/** A change together with what is needed to carry it out and to remember it. */
export interface PlannedChange extends Change {
  /**
   * The account as it should be: field → value, `external_id` included, `manager` as the manager's employee id. A field
   * without an entry is left alone, null clears. Null where the change needs no fields (deactivate, delete).
   */
  readonly wanted: Fields | null;
  /** Fingerprint to remember once the LMS has acknowledged the change, or null when there is more to do. */
  readonly hash: string | null;
  /** A manager whom HR names but who has no account yet; remembered so that they are linked once they have. */
  readonly awaitingManager: string | null;
  /** First day of the employment that this change belongs to. */
  readonly startDate: string | null;
  /** Which hire of this employee it is, and what its invitation comes to; null where no invitation is concerned. */
  readonly invitation: { readonly hire: number; readonly because: string } | null;
  /** Whether the account is made closed, to be opened on the day of the invitation. Absent: no. */
  readonly closed?: boolean;
  /** The employee whose changes in the same plan must have worked before this one makes sense. Absent: nobody. */
  readonly needs?: string;
  /** The employee whose account is taken over by this change (a rehire under a new id). */
  readonly takesOverFrom: string | null;
}

/** Something that the calendar will make due. */
export interface Scheduled {
  readonly kind: 'invite' | 'deactivate';
  readonly employee: EmployeeReference;
  readonly on: string;
}

/** Why an employee cannot be synced; each is something that HR or the operator can act on. */
export const SKIP_REASONS = [
  'no_email',
  'invalid_email',
  'duplicate_email',
  'ambiguous_match',
  'missing_required',
  'invalid_value',
  'out_of_scope',
  'protected',
  'changed_since',
  'not_revertible',
  'privileged_account',
  'name_differs',
  'contradiction',
  'unlisted_value',
  'ambiguous_source',
] as const;
export type SkipReason = (typeof SKIP_REASONS)[number];

/** An employee that is left alone, with a reason and a sentence that says what to do. */
export interface Skip {
  readonly employee: EmployeeReference;
  readonly reason: SkipReason;
  readonly message: string;
  /** The line of the config that decided it (`['mapping', 'email']`), where it was one. */
  readonly line?: readonly string[];
}
