import { IncompleteReadError } from '../../../errors.js';
import { TITLE } from '../failure.js';
import type { PersonsClient } from './client.js';
import { idOf } from './record.js';

/**
 * Who is there, listed twice. v2 gives no totals, so everybody is listed once before the read proper, fifty people a
 * request: a page that comes short, or a row that slips between two pages, shows as a difference between the two.
 */
export interface Roll {
  /** How many the first listing held. */
  readonly first: number;
  /** Notes a page of the read proper. */
  note(page: readonly unknown[]): void;
  /** How many people the read proper should have brought: all of the first listing, and those who have come since. */
  readonly expected: number;
}

/** Lists everybody for the first time, and shows each page to whoever wants to look. */
export async function callTheRoll(
  client: PersonsClient,
  look: (page: readonly unknown[]) => void = () => undefined,
): Promise<Roll> {
  const first = new Listing();
  for await (const page of client.persons()) {
    first.add(page);
    look(page);
  }
  const second = new Listing();
  return {
    first: first.size,
    note: (page) => second.add(page),
    get expected() {
      return second.size + first.countMissingIn(second);
    },
  };
}

/** So many pages in a row may bring nobody new before they are no list that ends. */
const MOST_BARREN = 3;

class Listing {
  readonly #ids = new Set<string>();
  #withoutId = 0;
  #barren = 0;

  get size(): number {
    return this.#ids.size + this.#withoutId;
  }

  add(page: readonly unknown[]): void {
    const before = this.size;
    for (const person of page) {
      const id = idOf(person);
      if (id === null) this.#withoutId += 1;
      else this.#ids.add(id);
    }
    this.#barren = this.size === before ? this.#barren + 1 : 0;
    if (this.#barren <= MOST_BARREN) return;
    throw new IncompleteReadError(TITLE, [`${this.#barren} pages of persons in a row brought nobody new`]);
  }

  countMissingIn(other: Listing): number {
    let missing = 0;
    for (const id of this.#ids) if (!other.#ids.has(id)) missing += 1;
    return missing;
  }
}
