/** So many requests in so many seconds; with `coolDown`, a refusal closes the door for that many seconds. */
export interface RateLimit {
  readonly requests: number;
  readonly seconds: number;
  readonly coolDown?: number;
}

/** A bucket that holds one window's worth of requests and refills evenly. */
export class RateLimiter {
  private used = 0;
  private last = 0;
  private closedUntil = 0;

  /** Whether one more request fits now (milliseconds since 1970); counts it if so. */
  admit(limit: RateLimit, now: number): boolean {
    if (now < this.closedUntil) return false;
    const refilled = ((now - this.last) / 1000) * (limit.requests / limit.seconds);
    this.used = Math.max(0, this.used - refilled);
    this.last = now;
    if (this.used + 1 > limit.requests) {
      this.closedUntil = limit.coolDown === undefined ? 0 : now + limit.coolDown * 1000;
      return false;
    }
    this.used += 1;
    return true;
  }

  /** How many more requests fit at the instant of the last one. */
  left(limit: RateLimit): number {
    return limit.requests - this.used;
  }
}
