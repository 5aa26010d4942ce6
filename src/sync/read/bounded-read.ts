import { IncompleteReadError } from '../../errors.js';
import type { ReadFacts, SourcePage } from '../../sources/source.js';

/** Pages of one read: 2.5 million people at fifty a page. */
const MOST_PAGES = 50_000;
/** Pages in a row that bring nobody new; filters may leave single pages empty, and rows may shift between pages. */
const MOST_BARREN = 25;

/** What tells a list that goes on from one that never ends. */
export interface ReadBounds {
  /** How reports call the HR system. */
  readonly system: string;
  /** How many different people the read has brought so far. */
  readonly distinct: () => number;
}

/**
 * Passes the pages of a read on, whatever source they come from.
 *
 * @throws IncompleteReadError when they bring nobody new for too long, or are more than any company has
 */
export async function* boundedRead<Page extends SourcePage>(
  pages: AsyncGenerator<Page, ReadFacts>,
  { system, distinct }: ReadBounds,
): AsyncGenerator<Page, ReadFacts> {
  let barren = 0;
  let known = distinct();
  for (let number = 1; ; number += 1) {
    const step = await pages.next();
    if (step.done) return step.value;
    yield step.value;
    const now = distinct();
    barren = now > known ? 0 : barren + 1;
    known = now;
    if (barren >= MOST_BARREN) {
      throw new IncompleteReadError(system, [`${barren} pages in a row brought nobody new, and none is the last`]);
    }
    if (number >= MOST_PAGES) throw new IncompleteReadError(system, [`the list does not end after ${number} pages`]);
  }
}
