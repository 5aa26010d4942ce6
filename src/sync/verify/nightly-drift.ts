import { count } from '../../core/count.js';
import type { DriftKind } from '../../core/drift.js';
import type { DriftPolicy } from '../../core/policy.js';
import { HrsyncError, InterruptedError, StateError } from '../../errors.js';
import type { RunContext } from '../context.js';
import { type RunKind, rulesOf } from '../run-kind.js';
import { type Drifted, findDrift } from './find-drift.js';

/** What comparing the LMS with the snapshot before the nightly read came to. */
export interface NightlyDrift {
  readonly notices: readonly string[];
  /** Whether all that was to be compared was compared. */
  readonly complete: boolean;
}

const NOTHING: NightlyDrift = { notices: [], complete: true };

/** Whether a run looks for values that were changed in the LMS by hand: only nights do. */
export function looksForDrift({ repair }: DriftPolicy, kind: RunKind): boolean {
  return repair === 'nightly' && rulesOf(kind).nightly;
}

/**
 * Makes the snapshot say what the LMS shows where mapped values were changed by hand, so that the plan puts them back within
 * its limits. Accounts that were closed, opened or deleted by hand are told of and left alone: that is for a person and
 * "hrsync verify --repair". A comparison that fails is told of and ends nothing: accounts of leavers must end all the same.
 */
export async function correctDrift(context: RunContext): Promise<NightlyDrift> {
  const { policy, options, store, target, mapping } = context;
  if (!looksForDrift(policy.drift, options.kind)) return NOTHING;
  const { fields } = policy.drift;
  const rules = fields === 'all' ? mapping.rules : mapping.rules.filter(({ field }) => fields.includes(field));
  const found: Record<DriftKind, number> = { gone: 0, deactivated: 0, active: 0, changed: 0 };
  const keep = async (items: readonly { readonly item: Drifted }[]) => {
    for (const { item } of items) found[item.drift.kind] += 1;
    const changed = items.filter(({ item }) => item.drift.kind === 'changed');
    await store.putSnapshots(changed.map(({ item }) => item.corrected));
  };
  try {
    const reporter = { matching: watchful(context) };
    await findDrift({ store, target, mapping: { rules }, reporter }, { keep });
    return { notices: noticesOf(target.title, found), complete: true };
  } catch (error) {
    const isOurs = error instanceof HrsyncError || error instanceof OutOfTime;
    if (!isOurs || error instanceof InterruptedError || error instanceof StateError) throw error;
    const notice = `${target.title} was not compared whole, so values changed there by hand may stay: ${error.message}`;
    return { notices: [...noticesOf(target.title, found), notice], complete: false };
  }
}

/** Ends a comparison from within; it never leaves this file, so no page explains it. */
class OutOfTime extends Error {}

// Half of the time belongs to the changes, and all that is left of a budget that is used up.
function watchful({ options, now, signal, target, reporter }: RunContext): RunContext['reporter']['matching'] {
  const start = now().getTime();
  const until = options.deadline === null ? null : start + (options.deadline - start) / 2;
  return (progress) => {
    reporter.matching(progress);
    if (signal.aborted) throw new InterruptedError();
    const spent = target.usedUp();
    if (spent !== null) throw spent;
    if (until !== null && now().getTime() >= until) throw new OutOfTime('half of the time of this run was used up');
  };
}

function noticesOf(title: string, { changed, ...states }: Readonly<Record<DriftKind, number>>): readonly string[] {
  const notices: string[] = [];
  const others = states.gone + states.deactivated + states.active;
  if (changed > 0) {
    const accounts = count(changed, 'account holds values', 'accounts hold values');
    notices.push(`${accounts} that somebody changed in ${title}: what HR wants is put back (drift.repair: nightly)`);
  }
  if (others > 0) {
    const accounts = count(others, 'account was', 'accounts were');
    notices.push(`${accounts} closed, opened or deleted in ${title} by hand; "hrsync verify" says which`);
  }
  return notices;
}
