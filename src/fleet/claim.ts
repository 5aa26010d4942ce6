import type { OwedKind } from '../core/owed.js';
import type { Candidate } from '../store/fleet.js';
import { nextKind } from './owed.js';

/** What a worker is to take. */
export interface Choice {
  readonly candidate: Candidate;
  readonly kind: OwedKind;
  readonly weight: number;
}

/** What bounds a choice. */
export interface Bounds {
  readonly now: Date;
  /** Slots of this worker, and those of them that are free. */
  readonly slots: number;
  readonly free: number;
  /** How many connectors of a tenant may run at once, over all workers. */
  readonly atOnce: number;
  /** How many run now, by tenant. */
  readonly running: ReadonlyMap<string, number>;
  /** Whether a connector's vendors take requests now; a vendor that is down gets single attempts. */
  readonly mayTry: (candidate: Candidate) => boolean;
}

/** Employees that one slot carries. */
const PER_SLOT = 5_000;

/** How many slots a connector takes: large ones hold the processor and the memory of several. Never more than there are. */
export function weightOf(employees: number | null, slots: number): number {
  return Math.min(slots, Math.max(1, Math.ceil((employees ?? 0) / PER_SLOT)));
}

/**
 * Chooses what runs next: by hand, events, nights, first imports, and within each the tenant with the fewest runs, then the
 * one that has waited for longest.
 */
export function choose(candidates: readonly Candidate[], bounds: Bounds): readonly Choice[] {
  const running = new Map(bounds.running);
  const countOf = ({ tenant }: Candidate) => running.get(tenant) ?? 0;
  const waiting = candidates.flatMap((candidate) => {
    const kind = nextKind(candidate.owed, candidate.owedSince, bounds.now);
    return kind === null ? [] : [{ candidate, kind, rank: rankOf(candidate, kind) }];
  });
  const chosen: Choice[] = [];
  let { free } = bounds;
  const isNext = (left: (typeof waiting)[number], right: (typeof waiting)[number]) =>
    left.rank - right.rank ||
    countOf(left.candidate) - countOf(right.candidate) ||
    sinceOf(left.candidate) - sinceOf(right.candidate) ||
    (left.candidate.name < right.candidate.name ? -1 : 1);
  const left = new Set(waiting);
  while (free > 0 && left.size > 0) {
    const [first] = [...left].sort(isNext);
    if (first === undefined) break;
    left.delete(first);
    const { candidate, kind } = first;
    const weight = weightOf(candidate.employees, bounds.slots);
    if (countOf(candidate) >= bounds.atOnce || !bounds.mayTry(candidate)) continue;
    // A large connector waits until enough is free, and those behind it wait with it: otherwise it would never begin.
    if (weight > free) break;
    chosen.push({ candidate, kind, weight });
    running.set(candidate.tenant, countOf(candidate) + 1);
    free -= weight;
  }
  return chosen;
}

function rankOf({ isNew }: Candidate, kind: OwedKind): number {
  if (kind === 'manual') return 0;
  if (kind === 'events') return 1;
  return isNew ? 3 : 2;
}

function sinceOf({ owedSince }: Candidate): number {
  return owedSince?.getTime() ?? 0;
}
