import { sayNameless } from '../../core/nameless.js';

/** Stands for a unit (department, team, place, cost centre, legal entity) without a name: it is unknown, not empty. */
export const NAMELESS: unique symbol = Symbol('a unit without a name');

/** Counts the people whose unit has no name, for the notices of a read. */
export class NamelessUnits {
  readonly #people = new Map<string, number>();

  /** Notes one person whose unit, of an HR field, has no name. */
  note(field: string): void {
    this.#people.set(field, (this.#people.get(field) ?? 0) + 1);
  }

  /** One sentence per HR field, without personal data. */
  notices(title: string): readonly string[] {
    return [...this.#people].map(([field, people]) => sayNameless(title, { field, people }));
  }
}
