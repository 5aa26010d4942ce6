/** A list as JSON text, one item a line, without holding it in memory. */
export async function* listText<Item>(
  items: AsyncIterable<Item>,
  render: (item: Item) => string,
): AsyncGenerator<string> {
  let separator = '[\n';
  for await (const item of items) {
    yield separator + render(item);
    separator = ',\n';
  }
  yield separator === '[\n' ? '[]' : '\n]';
}
