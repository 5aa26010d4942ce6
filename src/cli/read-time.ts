import type { ReadTime } from '../sync/read/read-time.js';

/** Longest wait that a timer of Node.js can be set to, in ms. */
const LONGEST = 2 ** 31 - 1;

/** Starts the time that a run may spend reading; without a bound there is none. The signal ends what the adapters have under way. */
export function startReadTime(minutes: number | undefined): (ReadTime & { readonly signal: AbortSignal }) | undefined {
  if (minutes === undefined) return undefined;
  const time = new AbortController();
  const timer = setTimeout(() => time.abort(), Math.min(LONGEST, minutes * 60_000));
  return {
    signal: time.signal,
    get isUp() {
      return time.signal.aborted;
    },
    end: () => clearTimeout(timer),
  };
}
