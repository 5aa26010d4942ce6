import { StateError } from '../../errors.js';

interface Waiting {
  readonly work: () => void;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** How a group is brought onto the disk. */
export interface Disk {
  /** Runs work in a transaction; it runs work again after a group was rolled back. */
  readonly transact: (work: () => void) => void;
  /** Resolves once all that was committed is durable. Absent: it is as soon as `transact` returns. */
  readonly synced?: () => Promise<void>;
}

/**
 * Commits what several workers want written at about the same time in one transaction, so that they share one wait for
 * the disk; whoever comes during that wait shares the next one. Each promise resolves once its own work is durable. Where
 * one piece of a group cannot be written, the others are written one by one.
 */
export class GroupCommit {
  #waiting: Waiting[] = [];
  #isBusy = false;
  #broken: StateError | null = null;

  /** `goesOnAfterTrouble`: what is written stands for itself, so one refusal of the disk says nothing about the next write. */
  constructor(
    private readonly disk: Disk,
    private readonly options: { readonly goesOnAfterTrouble?: boolean } = {},
  ) {}

  /** Has `work` run inside a transaction, soon. */
  write(work: () => void): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ work, resolve, reject });
      this.#start();
    });
  }

  #start(): void {
    if (this.#isBusy || this.#waiting.length === 0) return;
    this.#isBusy = true;
    setImmediate(() => void this.#commit());
  }

  async #commit(): Promise<void> {
    const group = this.#waiting;
    this.#waiting = [];
    const written: Waiting[] = [];
    const error = this.#attempt(group);
    if (error === null) written.push(...group);
    else if (group.length === 1 || error instanceof StateError) for (const { reject } of group) reject(error);
    else written.push(...group.filter((one) => this.#isWritten(one)));
    const unsynced = written.length === 0 ? null : await this.#sync();
    for (const { resolve, reject } of written) {
      if (unsynced === null) resolve();
      else reject(unsynced);
    }
    this.#isBusy = false;
    this.#start();
  }

  #isWritten(one: Waiting): boolean {
    const error = this.#attempt([one]);
    if (error !== null) one.reject(error);
    return error === null;
  }

  #attempt(group: readonly Waiting[]): unknown {
    if (this.#broken !== null) return this.#broken;
    try {
      this.disk.transact(() => {
        for (const { work } of group) work();
      });
      return null;
    } catch (error) {
      return this.#noted(error);
    }
  }

  async #sync(): Promise<unknown> {
    try {
      await this.disk.synced?.();
      return null;
    } catch (error) {
      return this.#noted(error);
    }
  }

  // A disk that refused once may take the next, smaller write: "failed", where the lost one said "done". So no more.
  #noted(error: unknown): unknown {
    if (error instanceof StateError && this.options.goesOnAfterTrouble !== true) this.#broken = error;
    return error;
  }
}
