/** A clock that stands still while there is work, and otherwise jumps to whoever wants to be woken next. */
export interface VirtualTime {
  readonly now: () => Date;
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** Lets time pass until the work is done. */
  until<Result>(work: Promise<Result>): Promise<Result>;
}

export function virtualTime(): VirtualTime {
  let now = Date.UTC(2026, 10, 24, 2, 0, 0);
  const sleepers: { readonly at: number; readonly wake: () => void }[] = [];
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  return {
    now: () => new Date(now),
    sleep: (milliseconds) => new Promise((wake) => sleepers.push({ at: now + milliseconds, wake })),
    async until(work) {
      let isDone = false;
      const end = () => {
        isDone = true;
      };
      work.then(end, end);
      for (await settle(); !isDone; await settle()) {
        const next = sleepers.sort((a, b) => a.at - b.at).shift();
        if (next === undefined) throw new Error('everybody waits, and nobody for the clock');
        now = next.at;
        next.wake();
      }
      return work;
    },
  };
}
