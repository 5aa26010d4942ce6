import { caseless } from './caseless.js';

/** Longest word, in letters, for which a near one is looked for: the work grows with the square. */
const LONGEST = 100;

/**
 * The one of `words` that somebody most likely meant, or null when none is near. Capitals, spaces, hyphens and underscores
 * do not count; beyond them one letter may differ, two in ten and three in fifteen.
 */
export function closest(word: string, words: Iterable<string>): string | null {
  const meant = bare(word);
  if (meant === '' || meant.length > LONGEST) return null;
  let best: string | null = null;
  let least = (meant.length < 4 ? 0 : Math.min(3, Math.max(1, Math.floor(meant.length / 5)))) + 1;
  for (const candidate of words) {
    const other = bare(candidate);
    if (Math.abs(other.length - meant.length) >= least) continue;
    const away = distance(meant, other);
    if (away >= least) continue;
    [best, least] = [candidate, away];
    if (away === 0) break;
  }
  return best;
}

/** `; did you mean "Cost centre"?` where a near word is known, else nothing. */
export function didYouMean(word: string, words: Iterable<string>): string {
  const near = closest(word, words);
  return near === null ? '' : `; did you mean "${near}"?`;
}

function bare(word: string): string {
  return caseless(word).replace(/[\s_-]+/g, '');
}

// How many letters must be put in, taken out, replaced or swapped with the next: the usual table, two rows at a time.
function distance(one: string, other: string): number {
  let before: number[] = [];
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let i = 1; i <= one.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= other.length; j += 1) {
      const replaced = (row[j - 1] ?? 0) + (one[i - 1] === other[j - 1] ? 0 : 1);
      const isSwapped = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
      const swapped = isSwapped ? (before[j - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY;
      next.push(Math.min(replaced, swapped, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    before = row;
    row = next;
  }
  return row.at(-1) ?? 0;
}
