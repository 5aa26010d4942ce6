// Every space, tab and line break. U+FEFF, which `\s` counts in, takes no room: it is a mark.
const SPACES = /[^\S\ufeff]+|[\u0085]+/g;

// Marks that take no room: soft hyphen, directions, zero-width spaces and joiners, the byte order mark.
const MARKS = new Set(
  [0x00ad, 0x061c, 0x180e, 0xfeff, ...range(0x200b, 0x200f), ...range(0x202a, 0x202e), ...range(0x2060, 0x206f)].map(
    (code) => String.fromCharCode(code),
  ),
);

/**
 * One spelling for texts that look the same: Unicode's composed form (NFC), every run of spaces, tabs and line breaks as
 * one space, U+0000 removed, spaces and zero-width marks trimmed from both ends. Inside a text zero-width marks stay:
 * they join letters in Persian, Hindi and emoji. A text of nothing else becomes the empty text.
 */
export function normaliseText(text: string): string {
  if (isPlain(text)) return text;
  return trimmed(text.normalize('NFC').replaceAll('\u0000', '').replace(SPACES, ' ').replace(/ {2,}/g, ' '));
}

// Text that is normalised already, as nearly every text is: European letters, digits and signs, with single spaces between
// them. Looked at by hand, because this is done to every value of everybody: a tenth of the time that a pattern takes.
function isPlain(text: string): boolean {
  let wasSpace = true;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    const isSpace = code === 0x20;
    if (isSpace && wasSpace) return false;
    // Below U+0300 there is no character that NFC would change, and no mark but the soft hyphen.
    const isLetter = (code > 0x20 && code < 0x7f) || (code > 0xa0 && code < 0x300 && code !== 0xad);
    if (!isSpace && !isLetter) return false;
    wasSpace = isSpace;
  }
  return !wasSpace;
}

// By hand: a pattern that looks for the end from every place in a long run takes the square of its length.
function trimmed(text: string): string {
  let from = 0;
  let to = text.length;
  while (from < to && isNothing(text.charAt(from))) from += 1;
  while (to > from && isNothing(text.charAt(to - 1))) to -= 1;
  return text.slice(from, to);
}

function isNothing(character: string): boolean {
  return character === ' ' || MARKS.has(character);
}

function range(from: number, to: number): readonly number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}
