import { count } from '../../core/count.js';
import type { Candidate } from '../../core/standing.js';
import type { Target, Unplaced } from '../../targets/target.js';

/** A candidate whose wanted fields are as the LMS can take them. */
export interface SettledCandidate {
  readonly candidate: Candidate;
  readonly unplaced: Unplaced | null;
}

/**
 * Lets the target complete the wanted fields of candidates. One whose value leads to nothing loses the fingerprint, so that
 * every run looks at the person again: the group may have been made since.
 */
export function settle(
  target: Pick<Target, 'settle'>,
  candidates: readonly Candidate[],
): Promise<readonly SettledCandidate[]> {
  return Promise.all(
    candidates.map(async (candidate) => {
      const { standing } = candidate;
      if (target.settle === undefined || standing.kind !== 'wanted') return { candidate, unplaced: null };
      const { fields, unplaced } = await target.settle(standing.fields);
      const hash = unplaced === null ? candidate.hash : null;
      return { candidate: { ...candidate, standing: { ...standing, fields }, hash }, unplaced };
    }),
  );
}

/** Counts one more person with a value that leads to nothing. */
export function countUnplaced(counts: Map<string, number>, unplaced: Unplaced | null): void {
  if (unplaced === null) return;
  const sentence = sayUnplaced(unplaced);
  counts.set(sentence, (counts.get(sentence) ?? 0) + 1);
}

/** `department "Support": 360Learning has no group of that name …` */
export function sayUnplaced({ field, value, problem }: Unplaced): string {
  return `${field} "${value}": ${problem}`;
}

/** Most values that are listed one by one. */
const LISTED = 20;

/** One sentence for each value that leads to nothing, the most frequent first: `3 people have department "Support": …`. */
export function unplacedNotices(unplaced: ReadonlyMap<string, number>): readonly string[] {
  const all = [...unplaced].toSorted(([left, a], [right, b]) => b - a || (left < right ? -1 : 1));
  const sentences = all
    .slice(0, LISTED)
    .map(([sentence, people]) => `${count(people, 'person has', 'people have')} ${sentence}`);
  const rest = all.length - sentences.length;
  return rest > 0 ? [...sentences, `${rest} more values match no group`] : sentences;
}
