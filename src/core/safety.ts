import type { Change, ChangeKind } from './change.js';
import { isEmpty } from './value.js';

/** A limit as the config gives it: so many, or a share of the accounts that hrsync manages. */
export type Limit = { readonly count: number } | { readonly percent: number };

/** What a limit can be set on: a kind of change, or `clear`, the emptying of any one field. */
export type LimitedKind = ChangeKind | 'clear';

/** The limits of a connector. */
export interface SafetyPolicy {
  /** A kind without an entry has no limit. */
  readonly limits: Readonly<Partial<Record<ChangeKind, Limit>>>;
  /** How many accounts may lose their value in one field: a share of those that hold one. */
  readonly clears: Limit;
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
  readonly planned: number;
  readonly allowed: number;
  /** How many accounts a share was taken of. */
  readonly of: number;
  /** A sentence that names the config line or HR value behind it, where one is found. */
  readonly cause?: string;
}

/** Whether a plan may be carried out, with every limit that was looked at. */
export interface Verdict {
  readonly verdict: 'go' | 'refused';
  /** Whether the kinds that are not refused are carried out all the same. */
  readonly restGoesOn: boolean;
  readonly limits: readonly JudgedLimit[];
}

/** A share in percent of a number of people, freed of what binary fractions add: 1.1 % of 3000 are 33. */
export function shareOf(population: number, percent: number): number {
  return Number(((population * percent) / 100).toFixed(6));
}

/** How many changes of a kind a limit allows; null when it allows any number. */
export function allowedBy(limit: Limit, population: number, minPopulation: number): number | null {
  if ('count' in limit) return limit.count;
  return population < minPopulation ? null : Math.floor(shareOf(population, limit.percent));
}

/** Whether so many clears of one field can be too many at all, whoever holds a value in it. */
export function mayExceed(cleared: number, { clears, minPopulation }: SafetyPolicy): boolean {
  // Whoever loses a value holds one, so a field is never judged by fewer accounts than it is cleared in.
  const allowed = allowedBy(clears, Math.max(cleared, minPopulation), minPopulation);
  return allowed !== null && cleared > allowed;
}

/** What a plan comes to, for the limits. */
export interface Planned {
  readonly counts: Readonly<Partial<Record<ChangeKind, number>>>;
  readonly clears: readonly Clears[];
  /** How many active accounts hrsync manages. */
  readonly population: number;
}

/**
 * Holds a plan against the limits. `allow` raises a limit for this run only (`--allow deactivate=31`); it never lowers
 * one. `spent` are changes of earlier runs that count against the same limits. The verdict is `refused` when any kind has
 * more changes planned than allowed.
 */
export function judge(
  { counts, clears, population }: Planned,
  policy: SafetyPolicy,
  allow: Readonly<Partial<Record<LimitedKind, number>>>,
  spent: Readonly<Partial<Record<LimitedKind, number>>> = {},
): Verdict {
  const limits: JudgedLimit[] = [];
  const hold = (limit: Limit, judged: Omit<JudgedLimit, 'allowed'>) => {
    const allowed = allowedBy(limit, judged.of, policy.minPopulation);
    if (allowed === null) return;
    const left = allowed - (spent[judged.kind] ?? 0);
    limits.push({ ...judged, allowed: Math.max(0, left, allow[judged.kind] ?? 0) });
  };
  for (const [kind, limit] of Object.entries(policy.limits) as [ChangeKind, Limit][])
    hold(limit, { kind, planned: counts[kind] ?? 0, of: population });
  for (const { field, cleared, held } of clears)
    hold(policy.clears, { kind: 'clear', field, planned: cleared, of: held });
  const verdict = limits.some(isExceeded) ? 'refused' : 'go';
  return { verdict, restGoesOn: policy.onRefusal === 'skip_kind', limits };
}

/** Whether a plan has more changes of a kind than the limit allows. */
export function isExceeded({ planned, allowed }: JudgedLimit): boolean {
  return planned > allowed;
}

/** Whether a verdict refuses a change: because of its kind, or because of the mail that it causes. */
export function isRefused({ limits }: Verdict, change: Pick<Change, 'kind' | 'invites' | 'fields'>): boolean {
  return limits.some((limit) => isExceeded(limit) && concerns(limit, change));
}

/** Whether a limit counts a change. */
export function concerns({ kind, field }: JudgedLimit, change: Pick<Change, 'kind' | 'invites' | 'fields'>): boolean {
  if (kind !== 'clear') return change.kind === kind || (kind === 'invite' && change.invites);
  const emptied = field === undefined ? undefined : change.fields[field];
  return emptied !== undefined && isEmpty(emptied.after) && !isEmpty(emptied.before);
}
