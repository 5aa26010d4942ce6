/**
 * What two spellings of one address have in common: without surrounding space, in lower case, in Unicode's composed
 * form. Two addresses with the same key count as one address everywhere.
 */
export function emailKey(address: string): string {
  return address.normalize('NFKC').toLowerCase().normalize('NFKC').trim();
}

// One @, something on both sides, a dot in the domain, no space, control character or half a character. Deliverability
// is the mail system's to judge; Unicode is allowed on both sides, as in jürgen@exämple.de.
const SHAPE =
  /^[^\s@<>(),;:\\"[\]\p{Cc}\p{Cf}\p{Cs}]+@[^\s@<>(),;:\\"[\]\p{Cc}\p{Cf}\p{Cs}]+\.[^\s@<>(),;:\\"[\]\p{Cc}\p{Cf}\p{Cs}]+$/u;

/** Whether a text has the shape of an e-mail address (at most 254 characters). */
export function isEmail(text: string): boolean {
  return text.length <= 254 && SHAPE.test(text) && !text.includes('..');
}
