/** Keys under which APIs write the sentence of an error, the most telling first. */
const KEYS = ['message', 'error_description', 'detail', 'title', 'error', 'errors'];
const DEEPEST = 8;

/** What an error's body says, as one sentence in the far end's own words; empty where it says nothing. */
export function wordsOf(body: unknown, depth = 1): string {
  if (typeof body === 'string') return isWebPage(body) ? 'a web page' : body.trim();
  if (typeof body !== 'object' || body === null || depth > DEEPEST) return '';
  for (const key of KEYS) {
    const value: unknown = Object.hasOwn(body, key) ? Reflect.get(body, key) : undefined;
    const [first]: unknown[] = Array.isArray(value) ? value : [value];
    const words = typeof first === 'string' ? first.trim() : wordsOf(first, depth + 1);
    if (words !== '') return words;
  }
  return '';
}

/** Whether a body is a web page instead of what an API answers. */
export function isWebPage(body: unknown): boolean {
  return typeof body === 'string' && /^\s*</.test(body);
}
