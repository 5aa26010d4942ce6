/** Joins what several workers ask for at the same time, so that it is done together. */
export interface Batcher<Item, Result = void> {
  /** Does one piece of work, which may ask for things on its way. */
  during<Outcome>(work: () => Promise<Outcome>): Promise<Outcome>;
  /** Asks for one thing; gives what came of it once it is done, or throws. */
  ask(item: Item): Promise<Result>;
}

interface QueuedItem<Item, Result> {
  readonly item: Item;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Joins items until all workers wait: nobody could add anything then, and a longer wait would gain nothing.
 * `carryOut` throws what is true of all items; what it returns gives the result of one item, or throws its error.
 */
export function createBatcher<Item, Result = void>(
  carryOut: (items: readonly Item[]) => Promise<(item: Item) => Result>,
): Batcher<Item, Result> {
  let atWork = 0;
  let busy = 0;
  let waiting: QueuedItem<Item, Result>[] = [];

  function look(): void {
    if (waiting.length === 0 || waiting.length + busy < atWork) return;
    const batch = waiting;
    waiting = [];
    busy += batch.length;
    void finish(batch);
  }

  async function finish(batch: readonly QueuedItem<Item, Result>[]): Promise<void> {
    let resultOf: (item: Item) => Result;
    try {
      resultOf = await carryOut(batch.map(({ item }) => item));
    } catch (error) {
      resultOf = () => {
        throw error;
      };
    }
    busy -= batch.length;
    for (const { item, resolve, reject } of batch) {
      try {
        resolve(resultOf(item));
      } catch (error) {
        reject(error);
      }
    }
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
    ask: (item) =>
      new Promise<Result>((resolve, reject) => {
        waiting.push({ item, resolve, reject });
        // Not at once, so that workers that begin at the same moment can still join.
        setImmediate(look);
      }),
  };
}
