import type { Change, ChangeKind } from './change.js';

/** A limit as the config gives it: so many, or a share of the accounts that hrsync manages. */
export type Limit = { readonly count: number } | { readonly percent: number };

/** The limits of a connector; null: no limit for that kind. */
export interface SafetyPolicy {
  readonly limits: Readonly<Partial<Record<ChangeKind, Limit>>>;
  /** Below this population shares are not judged. */
  readonly minPopulation: number;
  /** What becomes of the kinds that are within their limits when another is not: `stop` sends nothing at all. */
  readonly onRefusal: 'stop' | 'skip_kind';
}

/** One limit held against a plan. */
export interface JudgedLimit {
  readonly kind: ChangeKind;
  readonly planned: number;
  readonly allowed: number;
  /** How many accounts a share was taken of. */
  readonly of: number;
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

/**
 * Holds a plan's counts against the limits. `allow` raises a limit for this run only (`--allow deactivate=31`); it never
 * lowers one. The verdict is `refused` when any kind has more changes planned than allowed.
 */
export function judge(
  planned: Readonly<Partial<Record<ChangeKind, number>>>,
  population: number,
  policy: SafetyPolicy,
  allow: Readonly<Partial<Record<ChangeKind, number>>>,
): Verdict {
  const limits: JudgedLimit[] = [];
  for (const [kind, limit] of Object.entries(policy.limits) as [ChangeKind, Limit][]) {
    const allowed = allowedBy(limit, population, policy.minPopulation);
    if (allowed === null) continue;
    limits.push({ kind, planned: planned[kind] ?? 0, allowed: Math.max(allowed, allow[kind] ?? 0), of: population });
  }
  const verdict = limits.some(isExceeded) ? 'refused' : 'go';
  return { verdict, restGoesOn: policy.onRefusal === 'skip_kind', limits };
}

/** Whether a plan has more changes of a kind than the limit allows. */
export function isExceeded({ planned, allowed }: JudgedLimit): boolean {
  return planned > allowed;
}

/** Whether a verdict refuses a change: because of its kind, or because of the mail that it causes. */
export function isRefused({ limits }: Verdict, change: Pick<Change, 'kind' | 'invites'>): boolean {
  return limits.some((limit) => isExceeded(limit) && concerns(limit, change));
}

/** Whether a limit counts a change. */
export function concerns({ kind }: JudgedLimit, change: Pick<Change, 'kind' | 'invites'>): boolean {
  return change.kind === kind || (kind === 'invite' && change.invites);
}
