/** One reservation: so many requests may begin, the first at `start` (epoch ms of the database's clock), `gap` ms apart. */
export interface Reservation {
  readonly start: number;
  readonly gap: number;
  readonly count: number;
}

/** Requests reserved at a time, and the most time that they may stand for, in ms. */
const MOST = 10;
const LONGEST = 2_000;
/** One per cent below the limit: two clocks never agree to the millisecond. */
const BELOW_LIMIT = 1.01;

/** Time between two requests, in ms. */
export function gapOf(perSecond: number): number {
  return (1_000 / perSecond) * BELOW_LIMIT;
}

/** How many requests a worker reserves at once. */
export function batchOf(perSecond: number): number {
  return Math.max(1, Math.min(MOST, Math.floor(LONGEST / gapOf(perSecond))));
}

/** The starting times of a reservation that are still to come; one that has just passed may be used at once. */
export function startsOf({ start, gap, count }: Reservation, now: number): readonly number[] {
  const starts = Array.from({ length: count }, (_, index) => start + index * gap);
  return starts.filter((at) => at > now - gap);
}
