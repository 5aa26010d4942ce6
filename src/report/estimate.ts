/** How far something was at one moment. */
export interface Sample {
  /** Milliseconds on any steady clock. */
  readonly at: number;
  readonly done: number;
}

const WINDOW = 30_000;
// A pace judged from less than this jumps about more than it tells.
const LEAST = 3_000;

/** Adds a sample and forgets those too old to tell the present pace; one older stays, so that the window is full. */
export function addSample(samples: readonly Sample[], sample: Sample): readonly Sample[] {
  const firstRecent = samples.findIndex((earlier) => sample.at - earlier.at <= WINDOW);
  const from = firstRecent === -1 ? samples.length - 1 : firstRecent - 1;
  return [...samples.slice(Math.max(0, from)), sample];
}

/** Seconds until `total` is reached at the pace of the samples, or null while that cannot be told. */
export function secondsLeft(samples: readonly Sample[], total: number): number | null {
  const first = samples[0];
  const last = samples.at(-1);
  if (first === undefined || last === undefined || last.at - first.at < LEAST || last.done <= first.done) return null;
  const perSecond = ((last.done - first.done) * 1000) / (last.at - first.at);
  return Math.max(0, (total - last.done) / perSecond);
}
