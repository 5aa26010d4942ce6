// The value may be quoted, in JSON perhaps with a backslash before the quote.
const NAMED =
  /\b((?:client[_-]?|app[_-]?)?secret|pass(?:word|phrase|wd)|api[_-]?key|private[_-]?key|(?:ws|access[_-]?|refresh[_-]?|id[_-]?|auth[_-]?|api[_-]?)?token)(\\?["']?[ \t]{0,3}[:=]{1,2}>?[ \t]{0,3}\\?["']?)([^\s"'\\&,;<>{}()[\]]{4,})/gi;
const SCHEME =
  /\b(basic|bearer|token|digest|apikey)([ \t]{1,3}|%20|\+)((?:[\w+/.~-]|%2[bf])[\w+/.~%-]{3,}(?:={1,2}|(?:%3d){1,2})?)/gi;
const HEADER =
  /\b((?:proxy-)?authorization|x-api-key|cookie|set-cookie)(\\?["']?[ \t]{0,3}[:=]>?[ \t]{0,3}\\?["']?)(?!(?:basic|bearer|token|digest|apikey)\b)([^\s"'\\,;<>]{4,})/gi;

/**
 * A text without what it says to be a credential: what follows `Authorization:`, `Bearer`, `client_secret=` and their like.
 * For credentials that we do not know: a far end may show another one than was sent. Ordinary sentences ("password: must be
 * longer", "Bearer authentication failed") stay.
 */
export function withoutCredentialPhrases(text: string): string {
  return text
    .replace(HEADER, (all, name: string, between: string, value: string) =>
      isNoWord(value) ? `${name}${between}***` : all,
    )
    .replace(SCHEME, (all, scheme: string, between: string, value: string) =>
      isNoWord(value) ? `${scheme}${between}***` : all,
    )
    .replace(NAMED, (all, name: string, between: string, value: string) =>
      isAssigned(between) || isNoWord(value) ? `${name}${between}***` : all,
    );
}

// In `a=b` and `"a":"b"` stands a value, whatever it looks like; after `a: ` a sentence may go on.
function isAssigned(between: string): boolean {
  return between.includes('=') || /["'][ \t]*:[ \t]*\\?["']/.test(between);
}

/** So many characters in one piece are no word. */
const LONGEST_WORD = 24;

function isNoWord(value: string): boolean {
  return /\d/.test(value) || /[a-z][A-Z]/.test(value) || value.endsWith('=') || value.length > LONGEST_WORD;
}

/** Pieces that may be one token: a dot, a slash or a space ends them, so that addresses and sentences fall apart. */
const LONG_PIECE = /[\w+~-]{20,}={0,2}/g;
/** Ids that LMSs and HR systems show and an operator looks for: of 24 hex digits, and UUIDs. */
const KNOWN_ID = /^([\da-f]{24}|[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12})$/i;

/**
 * A text without pieces that nobody would write by hand: 20 characters or more in which letters and digits change often.
 * For texts of which nobody knows any more what had been sent before they came; ids of two usual forms stay.
 */
export function withoutRandomPieces(text: string): string {
  return text.replace(LONG_PIECE, (piece) => (KNOWN_ID.test(piece) || !isRandom(piece) ? piece : '***'));
}

function isRandom(piece: string): boolean {
  // Names such as custom_field_2024_cost_center change from word to number, but not within a part.
  return piece.split(/[_~-]/).some((part) => part.length >= 8 && changesIn(part) >= 4);
}

function changesIn(part: string): number {
  const kinds = Array.from(part, (character) => (/\d/.test(character) ? 0 : /[A-Z]/.test(character) ? 1 : 2));
  const digits = kinds.filter((kind) => kind === 0).length;
  // Without digits only a change of case within the word tells, and camelCase changes case, too.
  if (digits === 0) return 0;
  return kinds.filter((kind, index) => index > 0 && kind !== kinds[index - 1]).length;
}
