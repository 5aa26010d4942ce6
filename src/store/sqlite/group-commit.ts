import type { Database } from './database.js';

interface Waiting {
  readonly work: () => void;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Commits what several workers want written at about the same time in one transaction, so that they share one wait for
 * the disk. Each promise resolves once its own work is durable. Where one piece of a group fails, the others are
 * written one by one.
 */
export class GroupCommit {
  #waiting: Waiting[] = [];

  constructor(private readonly database: Database) {}

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
    try {
      this.#transact(() => {
        for (const { work } of group) work();
      });
      for (const { resolve } of group) resolve();
    } catch (error) {
      const [only] = group;
      if (group.length === 1) only?.reject(error);
      else for (const one of group) this.#commitOne(one);
    }
  }

  #commitOne({ work, resolve, reject }: Waiting): void {
    try {
      this.#transact(work);
      resolve();
    } catch (error) {
      reject(error);
    }
  }

  #transact(work: () => void): void {
    this.database.transaction(work).immediate();
  }
}
