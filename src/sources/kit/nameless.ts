import { type NamelessUnits, sayNameless } from '../../core/nameless.js';

/** Stands for a unit (department, team, place, cost centre, legal entity) without a name: it is unknown, not empty. */
export const NAMELESS: unique symbol = Symbol('a unit without a name');

/** Counts the people whose unit has no name. */
export class NamelessCounter {
  readonly #people = new Map<string, number>();

  /** Notes one person whose unit, of an HR field, has no name. */
  note(field: string): void {
    this.#people.set(field, (this.#people.get(field) ?? 0) + 1);
  }

  /** The counts, one per HR field. */
  get counts(): readonly NamelessUnits[] {
    return [...this.#people].map(([field, people]) => ({ field, people }));
  }

  /** One sentence per HR field, without personal data. */
  notices(title: string): readonly string[] {
    return this.counts.map((units) => sayNameless(title, units));
  }
}
