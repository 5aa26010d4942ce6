import { broken } from './broken.js';

/** What the first line of a file says of its form. */
export interface Dialect {
  readonly delimiter: string;
  /** The text without a first line that only names the delimiter. */
  readonly text: string;
  /** Number of lines taken off. */
  readonly linesBefore: number;
}

const CANDIDATES = [',', ';', '\t', '|'];
// Excel's own first line: sep=; (quoted where an exporter quotes everything).
const NAMES_DELIMITER = /^"?sep=(.)"?\r?(?:\n|$)/i;
const OTHER_FORMATS = /^\s*(?:<[!?a-z]|\{|\[\s*(?:[{"\]]|$))/i;

/** Longest header line, in characters; a longer one is none. */
export const LONGEST_HEADER = 1_000_000;

/** Whether a text holds the whole header line, a first line with the delimiter included. */
export function hasHeader(text: string, quote: string): boolean {
  const named = NAMES_DELIMITER.exec(text);
  return text.length > LONGEST_HEADER || headerLine(text.slice(named?.[0].length ?? 0), quote).ended;
}

/** Reads the form of a file from its beginning, which must hold the header line. */
export function dialectOf(start: string, setting: string, quote: string, name: string): Dialect {
  if (OTHER_FORMATS.test(start)) throw broken(`${name} holds HTML, XML or JSON instead of CSV: look at the export`);
  const named = NAMES_DELIMITER.exec(start);
  if (named !== null) {
    return { delimiter: named[1] ?? ',', text: start.slice(named[0].length), linesBefore: 1 };
  }
  if (setting !== 'auto') return { delimiter: setting, text: start, linesBefore: 0 };
  const { line } = headerLine(start, quote);
  const counts = CANDIDATES.map((candidate) => outsideQuotes(line, candidate, quote));
  const most = Math.max(...counts);
  return { delimiter: CANDIDATES[counts.indexOf(most)] ?? ',', text: start, linesBefore: 0 };
}

/** The first line that is not empty, line breaks within quotes included. */
function headerLine(text: string, quote: string): { readonly line: string; readonly ended: boolean } {
  const from = /^[\r\n ]*/.exec(text)?.[0].length ?? 0;
  let isQuoted = false;
  for (let at = from; at < text.length; at += 1) {
    const character = text[at];
    if (character === quote) isQuoted = !isQuoted;
    else if (!isQuoted && (character === '\n' || character === '\r'))
      return { line: text.slice(from, at), ended: true };
  }
  return { line: text.slice(from), ended: false };
}

function outsideQuotes(line: string, candidate: string, quote: string): number {
  let isQuoted = false;
  let found = 0;
  for (const character of line) {
    if (character === quote) isQuoted = !isQuoted;
    else if (!isQuoted && character === candidate) found += 1;
  }
  return found;
}
