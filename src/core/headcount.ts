import type { SkipReason } from './change.js';

/** What a plan means for somebody whom HR showed; everybody is in exactly one of these. */
export const FATES = [
  'loses_access',
  'gets_account',
  'gets_account_later',
  'gets_account_back',
  'is_linked',
  'is_updated',
  'is_in_step',
  'is_invited',
  'waits',
  'is_held_back',
  'lacks_email',
  'is_unclear',
  'is_protected',
  'is_filtered_out',
  'has_left',
] as const;
export type Fate = (typeof FATES)[number];

/** What a plan means for how many people. The fates add up to `total`. */
export interface Headcount {
  /** How many people HR showed. */
  readonly total: number;
  readonly fates: Readonly<Record<Fate, number>>;
  /** People whom HR does not show any more and who lose access. */
  readonly gone: number;
  /** Accounts of people who left before, which are deleted. */
  readonly expired: number;
}

/** Nobody, to count into. */
export function noFates(): Record<Fate, number> {
  return Object.fromEntries(FATES.map((fate) => [fate, 0])) as Record<Fate, number>;
}

/** What a skip means for the person. */
export function fateOfSkip(reason: SkipReason): Fate {
  switch (reason) {
    case 'no_email':
      return 'lacks_email';
    case 'out_of_scope':
      return 'is_filtered_out';
    case 'protected':
      return 'is_protected';
    default:
      return 'is_unclear';
  }
}

/**
 * Completes a count: people without another fate have left. Null where more have one than HR showed: then nothing is said
 * rather than something that does not add up.
 */
export function headcount(
  total: number,
  fates: Readonly<Record<Fate, number>>,
  others: Pick<Headcount, 'gone' | 'expired'>,
): Headcount | null {
  const told = FATES.reduce((sum, fate) => sum + fates[fate], 0) - fates.has_left;
  return told > total ? null : { total, fates: { ...fates, has_left: total - told }, ...others };
}
