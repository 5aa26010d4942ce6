import { UNKNOWN } from '../../../core/account.js';
import type { PlannedChange } from '../../../core/change.js';
import { type Clears, mayExceed, type SafetyPolicy } from '../../../core/safety.js';
import { isEmpty, type Value } from '../../../core/value.js';
import type { Store } from '../../../store/store.js';

/**
 * Counts what a plan would empty, field by field. A field that goes empty for nearly everybody who has a value in it looks
 * like a right that was lost or a column that was renamed, not like so many decisions of HR.
 */
export class ClearCounter {
  readonly #cleared = new Map<string, number>();
  /** Accounts that are linked only by this plan, of which the state knows no value yet. */
  readonly #newlyHeld = new Map<string, number>();

  count(change: PlannedChange): void {
    const isNew = change.kind === 'adopt' || change.takesOverFrom !== null;
    for (const [field, { before, after }] of Object.entries(change.fields)) {
      if (!holdsValue(before)) continue;
      if (isEmpty(after)) add(this.#cleared, field);
      if (isNew) add(this.#newlyHeld, field);
    }
    if (!isNew) return;
    // What an account that is taken over has in common with the wish is not listed as a difference.
    for (const [field, value] of Object.entries(change.wanted ?? {})) {
      if (!(field in change.fields) && holdsValue(value)) add(this.#newlyHeld, field);
    }
  }

  /** The fields that come near enough to their limit to be judged, with how many accounts hold a value in them now. */
  async suspects(store: Pick<Store, 'snapshots'>, policy: SafetyPolicy): Promise<readonly Clears[]> {
    const suspects = [...this.#cleared].filter(([, cleared]) => mayExceed(cleared, policy)).map(([field]) => field);
    if (suspects.length === 0) return [];
    const held = new Map(suspects.map((field) => [field, this.#newlyHeld.get(field) ?? 0]));
    for await (const batch of store.snapshots()) {
      for (const { state, fields } of batch) {
        if (state !== 'active') continue;
        for (const field of suspects) if (Object.hasOwn(fields, field) && holdsValue(fields[field])) add(held, field);
      }
    }
    return suspects.map((field) => ({ field, cleared: this.#cleared.get(field) ?? 0, held: held.get(field) ?? 0 }));
  }
}

function holdsValue(value: Value | undefined): boolean {
  return !isEmpty(value) && value !== UNKNOWN;
}

function add(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
