/** What a pace needs of the world. */
export interface PaceOptions {
  readonly requestsPerSecond: number;
  readonly concurrency: number;
  readonly now: () => Date;
  readonly sleep: (milliseconds: number) => Promise<void>;
}

/** One per cent below the limit: two clocks never agree to the millisecond. */
const BELOW_LIMIT = 1.01;
/** A limit that is lower than we were told: each 429 makes the gaps longer, and quiet minutes shorter again. */
const SLOWER = 1.25;
const SLOWEST = 4;
const QUIET = 5 * 60_000;
const SHORTEST_PAUSE = 1_000;
/** The slowest rate that a far end is obeyed in, in requests a second: at a slower one no company could be read in a night. */
export const SLOWEST_TOLD = 0.5;

/**
 * Spaces the requests of one client: each has a starting time of its own, 1/rate apart, so that a limit per second is
 * met but never passed, and no more than `concurrency` are under way. A far end that asks for a pause gets it from all.
 */
export class Pace {
  readonly #waiting: (() => void)[] = [];
  #underWay = 0;
  #nextStart = 0;
  #pausedUntil = 0;
  #slowness = 1;
  #easesAt = 0;
  #requestsPerSecond: number;

  constructor(private readonly options: PaceOptions) {
    this.#requestsPerSecond = options.requestsPerSecond;
  }

  /** Runs one request when its turn has come. */
  async take<Result>(request: () => Promise<Result>): Promise<Result> {
    // Who waits is handed the place of the one who leaves, so that nobody can slip in between.
    if (this.#underWay < this.options.concurrency) this.#underWay += 1;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    try {
      await this.#untilStart();
      return await request();
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#underWay -= 1;
      else next();
    }
  }

  /** No request begins before so many milliseconds have passed; gives by how many this is longer than before. */
  pause(milliseconds: number): number {
    const now = this.#now();
    const before = Math.max(this.#pausedUntil, now);
    this.#pausedUntil = Math.max(before, now + milliseconds);
    return this.#pausedUntil - before;
  }

  /** Goes on at another rate: the far end has said which one it allows. */
  goOnAt(requestsPerSecond: number): void {
    this.#requestsPerSecond = Math.max(SLOWEST_TOLD, requestsPerSecond);
  }

  /** Our own pace was too fast: pauses, at least for a second, and goes on more slowly; gives what `pause` gives. */
  slowDown(milliseconds: number): number {
    const pause = Math.max(milliseconds, SHORTEST_PAUSE);
    // Requests that were under way together are refused together: that is one reason to slow down, not many.
    if (this.#now() >= this.#pausedUntil) {
      this.#slowness = Math.min(SLOWEST, this.#slowness * SLOWER);
      this.#easesAt = this.#now() + pause + QUIET;
    }
    return this.pause(pause);
  }

  async #untilStart(): Promise<void> {
    for (;;) {
      const now = this.#now();
      const start = Math.max(now, this.#nextStart, this.#pausedUntil);
      this.#nextStart = start + this.#gap(now);
      if (start > now) await this.options.sleep(start - now);
      // A pause that began meanwhile holds for those too who had their starting time already.
      if (start >= this.#pausedUntil) return;
    }
  }

  #gap(now: number): number {
    if (this.#slowness > 1 && now >= this.#easesAt) {
      this.#slowness = Math.max(1, this.#slowness / SLOWER);
      this.#easesAt = now + QUIET;
    }
    return (1_000 / this.#requestsPerSecond) * BELOW_LIMIT * this.#slowness;
  }

  #now(): number {
    return this.options.now().getTime();
  }
}
