import type { Intent } from './journal.js';

/** Other employee ids for the people whom a store knows. */
export interface Rekey {
  /** The identity of the HR system that gave the new ids (`Source.identity`); the state belongs to it from then on. */
  readonly source: string;
  /** Id until now → id from now on. Whoever keeps theirs is listed as well; ids may change hands. */
  readonly moves: ReadonlyMap<string, string>;
  /** What becomes lines of the journal with the outcome `done`: one for each link that moved. */
  readonly lines: readonly Intent[];
  /**
   * Added to an id of which no move tells, so that nobody new is taken for its owner: to every such id with `everybody`,
   * otherwise to those that a move gives to somebody else.
   */
  readonly apart: { readonly suffix: string; readonly everybody: boolean };
  /** Whom HR shows without an account: nobody of them is a newcomer for having another id. */
  readonly shown: Iterable<string>;
}
