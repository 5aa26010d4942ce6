// Texts of these characters alone, with single spaces inside, are in the normal form already; nearly all are.
const PLAIN = /^[!-~]+(?: [!-~]+)*$/;
const INVISIBLE = /[\0\u00AD\u180E\u200B-\u200F\u2060-\u2064\uFEFF]/gu;
const SPACES = /[\s\u0085]+/gu;

/**
 * A text in the form in which two texts are compared: Unicode's composed form, every run of spaces and line breaks as one
 * space, without zero-width marks, U+0000 and space at the ends.
 */
export function normaliseText(text: string): string {
  if (PLAIN.test(text)) return text;
  return text.normalize('NFC').replace(INVISIBLE, '').replace(SPACES, ' ').trim();
}
