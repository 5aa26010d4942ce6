/** Things that several workers need at the same time, done together. */
export interface Gathering<Item> {
  /** Does one piece of work, which may ask for things on its way. */
  during<Result>(work: () => Promise<Result>): Promise<Result>;
  /** Asks for one thing; resolves once it is done, throws what became of it otherwise. */
  ask(item: Item): Promise<void>;
}

interface Waiting<Item> {
  readonly item: Item;
  readonly settle: (error: unknown) => void;
}

/**
 * Gathers until everybody who is at work waits: nobody could add anything then, and a longer wait would gain nothing.
 * `carryOut` gives the errors of those items that failed, and throws what is true of all of them.
 */
export function createGathering<Item>(
  carryOut: (items: readonly Item[]) => Promise<ReadonlyMap<Item, unknown>>,
): Gathering<Item> {
  let atWork = 0;
  let busy = 0;
  let waiting: Waiting<Item>[] = [];

  function look(): void {
    if (waiting.length === 0 || waiting.length + busy < atWork) return;
    const batch = waiting;
    waiting = [];
    busy += batch.length;
    void finish(batch);
  }

  async function finish(batch: readonly Waiting<Item>[]): Promise<void> {
    let failures: ReadonlyMap<Item, unknown>;
    try {
      failures = await carryOut(batch.map(({ item }) => item));
    } catch (error) {
      failures = new Map(batch.map(({ item }) => [item, error]));
    }
    busy -= batch.length;
    for (const { item, settle } of batch) settle(failures.get(item));
  }

  return {
    async during(work) {
      atWork += 1;
      try {
        return await work();
      } finally {
        atWork -= 1;
        look();
      }
    },
    async ask(item) {
      const error = await new Promise<unknown>((settle) => {
        waiting.push({ item, settle });
        // Not at once, so that those who begin at the same moment can still come along.
        setImmediate(look);
      });
      if (error !== undefined) throw error;
    },
  };
}
