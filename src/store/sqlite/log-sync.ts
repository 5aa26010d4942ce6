import { closeSync, fdatasync, fdatasyncSync, openSync } from 'node:fs';
import type { Database } from './database.js';
import { inState, toStateError } from './trouble.js';

/** A wait for the disk that is shorter, in ms, is over before another thread would have begun it. */
const QUICK = 0.5;
/** After so many waits in another thread one is made here again: the disk may have become quick. */
const LOOKED_AGAIN = 100;

/** The two ways of waiting for the disk: on the spot, and in another thread. */
export interface DiskWaits {
  readonly here: (file: number) => void;
  readonly elsewhere: (file: number, done: (error: Error | null) => void) => void;
}

/**
 * Commits whose wait for a slow disk blocks nobody. SQLite's own wait stops the whole process, and with it every request
 * that is under way; the disk would set the pace of the LMS.
 */
export class LogSync {
  #log: number | null = null;
  /** How long waits for the disk take, in ms, the latest counting most. */
  #usual = 0;
  #elsewhere = 0;
  readonly #inOne;

  constructor(
    private readonly database: Database,
    private readonly file: string,
    private readonly disk: DiskWaits = { here: fdatasyncSync, elsewhere: fdatasync },
  ) {
    this.#inOne = database.transaction((work: () => void) => work());
  }

  /** Runs a transaction that is not durable before `synced` resolves. */
  transact(work: () => void): void {
    inState(this.file, () => {
      // NORMAL writes the log and does not wait for it; before the log is copied into the file, both wait.
      this.database.pragma('synchronous = NORMAL');
      try {
        this.#inOne.immediate(work);
      } finally {
        this.database.pragma('synchronous = FULL');
      }
    });
  }

  /** Waits until the log, and so every transaction before, is on the disk. */
  async synced(): Promise<void> {
    // Nobody locks the log itself, so closing it drops no lock of this process.
    this.#log ??= inState(this.file, () => openSync(`${this.file}-wal`, 'r+'));
    if (this.#usual < QUICK || this.#elsewhere >= LOOKED_AGAIN) this.#syncHere(this.#log);
    else await this.#syncElsewhere(this.#log);
  }

  close(): void {
    if (this.#log !== null) closeSync(this.#log);
    this.#log = null;
  }

  #syncHere(log: number): void {
    this.#elsewhere = 0;
    const started = performance.now();
    inState(this.file, () => this.disk.here(log));
    this.#usual += (performance.now() - started - this.#usual) / 4;
  }

  #syncElsewhere(log: number): Promise<void> {
    this.#elsewhere += 1;
    return new Promise((resolve, reject) => {
      this.disk.elsewhere(log, (error) => (error === null ? resolve() : reject(toStateError(this.file, error))));
    });
  }
}
