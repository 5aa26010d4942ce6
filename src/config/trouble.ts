import leven from 'leven';

/** The way to a value in the file, as keys and list indices. */
export type Path = readonly PropertyKey[];

/** Something wrong with the config that knows its path, but not yet its line and column. */
export interface Trouble {
  readonly path: Path;
  readonly message: string;
  /** What to write instead, literally, where that is known. */
  readonly suggestion: string | null;
}

/** A path as people write it: `employees.filter[0].field`. */
export function pathText(path: Path): string {
  const text = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`)).join('');
  return path.length === 0 ? 'the file' : text.replace(/^\./, '');
}

/**
 * The one of `words` that somebody most likely meant, or null when none is within `distance` letters. Case, space and
 * hyphen do not count.
 */
export function nearest(
  word: string,
  words: readonly string[],
  distance = Math.min(3, Math.floor(word.length / 2)),
): string | null {
  const ranked = words
    .map((candidate) => ({ candidate, away: leven(plain(word), plain(candidate)) }))
    .filter(({ away }) => away <= distance)
    .sort((left, right) => left.away - right.away);
  return ranked[0]?.candidate ?? null;
}

function plain(word: string): string {
  return word.toLowerCase().replace(/[\s-]+/g, '_');
}
