import { StateError } from '../../errors.js';
import type { Row, Statement } from './statement.js';

/** The rows of each of some statements. */
export type Answers = readonly (readonly Row[])[];

interface Waiting {
  readonly statements: readonly Statement[];
  readonly resolve: (answers: Answers) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Writes what several workers want written at about the same time in one transaction: whatever comes while one is under way
 * goes into the next. Where one piece of a group cannot be written, the others are written one by one.
 */
export class GroupWrite {
  #waiting: Waiting[] = [];
  #isUnderWay = false;
  #broken: StateError | null = null;

  constructor(private readonly write: (statements: readonly Statement[]) => Promise<Answers>) {}

  /** Has statements written in one transaction, soon; resolves once they are durable. */
  add(statements: readonly Statement[]): Promise<Answers> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ statements, resolve, reject });
      if (!this.#isUnderWay) {
        this.#isUnderWay = true;
        setImmediate(() => void this.#work());
      }
    });
  }

  async #work(): Promise<void> {
    while (this.#waiting.length > 0) {
      const group = this.#waiting;
      this.#waiting = [];
      await this.#writeGroup(group);
    }
    this.#isUnderWay = false;
  }

  async #writeGroup(group: readonly Waiting[]): Promise<void> {
    try {
      const answers = await this.#attempt(group.flatMap(({ statements }) => statements));
      let place = 0;
      for (const { statements, resolve } of group) {
        resolve(answers.slice(place, place + statements.length));
        place += statements.length;
      }
    } catch (error) {
      const [only, ...others] = group;
      if (others.length === 0 || error instanceof StateError) for (const { reject } of group) reject(error);
      else if (only !== undefined) for (const one of group) await this.#writeGroup([one]);
    }
  }

  async #attempt(statements: readonly Statement[]): Promise<Answers> {
    if (this.#broken !== null) throw this.#broken;
    try {
      return await this.write(statements);
    } catch (error) {
      // Nobody knows whether the transaction was committed. A later write might say "failed" where it said "done".
      if (error instanceof StateError) this.#broken = error;
      throw error;
    }
  }
}
