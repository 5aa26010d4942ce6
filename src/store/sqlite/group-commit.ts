import { StateError } from '../../errors.js';

interface Waiting {
  readonly work: () => void;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Commits what several workers want written at about the same time in one transaction, so that they share one wait for
 * the disk. Each promise resolves once its own work is durable. Where one piece of a group cannot be written, the others
 * are written one by one. `transact` runs work in a transaction; it runs work again after a group was rolled back.
 */
export class GroupCommit {
  #waiting: Waiting[] = [];
  #broken: StateError | null = null;

  /** `goesOnAfterTrouble`: what is written stands for itself, so one refusal of the disk says nothing about the next write. */
  constructor(
    private readonly transact: (work: () => void) => void,
    private readonly options: { readonly goesOnAfterTrouble?: boolean } = {},
  ) {}

  /** Has `work` run inside a transaction, soon. */
  write(work: () => void): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ work, resolve, reject });
      if (this.#waiting.length === 1) setImmediate(() => this.#commit());
    });
  }

  #commit(): void {
    const group = this.#waiting;
    this.#waiting = [];
    const error = this.#attempt(group);
    if (error === null) for (const { resolve } of group) resolve();
    else if (group.length === 1 || error instanceof StateError) for (const { reject } of group) reject(error);
    else for (const one of group) this.#commitOne(one);
  }

  #commitOne(one: Waiting): void {
    const error = this.#attempt([one]);
    if (error === null) one.resolve();
    else one.reject(error);
  }

  #attempt(group: readonly Waiting[]): unknown {
    if (this.#broken !== null) return this.#broken;
    try {
      this.transact(() => {
        for (const { work } of group) work();
      });
      return null;
    } catch (error) {
      // A disk that refused once may take the next, smaller write: "failed", where the lost one said "done". So no more.
      if (error instanceof StateError && this.options.goesOnAfterTrouble !== true) this.#broken = error;
      return error;
    }
  }
}
