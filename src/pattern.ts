import { createRequire } from 'node:module';

/** A regular expression that somebody wrote in a config: found anywhere in a text, without case, in linear time. */
export interface Pattern {
  /** As it was written. */
  readonly source: string;
  test(text: string): boolean;
}

/** A pattern that may be asked for a part of what it finds. */
export interface CapturingPattern extends Pattern {
  /** What its first group holds where it is found; null where it is not found, or has no group. */
  capture(text: string): string | null;
}

/** Takes the end of a sentence that says why a pattern cannot be used: "is not a regular expression: …". */
type Refuse<Refused> = (problem: string) => Refused;

const FLAGS = 'iu';
// Without a quantifier or a group every engine is done after one look at each place of the text.
const MAY_BE_SLOW = /[*+?{(]|\\[1-9k]/;
const BACK_REFERENCE = /\\(?:[1-9]|k<)/;
const LOOK_AROUND = /\(\?<?[=!]/;
const UNICODE_NAME = /\\[pP]\{/;

/**
 * Readies a pattern. The engine of Node takes time that doubles with every letter for patterns such as `^(\w+\s?)+$`, and
 * HR values come from outside. RE2 takes linear time for all patterns; in exchange it knows no look-around and no back
 * references. It is loaded at the first pattern that needs it: most are plain.
 */
export function readPattern<Refused>(source: string, refuse: Refuse<Refused>): CapturingPattern | Refused {
  const native = nativeProblem(source);
  if (native !== null) return refuse(`is not a regular expression: ${native}`);
  if (!MAY_BE_SLOW.test(source)) {
    const plain = new RegExp(spaced(source), FLAGS);
    // A group is slow, so there is none here.
    return { source, test: (text) => plain.test(text), capture: () => null };
  }
  // The engine's translation takes \k<name> for the letter k.
  const known = source.replace(/\\\\/g, '');
  if (BACK_REFERENCE.test(known)) return refuse(unsupported('back references such as \\1'));
  if (LOOK_AROUND.test(known)) return refuse(unsupported('look-ahead and look-behind such as (?=…)'));
  const { RE2JS } = loadEngine();
  try {
    const engine = RE2JS.compile(RE2JS.translateRegExp(spaced(source)), RE2JS.CASE_INSENSITIVE);
    return {
      source,
      test: (text) => engine.test(text),
      capture(text) {
        const found = engine.matcher(text);
        return found.find() && found.groupCount() > 0 ? (found.group(1) ?? null) : null;
      },
    };
  } catch (error) {
    const reason = error instanceof Error ? error.message.split(': ').slice(1).join(': ') : 'it cannot be read';
    const hint = UNICODE_NAME.test(source) ? '; classes are written \\p{L}, \\p{Lu}, \\p{Greek}' : '';
    return refuse(`is not a pattern that takes linear time: ${reason}${hint}`);
  }
}

// An import would be a promise, and schemas of settings give their answer at once.
function loadEngine(): typeof import('re2js') {
  return createRequire(import.meta.url)('re2js');
}

function unsupported(what: string): string {
  return `holds what makes a pattern slow without bound: ${what} cannot be used; two conditions, one with matching and one with not_matching, often say the same`;
}

function nativeProblem(source: string): string | null {
  try {
    return new RegExp(source, FLAGS) instanceof RegExp ? null : source;
  } catch (error) {
    // Node quotes the pattern first and says what is wrong with it last.
    return error instanceof Error ? (error.message.split(': ').at(-1) ?? '') : 'it cannot be read';
  }
}

// Values are compared in composed form and with plain spaces, so a pattern must not ask for anything else.
function spaced(source: string): string {
  return source.normalize('NFC').replace(/[\u00A0\u1680\u2000-\u200A\u202F\u205F\u3000]/g, ' ');
}

/** A pattern that finds nothing but this text. */
export function literally(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
}
