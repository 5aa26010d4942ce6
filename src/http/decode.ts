import { isUtf8 } from 'node:buffer';

/** Charsets besides UTF-8 that an answer may declare, as `TextDecoder` calls them. */
const SUPPORTED: ReadonlySet<string> = new Set(['windows-1252', 'iso-8859-15', 'utf-16le', 'utf-16be']);

/**
 * The text of a body by its declared charset; JSON without one is UTF-8 (RFC 8259, section 8.1). A charset that is not
 * known is read as UTF-8 too, which bytes of another one hardly ever are.
 *
 * @returns null where the bytes are not of that charset: no character is ever guessed
 */
export function strictText(bytes: Buffer, contentType: string | undefined): string | null {
  const charset = charsetIn(contentType);
  if (charset === null || !SUPPORTED.has(charset)) return isUtf8(bytes) ? bytes.toString('utf8') : null;
  try {
    return new TextDecoder(charset, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** The text of an error's body, for people: bytes that are not of the charset are read as Western European. */
export function lenientText(bytes: Buffer, contentType: string | undefined): string {
  return strictText(bytes, contentType) ?? new TextDecoder('windows-1252').decode(bytes);
}

const CHARSET = /;\s*charset\s*=\s*["']?([^\s"';,]+)/i;
const LONGEST_TYPE = 200;

// The names are those of https://encoding.spec.whatwg.org/#names-and-labels, where ISO-8859-1 is a name of windows-1252.
function charsetIn(contentType: string | undefined): string | null {
  const label = CHARSET.exec((contentType ?? '').slice(0, LONGEST_TYPE))?.[1];
  if (label === undefined) return null;
  try {
    return new TextDecoder(label).encoding;
  } catch {
    return null;
  }
}
