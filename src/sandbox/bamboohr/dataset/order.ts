import type { Field } from '../fields/field.js';
import type { Shown } from '../people/standing.js';
import { compareValues } from './filter.js';

/** One part of an `orderBy`. */
export interface Order {
  readonly name: string;
  readonly descending: boolean;
}

/** Reads `eeid asc, lastName desc`. */
export function orderOf(orderBy = ''): readonly Order[] {
  return orderBy.split(',').flatMap((part) => {
    const [name = '', direction] = part.trim().split(/\s+/);
    return name === '' ? [] : [{ name, descending: direction === 'desc' }];
  });
}

/** Compares two people by the parts of an order, the first one first. */
export function comparing(
  order: readonly Order[],
  read: (shown: Shown) => (name: string) => string | null,
  fields: ReadonlyMap<string, Field>,
): (one: Shown, other: Shown) => number {
  return (one, other) => {
    for (const { name, descending } of order) {
      const outcome = compareValues(read(one)(name) ?? '', read(other)(name) ?? '', fields.get(name));
      if (outcome !== 0) return descending ? -outcome : outcome;
    }
    return 0;
  };
}

/** Without `orderBy` the order is unspecified, and so differs from one page to the next. */
export function shuffled(people: readonly Shown[], turn: number): readonly Shown[] {
  const shift = (turn * 7) % Math.max(1, people.length);
  return [...people.slice(shift), ...people.slice(0, shift)];
}
