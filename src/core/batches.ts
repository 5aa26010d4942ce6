/** Cuts a list into batches, so that no look-up and no transaction grows with the company. */
export function* batchesOf<Item>(items: Iterable<Item>, size = 500): Generator<Item[]> {
  let batch: Item[] = [];
  for (const item of items) {
    batch.push(item);
    if (batch.length === size) {
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;
}
