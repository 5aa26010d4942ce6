import type { ChangeKind } from './change.js';

/** A limit as the config gives it: so many, or a share of the accounts that hrsync manages. */
export type Limit = { readonly count: number } | { readonly percent: number };

/** The limits of a connector; null: no limit for that kind. */
export interface SafetyPolicy {
  readonly limits: Readonly<Partial<Record<ChangeKind, Limit>>>;
  /** Below this population shares are not judged. */
  readonly minPopulation: number;
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
  return { verdict: limits.some((limit) => limit.planned > limit.allowed) ? 'refused' : 'go', limits };
}

/** The limits that a verdict found exceeded. */
export function exceeded(verdict: Verdict): readonly JudgedLimit[] {
  return verdict.limits.filter((limit) => limit.planned > limit.allowed);
}
