/** What a pace needs of the world. */
export interface PaceOptions {
  readonly requestsPerSecond: number;
  readonly concurrency: number;
  readonly now: () => Date;
  readonly sleep: (milliseconds: number) => Promise<void>;
}

/** After a 429 the pace is a little slower, for so long. */
const SLOWER = 1.25;
const SLOWER_FOR = 60_000;

/**
 * Spaces the requests of one client: each has a starting time of its own, 1/rate apart, so that a limit per second is
 * met but never passed, and no more than `concurrency` are under way. A far end that asks for a pause gets it from all.
 */
export class Pace {
  readonly #waiting: (() => void)[] = [];
  #underWay = 0;
  #nextStart = 0;
  #slowUntil = 0;

  constructor(private readonly options: PaceOptions) {}

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

  /** No request begins before so many milliseconds have passed; `limited`: our own pace was too fast. */
  pause(milliseconds: number, limited: boolean): void {
    const now = this.options.now().getTime();
    this.#nextStart = Math.max(this.#nextStart, now + milliseconds);
    if (limited) this.#slowUntil = now + milliseconds + SLOWER_FOR;
  }

  async #untilStart(): Promise<void> {
    const now = this.options.now().getTime();
    const start = Math.max(now, this.#nextStart);
    // One per cent below the limit: two clocks never agree to the millisecond.
    const gap = (1_010 / this.options.requestsPerSecond) * (now < this.#slowUntil ? SLOWER : 1);
    this.#nextStart = start + gap;
    if (start > now) await this.options.sleep(start - now);
  }
}
