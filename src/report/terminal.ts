import stringWidth from 'string-width';

// Characters that are harmless, stand alone and take one column: nearly all text, and measured a hundred times faster.
const PLAIN = /^[\x20-\x7e\u00a1-\u00ac\u00ae-\u02ff→…]*$/;
// Everything that moves the cursor, turns the reading direction, or hides: controls, format characters, line and paragraph
// separators, private use, lone surrogates, invisible letters. Variation selectors stay: names and emoji need them.
const HARMFUL =
  /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}]|(?![\ufe00-\ufe0f\u{e0100}-\u{e01ef}])\p{Default_Ignorable_Code_Point}/gu;
// The one hidden character that is a part of what people see: it joins 👩 and 💻 to one picture.
const JOINED_PICTURES =
  /(?<=\p{Extended_Pictographic}[\ufe0f\u{1f3fb}-\u{1f3ff}]?)\u200d(?=\p{Extended_Pictographic})/gu;
// No script stacks more marks than this on one letter; hostile names stack thousands and paint over the lines above.
const STACKED_MARKS = /([\p{Mn}\p{Me}]{6})[\p{Mn}\p{Me}]+/gu;

const LOOKED_BACK = 2_000;
const LOOKED_AHEAD = 100;

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** How many columns a text takes on a terminal; colour codes take none. */
export function displayWidth(text: string): number {
  return PLAIN.test(text) ? text.length : stringWidth(text);
}

/**
 * Makes text from outside harmless for a terminal: what would control it or hide in it is shown instead (`␛`,
 * `\u{202E}`). With `maxWidth` the text is cut to so many columns, ending in `…`, never inside a character as people
 * see it.
 */
export function safeText(text: string, maxWidth?: number): string {
  const safe = PLAIN.test(text) ? text : showHidden(text);
  return maxWidth === undefined ? safe : cut(safe, maxWidth);
}

/** Safe text filled up with spaces, or cut, to exactly `width` columns. */
export function fitText(text: string, width: number, align: 'left' | 'right' = 'left'): string {
  const cell = safeText(text, width);
  const space = ' '.repeat(Math.max(0, width - displayWidth(cell)));
  return align === 'left' ? cell + space : space + cell;
}

/**
 * Sets pieces (words, or items that may be coloured) one after another, a new line wherever the next does not fit. The
 * first line begins with `head`, the others with as many spaces. A piece wider than a line goes on in the next at its
 * spaces; a word wider than a line is left whole, so that it can be copied.
 */
export function flow(pieces: readonly string[], width: number, head = '', separator = ' '): string[] {
  const indent = ' '.repeat(displayWidth(head));
  const lines: string[] = [];
  let line = '';
  for (const piece of pieces) {
    const longer = line === '' ? piece : line + separator + piece;
    if (displayWidth(longer) + indent.length <= width) {
      line = longer;
      continue;
    }
    if (line !== '') lines.push(line);
    line = piece;
    if (displayWidth(piece) + indent.length <= width || !piece.includes(' ')) continue;
    const broken = flow(piece.split(' '), width - indent.length);
    line = broken.pop() ?? '';
    lines.push(...broken);
  }
  if (line !== '') lines.push(line);
  return lines.map((text, index) => (index === 0 ? head : indent) + text.trimEnd());
}

/** A sentence in lines of at most `width` columns, made safe, hanging from `head`. */
export function wrapText(sentence: string, width: number, head = ''): string[] {
  return flow(safeText(sentence).split(' '), width, head);
}

/** Lines as one text, each with its line break. */
export function lines(all: readonly string[]): string {
  return all.map((line) => `${line}\n`).join('');
}

/**
 * The offsets of the characters (as people see them) with which both texts begin alike: of long texts only the last, by
 * far more than a line holds, because finding the characters of a hostile text takes seconds.
 */
export function commonOffsets(left: string, right: string): readonly number[] {
  let alike = 0;
  while (alike < left.length && left[alike] === right[alike]) alike += 1;
  const from = Math.max(0, alike - LOOKED_BACK);
  const offsets: number[] = [];
  for (const { segment, index } of graphemes.segment(left.slice(from, alike + LOOKED_AHEAD))) {
    if (!right.startsWith(segment, from + index)) break;
    offsets.push(from + index);
  }
  // What was cut off there may have been one character with the first.
  return from === 0 ? offsets : offsets.slice(1);
}

function showHidden(text: string): string {
  const joins = new Set([...text.matchAll(JOINED_PICTURES)].map((match) => match.index));
  return text
    .replace(HARMFUL, (character, offset: number) => (joins.has(offset) ? character : picture(character)))
    .replace(STACKED_MARKS, '$1…');
}

function picture(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20) return String.fromCodePoint(0x2400 + code);
  return code === 0x7f ? '␡' : `\\u{${code.toString(16).toUpperCase()}}`;
}

function cut(text: string, maxWidth: number): string {
  if (maxWidth <= 0) return '';
  if (PLAIN.test(text)) return text.length <= maxWidth ? text : `${text.slice(0, maxWidth - 1)}…`;
  let width = 0;
  let kept = 0;
  for (const { segment, index } of graphemes.segment(text)) {
    width += displayWidth(segment);
    if (width > maxWidth) return `${text.slice(0, kept)}…`;
    // The end of what may stay should an ellipsis have to follow.
    if (width <= maxWidth - 1) kept = index + segment.length;
  }
  return text;
}
