import { type Change, type ChangeKind, isEnding } from './change.js';
import { allowedBy, type Limit } from './limit.js';
import { movesLogin } from './login-move.js';
import { isEmpty } from './value.js';

/**
 * What a limit can be set on besides kinds of changes. `clear`: the emptying of any one field. `email`: another e-mail
 * address, user name or external id for an account. `privileged`: the same for an account with more rights than a learner.
 * `left_out`: linked people whom this run skips, cannot read, or finds out of scope, and whom earlier runs served.
 */
export const FURTHER_LIMITS = ['clear', 'email', 'privileged', 'left_out'] as const;

/** What a limit can be set on. */
export type LimitedKind = ChangeKind | (typeof FURTHER_LIMITS)[number];

/** What of a change the limits look at. */
type Judged = Pick<Change, 'kind' | 'employee' | 'invites' | 'fields' | 'privileged'>;

/** Before there are accounts, this share of everybody in scope may be left out. */
const LEFT_OUT_AT_FIRST = { percent: 50 };

/** The limits of a connector. */
export interface SafetyPolicy {
  /** A kind without an entry has no limit. */
  readonly limits: Readonly<Partial<Record<ChangeKind, Limit>>>;
  /** How many accounts may lose their value in one field: a share of those that hold one. */
  readonly clears: Limit;
  /** How many accounts may get another e-mail address: a share of the accounts that hrsync manages. */
  readonly emailChanges: Limit;
  /** How many existing accounts may be linked: a share of the accounts that hrsync manages. */
  readonly adoptions: Limit;
  /** How many linked people may be newly skipped, unreadable or out of scope: a share of the linked people. */
  readonly leftOut: Limit;
  /** The HR field whose units (one subsidiary, say) are each held to the limit on deactivations as well, or null. */
  readonly per: string | null;
  /** Below this population shares are not judged. */
  readonly minPopulation: number;
  /** What becomes of the kinds that are within their limits when another is not: `stop` sends nothing at all. */
  readonly onRefusal: 'stop' | 'skip_kind';
}

/** What a plan would empty of one LMS field. */
export interface Clears {
  readonly field: string;
  /** How many accounts would lose their value. */
  readonly cleared: number;
  /** How many active accounts hold a value now, those that lose it included. */
  readonly held: number;
}

/** One limit held against a plan. */
export interface JudgedLimit {
  readonly kind: LimitedKind;
  /** The LMS field, where the limit is on emptying one. */
  readonly field?: string;
  /** The unit (`safety.per`) whose accounts are counted, where the limit is on one unit. */
  readonly unit?: string;
  readonly planned: number;
  readonly allowed: number;
  /** How many accounts a share was taken of. */
  readonly of: number;
  /** The likely cause, as a sentence that names a config line or a value in HR. */
  readonly cause?: string;
  /** Whom the limit concerns, where that cannot be told by the change alone: employee ids. */
  readonly among?: ReadonlySet<string>;
}

/** Whether a plan may be carried out, with every limit that was looked at. */
export interface Verdict {
  readonly verdict: 'go' | 'refused';
  /** Whether the kinds that are not refused are carried out all the same. */
  readonly restGoesOn: boolean;
  /** Whether endings are carried out all the same: a leaver's account does not wait for limits on other kinds. */
  readonly endingsGoOn: boolean;
  readonly limits: readonly JudgedLimit[];
}

/** Whether this number of clears of one field can exceed the limit at all. */
export function mayExceed(cleared: number, { clears, minPopulation }: SafetyPolicy): boolean {
  // A person who loses a value holds one, so a field is judged by at least as many accounts as it is cleared in.
  const allowed = allowedBy(clears, Math.max(cleared, minPopulation), minPopulation);
  return allowed !== null && cleared > allowed;
}

/** What a plan comes to, for the limits. */
export interface Planned {
  readonly counts: Readonly<Partial<Record<ChangeKind, number>>>;
  readonly clears: readonly Clears[];
  /** How many active accounts hrsync manages. */
  readonly population: number;
  /** How many accounts get another address, and how many of those have more rights than a learner. */
  readonly moves: { readonly email: number; readonly privileged: number };
  /** Linked people who are newly left out; before there are accounts, everybody who is, of those in scope. */
  readonly leftOut: { readonly people: ReadonlySet<string>; readonly of: number; readonly cause: string | null };
  /** Whose closed account would be deleted, of the deletions (employee ids). */
  readonly expired: ReadonlySet<string>;
  /** The endings of each unit (`safety.per`), with how many active accounts it holds. */
  readonly units: readonly UnitEndings[];
}

/** What a plan ends of one unit, of how many active accounts, and how many earlier runs ended that share its limit. */
export interface UnitEndings {
  readonly unit: string;
  readonly ending: ReadonlySet<string>;
  readonly of: number;
  readonly spent: number;
}

/**
 * Holds a plan against the limits. `allow` raises a limit for this run only (`--allow deactivate=31`); it never lowers
 * one. `spent` are changes of earlier runs that count against the same limits. The verdict is `refused` when any kind has
 * more changes planned than allowed.
 */
export function judge(
  planned: Planned,
  policy: SafetyPolicy,
  allow: Readonly<Partial<Record<LimitedKind, number>>>,
  spent: Readonly<Partial<Record<LimitedKind, number>>> = {},
): Verdict {
  const { counts, clears, population, moves, leftOut, units } = planned;
  const deletions = deletionsIn(planned, policy);
  const limits: JudgedLimit[] = [];
  const hold = (allowed: number | null, judged: Omit<JudgedLimit, 'allowed'>, used = spent[judged.kind] ?? 0) => {
    if (allowed === null) return;
    const left = allowed - used;
    const limit = { ...judged, allowed: Math.max(0, left, allow[judged.kind] ?? 0) };
    const { cause: _, ...kept } = limit;
    limits.push(isExceeded(limit) ? limit : kept);
  };
  const share = (limit: Limit, of: number) => allowedBy(limit, of, policy.minPopulation);
  for (const [kind, limit] of Object.entries(policy.limits) as [ChangeKind, Limit][]) {
    if (kind === 'delete' && deletions !== null) hold(deletions.allowed, deletions.judged(allow.delete ?? 0));
    else hold(share(limit, population), { kind, planned: counts[kind] ?? 0, of: population });
  }
  hold(share(policy.adoptions, population), { kind: 'adopt', planned: counts.adopt ?? 0, of: population });
  hold(share(policy.emailChanges, population), { kind: 'email', planned: moves.email, of: population });
  if (moves.privileged > 0) hold(0, { kind: 'privileged', planned: moves.privileged, of: moves.privileged });
  for (const { field, cleared, held } of clears)
    hold(share(policy.clears, held), { kind: 'clear', field, planned: cleared, of: held });
  hold(allowedLeftOut(planned, policy), {
    ...{ kind: 'left_out', planned: leftOut.people.size, of: leftOut.of, among: leftOut.people },
    ...(leftOut.cause !== null && { cause: leftOut.cause }),
  });
  for (const one of units) {
    const { unit, ending, of } = one;
    const judged = { kind: 'deactivate', unit, planned: ending.size, of, among: ending } as const;
    hold(allowedInUnit(one, policy), judged, one.spent);
  }
  const exceeded = limits.filter(isExceeded);
  // One administrator's new address, or accounts that are closed anyway, must not hold everybody up: those changes alone wait
  // for a person.
  const restGoesOn = policy.onRefusal === 'skip_kind' || (exceeded.length > 0 && exceeded.every(waitsAlone));
  const endingsGoOn = exceeded.every((limit) => !isEnding(limit.kind) || waitsAlone(limit));
  return { verdict: exceeded.length > 0 ? 'refused' : 'go', restGoesOn, endingsGoOn, limits };
}

function waitsAlone({ kind, unit, among }: JudgedLimit): boolean {
  return kind === 'privileged' || (kind === 'delete' && unit === undefined && among !== undefined);
}

/**
 * The limit on deletions, where some of them are of accounts that are closed already (`deactivation.delete_after`). As long
 * as the endings of leavers are within it, only those are refused. They are gone for good and nothing presses, so the
 * share is judged in a small company as well.
 */
function deletionsIn({ counts, population, expired }: Planned, { limits, minPopulation }: SafetyPolicy) {
  const limit = limits.delete;
  if (limit === undefined || expired.size === 0) return null;
  const all = counts.delete ?? 0;
  const fresh = all - expired.size;
  const usual = allowedBy(limit, population, minPopulation);
  const allowed = usual ?? Math.max(LEAST, fresh);
  return {
    allowed,
    judged: (raised: number): Omit<JudgedLimit, 'allowed'> => ({
      ...{ kind: 'delete', planned: all, of: population },
      ...(fresh <= Math.max(allowed, raised) && { among: expired, cause: EXPIRED_CAUSE }),
    }),
  };
}

const EXPIRED_CAUSE = 'the time of deactivation.delete_after is up for so many closed accounts at once';

/** So many people make a group of which nobody may vanish whole by mistake, however small it is. */
const LEAST = 3;

// Doing nothing for everybody counts as a failure in a small company, too.
function allowedLeftOut({ population, leftOut: { people, of } }: Planned, policy: SafetyPolicy): number | null {
  const limit = population === 0 ? LEFT_OUT_AT_FIRST : policy.leftOut;
  const allowed = allowedBy(limit, of, policy.minPopulation);
  return allowed === null && of >= LEAST && people.size >= of ? of - 1 : allowed;
}

// Shares say nothing of a small unit, where every leaver is a tenth; that all of it goes at once says something.
// What runs between nights ended before is a part of the unit still, or it would vanish person by person.
function allowedInUnit({ ending, of, spent }: UnitEndings, policy: SafetyPolicy): number | null {
  const limit = policy.limits.deactivate;
  const whole = of + spent;
  const allowed = limit === undefined || 'count' in limit ? null : allowedBy(limit, whole, policy.minPopulation);
  return allowed === null && whole >= LEAST && ending.size + spent >= whole ? whole - 1 : allowed;
}

/** Whether a plan has more changes of a kind than the limit allows. */
export function isExceeded({ planned, allowed }: JudgedLimit): boolean {
  return planned > allowed;
}

/**
 * Whether a verdict refuses a change: because of its kind, of what it does, or of the mail that it causes; or because
 * nothing but endings goes on.
 */
export function isRefused({ verdict, restGoesOn, endingsGoOn, limits }: Verdict, change: Judged): boolean {
  if (verdict === 'go') return false;
  if (limits.some((limit) => isExceeded(limit) && concerns(limit, change))) return true;
  return !restGoesOn && !(endingsGoOn && isEnding(change.kind));
}

/** Whether a limit counts a change. */
export function concerns(limit: Pick<JudgedLimit, 'kind' | 'field' | 'among' | 'unit'>, change: Judged): boolean {
  switch (limit.kind) {
    case 'clear': {
      const emptied = limit.field === undefined ? undefined : change.fields[limit.field];
      return emptied !== undefined && isEmpty(emptied.after) && !isEmpty(emptied.before);
    }
    case 'email':
      return movesLogin(change);
    case 'privileged':
      return change.privileged && movesLogin(change);
    case 'left_out':
      return false;
    case 'invite':
      return change.kind === 'invite' || change.invites;
    default:
      if (limit.unit !== undefined) return isEnding(change.kind) && limit.among?.has(change.employee.id) === true;
      if (limit.among !== undefined && !limit.among.has(change.employee.id)) return false;
      return change.kind === limit.kind;
  }
}
