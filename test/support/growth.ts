const TIMES_LARGER = 8;
/** Shorter times than this say nothing about growth, in ms. */
const SHORTEST = 2;

/**
 * How many times longer the work takes for an input eight times as large: about 8 where time grows with the input alone,
 * about 64 where it grows with its square. What counts is the processor's time of this process, and the shortest of three
 * tries, so a busy machine does not matter.
 */
export function growth(work: (size: number) => unknown, size: number): number {
  const small = shortest(() => work(size));
  return shortest(() => work(size * TIMES_LARGER)) / Math.max(small, SHORTEST);
}

/** Below it time grows with the input; what grows with the square lies far above. */
export const LINEAR = 32;

function shortest(work: () => unknown): number {
  const times = [1, 2, 3].map(() => {
    const start = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1_000;
  });
  return Math.min(...times);
}
