/**
 * What two spellings of one address have in common: without surrounding space, in lower case, in Unicode's composed
 * form. Two addresses with the same key count as one address everywhere.
 */
export function emailKey(address: string): string {
  return address.normalize('NFKC').toLowerCase().normalize('NFKC').trim();
}

// One @, something on both sides, no space, control character or half a character. Deliverability is the mail system's to
// judge; Unicode is allowed on both sides, as in jürgen@exämple.de.
const SHAPE = /^[^\s@<>(),;:\\"[\]\p{Cc}\p{Cf}\p{Cs}]+@[^\s@<>(),;:\\"[\]\p{Cc}\p{Cf}\p{Cs}]+$/u;

/**
 * Whether a text has the shape of an e-mail address (at most 254 characters): no dot at the beginning or the end of either
 * side, no two in a row, and a domain of at least two parts that a name server can know.
 */
export function isEmail(text: string): boolean {
  if (text.length > 254 || !SHAPE.test(text)) return false;
  const at = text.indexOf('@');
  const labels = text.slice(at + 1).split('.');
  if (text.slice(0, at).split('.').includes('') || labels.length < 2) return false;
  return labels.every(isLabel) && !/^\d+$/.test(labels.at(-1) ?? '');
}

function isLabel(label: string): boolean {
  return label !== '' && label.length <= 63 && !label.startsWith('-') && !label.endsWith('-');
}
