import leven from 'leven';

/** How many labels are suggested at most. */
const MOST = 3;

/**
 * Those of the labels that somebody may have meant by a name that does not exist, nearest first: case, space and
 * punctuation do not count, and a longer label that holds the name counts as near.
 */
export function nearLabels(name: string, labels: readonly string[]): readonly string[] {
  const wanted = plain(name);
  if (wanted === '') return [];
  return labels
    .map((label) => ({ label, away: distance(wanted, plain(label)) }))
    .filter(({ away }) => away <= Math.min(3, Math.floor(wanted.length / 2)))
    .sort((left, right) => left.away - right.away)
    .slice(0, MOST)
    .map(({ label }) => label);
}

/** `; did you mean "A" or "B"?`, or nothing. */
export function didYouMean(labels: readonly string[]): string {
  return labels.length === 0 ? '' : `; did you mean ${labels.map((label) => `"${label}"`).join(' or ')}?`;
}

function distance(wanted: string, label: string): number {
  if (wanted.length > 3 && label.length > 3 && (label.includes(wanted) || wanted.includes(label))) return 1;
  return leven(wanted, label);
}

function plain(label: string): string {
  return label
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');
}
