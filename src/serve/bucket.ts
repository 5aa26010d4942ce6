/** Lets so many through a second, and twice as many at once. */
export class Bucket {
  #left: number;
  #at = Number.NEGATIVE_INFINITY;

  constructor(private readonly perSecond: number) {
    this.#left = perSecond * 2;
  }

  /** Whether one more may pass at this time (epoch milliseconds). */
  admit(now: number): boolean {
    const refill = Math.max(0, now - this.#at) * (this.perSecond / 1_000);
    this.#left = Math.min(this.perSecond * 2, this.#left + refill);
    this.#at = now;
    if (this.#left < 1) return false;
    this.#left -= 1;
    return true;
  }
}
