import { normaliseText } from '../../core/text.js';

// What Excel is told by exporters that want to keep leading zeros: ="000123".
const AS_TEXT = /^="(.*)"$/s;
// The apostrophe that keeps a cell from being read as a number or a formula. Before a letter it is part of a name: 't Hart.
const GUARDED = /^'(?=[=+\-@\d])/;

/** The text of a cell as somebody would read it: trimmed, in one spelling, without what was put there for Excel. */
export function textOfCell(cell: string): string {
  const text = normaliseText(cell);
  const first = text.charCodeAt(0);
  // Nothing but `=` and `'` begins a trick.
  if (first !== 0x3d && first !== 0x27) return text;
  const inner = AS_TEXT.exec(text)?.[1];
  return inner === undefined ? text.replace(GUARDED, '') : normaliseText(inner);
}

/** Tells which texts mean "no value", without case. */
export function emptyTest(emptyValues: readonly string[]): (text: string) => boolean {
  const empty = new Set(emptyValues.map((value) => textOfCell(value).toLowerCase()));
  const longest = Math.max(0, ...[...empty].map(({ length }) => length));
  return (text) => text === '' || (text.length <= longest && empty.has(text.toLowerCase()));
}

/** Whether an exporter lost a character of a text: it wrote U+FFFD in its place. */
export function isDamaged(text: string): boolean {
  return text.includes('\ufffd');
}

const NUMBER_LIKE = /^[+-]?\d[\d.,']*$/;

/** Whether a text is made of digits and separators alone, and whether it has a separator. */
export function shapeOfNumber(text: string): 'text' | 'digits' | 'separated' {
  if (!NUMBER_LIKE.test(text)) return 'text';
  return /[.,']/.test(text) ? 'separated' : 'digits';
}

const GROUPED: Readonly<Record<'.' | ',', RegExp>> = {
  '.': /^[+-]?(\d+|\d{1,3}([,']\d{3})+)(\.\d+)?$/,
  ',': /^[+-]?(\d+|\d{1,3}([.']\d{3})+)(,\d+)?$/,
};

/** A number with a decimal point and nothing between thousands; undefined where the text is no such number. */
export function numberText(text: string, decimal: '.' | ','): string | undefined {
  if (!GROUPED[decimal].test(text)) return undefined;
  const [whole = '', fraction] = text.split(decimal);
  const digits = whole.replace(/[.,']/g, '');
  return fraction === undefined ? digits : `${digits}.${fraction}`;
}
