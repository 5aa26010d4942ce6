/** Form fields in the order sent. */
export type Fields = readonly (readonly [name: string, value: string])[];

/** A PHP array: keys in the order of their first use, numbers included. */
export type PhpArray = Map<string, PhpValue>;
type PhpValue = string | PhpArray;

/** Marks a value with invalid UTF-8: a lone surrogate, which no valid text contains. */
const BROKEN = '\ud800';

/** Reads `a=1&b[c]=2`; `text` has one character per byte. */
export function readUrlEncoded(text: string): Fields {
  return text
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const at = pair.indexOf('=');
      return at < 0 ? [decode(pair), ''] : [decode(pair.slice(0, at)), decode(pair.slice(at + 1))];
    });
}

/**
 * Nests fields by the brackets in their names, as PHP does. Fields after the first `limit` are dropped silently.
 *
 * Source: https://www.php.net/manual/en/info.configuration.php#ini.max-input-vars
 */
export function nestFields(fields: Fields, limit: number): PhpArray {
  const nested: PhpArray = new Map();
  for (const [name, value] of fields.slice(0, limit)) {
    const [, head = name, brackets = ''] = /^([^[]+)((?:\[[^\]]*\])*)/.exec(name) ?? [];
    const inner = [...brackets.matchAll(/\[([^\]]*)\]/g)].map(([, key = '']) => key);
    put(nested, [head, ...inner], value);
  }
  return nested;
}

/** The text of a parameter, or null. */
export function textOf(parameters: PhpArray, name: string): string | null {
  const value = parameters.get(name);
  return typeof value === 'string' ? value : null;
}

function put(array: PhpArray, [key = '', ...rest]: readonly string[], value: string): void {
  const place = key === '' ? nextNumber(array) : key;
  if (rest.length === 0) {
    array.set(place, value);
    return;
  }
  const held = array.get(place);
  const inner: PhpArray = held instanceof Map ? held : new Map();
  array.set(place, inner);
  put(inner, rest, value);
}

/** The key for empty brackets: each use makes a new element. */
function nextNumber(array: PhpArray): string {
  const numbers = [...array.keys()].filter((one) => /^\d+$/.test(one)).map(Number);
  return String(numbers.reduce((most, one) => Math.max(most, one), -1) + 1);
}

// PHP keeps a byte order mark.
const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function decode(text: string): string {
  const bytes = text
    .replaceAll('+', ' ')
    .replace(/%([\dA-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  try {
    return UTF8.decode(Buffer.from(bytes, 'latin1'));
  } catch {
    return BROKEN;
  }
}
