import { batchesOf } from '../../../core/batches.js';
import type { Planned } from '../../../core/safety.js';
import type { RunContext } from '../../context.js';
import type { Pulled } from '../../read/pulled.js';

/**
 * The endings of each unit (`safety.per`), with how many active accounts the unit holds. Somebody who is gone from HR
 * counts for the unit in which HR last showed them. `spent`: how many of each unit earlier runs ended that count against
 * the limits of this one.
 */
export async function endingsByUnit(
  { policy, store }: Pick<RunContext, 'policy' | 'store'>,
  { units }: Pick<Pulled, 'units'>,
  ending: ReadonlySet<string>,
  spent: ReadonlyMap<string, number>,
): Promise<Planned['units']> {
  if (policy.safety.per === null || ending.size === 0) return [];
  const known = new Map<string, string>();
  for (const ids of batchesOf(ending)) for (const [id, unit] of await store.unitsOf(ids)) known.set(id, unit);
  const groups = new Map<string, Set<string>>();
  for (const id of ending) {
    const unit = known.get(id) ?? units.changed.get(id);
    if (unit == null) continue;
    const group = groups.get(unit) ?? new Set();
    groups.set(unit, group.add(id));
  }
  const held = await store.countUnits();
  return [...groups].map(([unit, people]) => ({
    unit,
    ending: people,
    of: Math.max(held.get(unit) ?? 0, units.counts.get(unit) ?? 0, people.size),
    spent: spent.get(unit) ?? 0,
  }));
}
