import { literally } from './pattern.js';

/** Takes what must not be seen out of a text. */
export type Scrub = (text: string) => string;

/** Takes known secrets out of texts, however they are spelled there. */
export interface Scrubber {
  /** Adds a secret; one that is shorter than the shortest is left out. */
  add(secret: string): void;
  readonly scrub: Scrub;
}

/** What stands where a secret stood. */
const MASK = '***';
/** A shorter form, in characters, would be found in ordinary words. */
const SHORTEST_FORM = 4;
/** The shortest secret that is looked for in base64 and hex: a shorter one would be found in ordinary words. */
const SHORTEST_ENCODED = 6;
/** The shortest beginning of a secret that is taken for one, in characters, where a text was cut off. */
const SHORTEST_BEGINNING = 8;
/** Encodings that lie around each other: a form inside a JSON text inside a JSON text. */
const LAYERS = 3;

/**
 * A scrubber. Each secret is found as it is, in base64 and base64url at any alignment, in hex, and percent-, form-, JSON-
 * and HTML-encoded, each as a whole or in parts. A text that ends in the middle of a secret loses that beginning too.
 * The time grows linearly with the text.
 *
 * @param shortest in characters; shorter secrets are not looked for
 * @param most secrets kept; the oldest are forgotten, so that a long process does not grow
 */
export function createScrubber({
  shortest = SHORTEST_FORM,
  most = 1_000,
}: {
  shortest?: number;
  most?: number;
} = {}): Scrubber {
  const secrets = new Set<string>();
  let forms: ReturnType<typeof formsOf> | null = null;

  return {
    add(secret) {
      if (secret.length < shortest || secrets.has(secret)) return;
      secrets.add(secret);
      const [oldest] = secrets;
      if (secrets.size > most && oldest !== undefined) secrets.delete(oldest);
      forms = null;
    },
    scrub(text) {
      if (secrets.size === 0 || text === '') return text;
      forms ??= formsOf([...secrets]);
      const { plain, encoded, shortestForm } = forms;
      const ranges: Range[] = [];
      // Most texts hold neither: reports redact every value, so this is worth a look before.
      if (text.length >= shortestForm) {
        for (const view of viewsOf(text)) {
          find(view, plain, ranges);
          if (encoded !== null) find(view, encoded, ranges, isBase64);
        }
      }
      const cut = beginningAtEnd(text, secrets);
      if (cut !== null) ranges.push(cut);
      return masked(text, ranges);
    },
  };
}

type Range = readonly [start: number, end: number];

/** A text with its encodings taken off; character `i` of it comes from `starts[i]` up to `starts[i + 1]` of the original. */
interface View {
  readonly text: string;
  readonly starts: readonly number[] | null;
}

function formsOf(secrets: readonly string[]) {
  // A secret that looks encoded itself (`%41`) loses that when a text around it is decoded.
  const plain = secrets
    .flatMap((secret) => [secret.replaceAll(' ', '+'), ...viewsOf(secret).map(({ text }) => text)])
    .filter((form) => form.length >= SHORTEST_FORM);
  const long = secrets.filter((secret) => secret.length >= SHORTEST_ENCODED);
  const hex = long.map((secret) => Buffer.from(secret).toString('hex'));
  const encoded = long.flatMap(base64Cores);
  return {
    plain: anyOf([...plain, ...hex, ...hex.map((text) => text.toUpperCase())]) ?? /(?!)/g,
    encoded: anyOf(encoded),
    shortestForm: Math.min(...[...plain, ...encoded].map((form) => form.length)),
  };
}

/** The part of a secret's base64 that does not depend on what stands before and after it, for each of three alignments. */
function base64Cores(secret: string): readonly string[] {
  const bytes = Buffer.from(secret);
  return [0, 1, 2].flatMap((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64url');
    const core = text.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6));
    return [core, core.replaceAll('-', '+').replaceAll('_', '/')];
  });
}

function anyOf(forms: readonly string[]): RegExp | null {
  if (forms.length === 0) return null;
  // The longest first, so that a secret inside another does not spoil the search for the longer.
  const longestFirst = [...new Set(forms)].sort((one, other) => other.length - one.length);
  return new RegExp(longestFirst.map(literally).join('|'), 'g');
}

// With `widen`, a hit takes along all characters around it that fit: the rest of a base64 word holds the rest of a secret.
function find({ text, starts }: View, pattern: RegExp, ranges: Range[], widen?: (character: string) => boolean): void {
  pattern.lastIndex = 0;
  let done = 0;
  for (let hit = pattern.exec(text); hit !== null; hit = pattern.exec(text)) {
    let [from, to] = [hit.index, hit.index + hit[0].length];
    if (widen !== undefined) {
      while (from > done && widen(text.charAt(from - 1))) from -= 1;
      while (to < text.length && widen(text.charAt(to))) to += 1;
    }
    pattern.lastIndex = done = to;
    ranges.push(starts === null ? [from, to] : [starts[from] ?? 0, starts[to] ?? 0]);
  }
}

function isBase64(character: string): boolean {
  return /^[\w+/=-]$/.test(character);
}

function masked(text: string, ranges: Range[]): string {
  if (ranges.length === 0) return text;
  ranges.sort(([one], [other]) => one - other);
  let clean = '';
  let done = 0;
  for (const [from, to] of ranges) {
    if (to <= done) continue;
    if (from >= done) clean += text.slice(done, from) + MASK;
    done = to;
  }
  return clean + text.slice(done);
}

function beginningAtEnd(text: string, secrets: Iterable<string>): Range | null {
  if (text.length < SHORTEST_BEGINNING) return null;
  const end = text.trimEnd().replace(/["'.…]{1,4}$/, '').length;
  const tail = text.slice(0, end);
  const last = tail.slice(-SHORTEST_BEGINNING);
  for (const secret of secrets) {
    if (last.length < SHORTEST_BEGINNING || !secret.includes(last)) continue;
    for (let length = Math.min(secret.length - 1, end); length >= SHORTEST_BEGINNING; length -= 1) {
      if (tail.endsWith(secret.slice(0, length))) return [end - length, end];
    }
  }
  return null;
}

function viewsOf(text: string): readonly View[] {
  const views: View[] = [{ text, starts: null }];
  for (let view = views[0]; view !== undefined && views.length <= LAYERS; ) {
    const next = decoded(view);
    if (next === null) break;
    views.push(next);
    view = next;
  }
  return views;
}

const ENCODED =
  /((?:%[\da-f]{2}){1,64})|\\(u[\da-f]{4}|["'\\/bfnrt])|&(#\d{1,7}|#x[\da-f]{1,6}|amp|lt|gt|quot|apos|nbsp);/gi;
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0' };
const ESCAPES: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

/** One layer of percent-, JSON- and HTML-encoding taken off, wherever it stands; null where there is none. */
function decoded({ text, starts }: View): View | null {
  if (!/[%&\\]/.test(text)) return null;
  const origin = (index: number) => (starts === null ? index : (starts[index] ?? 0));
  const pieces: string[] = [];
  const from: number[] = [];
  let done = 0;
  const keep = (until: number) => {
    pieces.push(text.slice(done, until));
    for (let index = done; index < until; index += 1) from.push(origin(index));
  };
  for (const hit of text.matchAll(ENCODED)) {
    keep(hit.index);
    for (const [character, offset] of charactersIn(hit)) {
      pieces.push(character);
      for (let unit = 0; unit < character.length; unit += 1) from.push(origin(hit.index + offset));
    }
    done = hit.index + hit[0].length;
  }
  if (done === 0) return null;
  keep(text.length);
  from.push(origin(text.length));
  return { text: pieces.join(''), starts: from };
}

/** What an encoded piece stands for, each character with the place in the piece where it begins. */
function charactersIn([, percent, escaped, entity]: RegExpMatchArray): readonly (readonly [string, number])[] {
  if (percent !== undefined) return characters(Buffer.from(percent.replaceAll('%', ''), 'hex'));
  if (escaped !== undefined) {
    const code = escaped.length > 1 ? Number.parseInt(escaped.slice(1), 16) : null;
    return [[code === null ? (ESCAPES[escaped] ?? escaped) : String.fromCharCode(code), 0]];
  }
  const name = (entity ?? '').toLowerCase();
  if (!name.startsWith('#')) return [[ENTITIES[name] ?? '', 0]];
  const code = name.startsWith('#x') ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
  return [[code <= 0x10ffff ? String.fromCodePoint(code) : '', 0]];
}

/** The characters of percent-encoded bytes: UTF-8 where they are, else one character for each byte. */
function characters(bytes: Buffer): readonly (readonly [string, number])[] {
  const found: [string, number][] = [];
  const text = bytes.toString('utf8');
  let at = 0;
  for (const character of text.includes('\ufffd') ? bytes.toString('latin1') : text) {
    found.push([character, at * 3]);
    at += text.includes('\ufffd') ? 1 : Buffer.byteLength(character);
  }
  return found;
}
