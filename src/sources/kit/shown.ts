/** What a field holds that cannot be read, as a message shows it: `"31.12.2020"`. */
export function shownValue(held: unknown): string {
  const isPlain = typeof held === 'string' || typeof held === 'number' || typeof held === 'boolean';
  return isPlain ? `"${String(held).slice(0, 40)}"` : 'a value of unknown shape';
}
