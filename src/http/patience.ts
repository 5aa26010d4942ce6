/** What is waited in all whatever comes of it, in ms. */
const BASE = 30 * 60_000;
/** What each answer adds to that, in ms: a far end that lets ten requests a minute through is worth waiting for. */
const FOR_EACH_ANSWER = 6_000;

/**
 * How long one client waits for a far end, all the pauses that this asks for taken together. Each pause is short by itself;
 * without a bound on their sum a far end could hold a run for days.
 */
export class Patience {
  #waited = 0;
  #answers = 0;

  /** Notes a pause that was asked for, in ms. */
  waited(milliseconds: number): void {
    this.#waited += milliseconds;
  }

  /** Notes an answer. */
  answered(): void {
    this.#answers += 1;
  }

  get isOver(): boolean {
    return this.#waited > BASE + FOR_EACH_ANSWER * this.#answers;
  }

  /** The pauses so far, in whole minutes. */
  get minutes(): number {
    return Math.round(this.#waited / 60_000);
  }
}
