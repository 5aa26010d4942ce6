/** How far something was at one moment. */
interface Sample {
  /** Milliseconds on any steady clock. */
  readonly at: number;
  readonly done: number;
}

/** What is known of the pace and the end of something. */
export interface Forecast {
  readonly samples: readonly Sample[];
  /** When it will end, on the clock of the samples; null while that cannot be told. */
  readonly endsAt: number | null;
}

/** Nothing is known yet. */
export const UNKNOWN_END: Forecast = { samples: [], endsAt: null };

const WINDOW = 60_000;
// A pace judged from less than this jumps about more than it tells.
const LEAST = 3_000;
/** How slowly a forecast follows a pace that changes: a pause of a second or two is no news. */
const INERTIA = 20_000;

/**
 * Takes a sample in. The end follows the pace of the last minute, and it follows slowly: what is shown counts down and does
 * not jump. Something that begins again, such as a second read, is forecast anew.
 */
export function watch({ samples, endsAt }: Forecast, sample: Sample, total: number): Forecast {
  const last = samples.at(-1);
  if (last !== undefined && sample.done < last.done) return watch(UNKNOWN_END, sample, total);
  const firstRecent = samples.findIndex((earlier) => sample.at - earlier.at <= WINDOW);
  const from = firstRecent === -1 ? samples.length - 1 : firstRecent - 1;
  // One older sample stays, so that the window is full.
  const kept = [...samples.slice(Math.max(0, from)), sample];
  const seen = endAt(kept, total);
  if (seen === null || endsAt === null || last === undefined) return { samples: kept, endsAt: seen ?? endsAt };
  const share = 1 - Math.exp((last.at - sample.at) / INERTIA);
  return { samples: kept, endsAt: endsAt + (seen - endsAt) * share };
}

/** Seconds that are left at a moment, or null while that cannot be told. */
export function secondsLeft({ endsAt }: Forecast, now: number): number | null {
  return endsAt === null ? null : Math.max(0, (endsAt - now) / 1000);
}

/** "about 3 min 20 s left", in steps that are as coarse as the forecast is. */
export function sayLeft(seconds: number): string {
  if (seconds < 5) return 'a few seconds left';
  if (seconds < 60) return `about ${Math.ceil(seconds / 5) * 5} s left`;
  if (seconds < 600) {
    const rounded = Math.ceil(seconds / 20) * 20;
    return `about ${sayMinutes(Math.floor(rounded / 60))}${rounded % 60 === 0 ? '' : ` ${rounded % 60} s`} left`;
  }
  const minutes = Math.ceil(seconds / 60);
  return `about ${sayMinutes(minutes < 60 ? minutes : Math.ceil(minutes / 5) * 5)} left`;
}

function sayMinutes(minutes: number): string {
  const rest = minutes % 60;
  if (minutes < 60) return `${minutes} min`;
  return `${Math.floor(minutes / 60)} h${rest === 0 ? '' : ` ${rest} min`}`;
}

function endAt(samples: readonly Sample[], total: number): number | null {
  const first = samples[0];
  const last = samples.at(-1);
  if (first === undefined || last === undefined || last.at - first.at < LEAST || last.done <= first.done) return null;
  const perMillisecond = (last.done - first.done) / (last.at - first.at);
  return last.at + (total - last.done) / perMillisecond;
}
