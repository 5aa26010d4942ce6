/** Some of a list that stand together. */
export interface Group<Item, Key> {
  readonly key: Key;
  /** How many there are in all. */
  readonly total: number;
  readonly items: AsyncIterable<Item>;
}

/**
 * Sorts a list into groups without holding it in memory: it is read once to count, then once for each group that has
 * items. Groups come in the given order; items with another key are left out.
 */
export async function* inGroups<Item, Key>(
  read: () => AsyncIterable<Item>,
  keyOf: (item: Item) => Key,
  order: readonly Key[],
): AsyncGenerator<Group<Item, Key>> {
  const totals = new Map<Key, number>();
  for await (const item of read()) {
    const key = keyOf(item);
    totals.set(key, (totals.get(key) ?? 0) + 1);
  }
  for (const key of order) {
    const total = totals.get(key) ?? 0;
    if (total > 0) yield { key, total, items: only(read(), (item) => keyOf(item) === key) };
  }
}

/** The items of a list that pass a test. */
export async function* only<Item>(items: AsyncIterable<Item>, test: (item: Item) => boolean): AsyncGenerator<Item> {
  for await (const item of items) if (test(item)) yield item;
}

/** The first items of a list; the rest is not read. */
export async function* firstOf<Item>(items: AsyncIterable<Item>, limit: number): AsyncGenerator<Item> {
  let taken = 0;
  for await (const item of items) {
    if (taken >= limit) return;
    taken += 1;
    yield item;
  }
}
