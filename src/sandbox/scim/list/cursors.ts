import { randomBytes } from 'node:crypto';
import { refuse } from '../refusal.js';

/** Where a list goes on, and for which query. */
interface Mark {
  readonly offset: number;
  /** Everything about the query but cursor and count. */
  readonly query: string;
  readonly count: number;
  /** Milliseconds since 1970. */
  readonly madeAt: number;
}

/** The cursors that were given out. Source: RFC 9865, section 2. */
export class Cursors {
  private readonly marks = new Map<string, Mark>();

  add(mark: Mark): string {
    const text = randomBytes(12).toString('base64url');
    this.marks.set(text, mark);
    return text;
  }

  /**
   * How many rows lie before the page of a cursor; an empty cursor is the first page.
   *
   * @throws Refusal `invalidCursor`, `expiredCursor`, or `invalidCount` where the count is another than before
   */
  offsetOf(cursor: string, asked: Omit<Mark, 'offset'>, lifetimeSeconds: number | null): number {
    if (cursor === '') return 0;
    const mark = this.marks.get(cursor);
    if (mark === undefined || mark.query !== asked.query) throw refuse('invalidCursor', 'The cursor is not valid');
    const isOld = lifetimeSeconds !== null && asked.madeAt - mark.madeAt > lifetimeSeconds * 1000;
    if (isOld) throw refuse('expiredCursor', 'The cursor has expired');
    if (mark.count !== asked.count) throw refuse('invalidCount', 'The count must be that of the first query');
    return mark.offset;
  }
}
