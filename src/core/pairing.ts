import type { EmployeeReference } from './employee.js';
import { namesAgree } from './names.js';
import type { MatchNames } from './policy.js';

/** Somebody whom the state remembers. */
export interface RememberedPerson {
  readonly employee: EmployeeReference;
  /** What they are paired by, in the form in which it is compared; null: the state knows nothing of it. */
  readonly value: string | null;
  readonly names: readonly string[];
}

/** Somebody whom HR shows now, with every value that may stand for them. */
export interface ShownPerson {
  readonly employee: EmployeeReference;
  readonly values: readonly string[];
  readonly names: readonly string[];
}

/** One person under the id that the state knows and the one that HR gives now; both may be the same. */
export interface Pair {
  readonly from: EmployeeReference;
  readonly to: EmployeeReference;
}

/** A remembered person who has no pair among those whom HR shows now. */
export interface Unpaired {
  readonly employee: EmployeeReference;
  readonly why: 'no_value' | 'nobody' | 'ambiguous' | 'name_differs';
  /** Who fits by the value, where somebody does: employee ids as HR gives them now. */
  readonly fits: readonly string[];
}

/** What comes of pairing; everybody remembered is in one of the two. */
export interface Pairing {
  readonly pairs: readonly Pair[];
  readonly unpaired: readonly Unpaired[];
}

/**
 * Pairs everybody who is remembered with whom HR shows now. A pair needs one value that exactly one person bears on either
 * side, and a name that agrees as for an adoption; people who share a value are ambiguous: hrsync never guesses.
 */
export function pairPeople(
  remembered: readonly RememberedPerson[],
  shown: readonly ShownPerson[],
  matchNames: MatchNames,
): Pairing {
  const bearers = new Map<string, ShownPerson[]>();
  for (const person of shown) {
    for (const value of new Set(person.values)) bearers.set(value, [...(bearers.get(value) ?? []), person]);
  }
  const rivals = countBy(remembered, ({ value }) => value);
  // Several values may lead different people to one.
  const claims = countBy(remembered, ({ value }) => {
    const found = value === null ? [] : (bearers.get(value) ?? []);
    return found.length === 1 ? (found[0]?.employee.id ?? null) : null;
  });
  const pairs: Pair[] = [];
  const unpaired: Unpaired[] = [];
  for (const { employee, value, names } of remembered) {
    const found = value === null ? [] : (bearers.get(value) ?? []);
    const [only] = found;
    const leave = (why: Unpaired['why']) =>
      unpaired.push({ employee, why, fits: found.map(({ employee: { id } }) => id) });
    if (value === null) leave('no_value');
    else if (only === undefined) leave('nobody');
    else if (found.length > 1 || (rivals.get(value) ?? 0) > 1 || (claims.get(only.employee.id) ?? 0) > 1)
      leave('ambiguous');
    else if (matchNames === 'agree' && !namesAgree(only.names, names)) leave('name_differs');
    else pairs.push({ from: employee, to: only.employee });
  }
  return { pairs, unpaired };
}

/** Whether so few of the people with an account are paired that the two sides are hardly the same company. */
export function areTooFew({ paired, of }: { readonly paired: number; readonly of: number }, allowed: number): boolean {
  return paired * 2 < of && of - paired > allowed;
}

function countBy<Item>(items: readonly Item[], keyOf: (item: Item) => string | null): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) {
    const key = keyOf(item);
    if (key !== null) counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}
