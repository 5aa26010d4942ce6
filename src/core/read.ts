import { count } from './count.js';
import type { ReadPolicy } from './policy.js';
import { shareOf } from './safety.js';

/** What came of reading every employee once. */
export interface ReadCounts {
  readonly pages: number;
  /** Records received, repeated ones included, and how many different people they are. */
  readonly received: number;
  readonly distinct: number;
  /** Totals as the HR system gave them on the first and the last page, or null. */
  readonly totalAtStart: number | null;
  readonly totalAtEnd: number | null;
  /** Needed HR fields that stood on no record at all. */
  readonly absentFields: readonly string[];
  /** Canaries that did not come. */
  readonly absentCanaries: readonly string[];
  /** How many people the last complete read had, or null before the first. */
  readonly lastComplete: number | null;
}

/** One check, as a sentence with figures. `repeatable`: reading once more may mend it. */
export interface ReadCheck {
  readonly held: boolean;
  readonly sentence: string;
  readonly repeatable: boolean;
}

/** Proof that a read was complete and plausible, or what speaks against it. */
export interface ReadProof {
  readonly complete: boolean;
  readonly checks: readonly ReadCheck[];
}

/** Judges a read by what it says of itself and by the last one that was believed. */
export function judgeRead(counts: ReadCounts, policy: ReadPolicy): ReadProof {
  const checks = [
    somebodyCame(counts),
    totalsAgree(counts),
    nobodyCameTwice(counts),
    fieldsArePresent(counts),
    plausibleCount(counts, policy),
    canariesCame(counts, policy),
  ].filter((check) => check !== null);
  return { complete: checks.every((check) => check.held), checks };
}

function somebodyCame({ distinct, pages }: ReadCounts): ReadCheck {
  const sentence =
    distinct > 0 ? `${count(distinct, 'employee')} on ${count(pages, 'page')}` : 'the answer holds no employee at all';
  return { held: distinct > 0, sentence, repeatable: true };
}

function totalsAgree({ totalAtStart, totalAtEnd, distinct }: ReadCounts): ReadCheck | null {
  if (totalAtStart === null && totalAtEnd === null) return null;
  if (totalAtStart !== totalAtEnd) {
    const began = totalAtStart === null ? 'gave no total' : `counted ${count(totalAtStart, 'person', 'people')}`;
    const sentence = `the HR system ${began} when the read began and ${totalAtEnd ?? 'none'} when it ended`;
    return { held: false, sentence, repeatable: true };
  }
  const held = totalAtEnd === distinct;
  const sentence = `${distinct} of the ${count(totalAtEnd ?? 0, 'person', 'people')} whom the HR system counts came`;
  return { held, sentence, repeatable: true };
}

// A person who comes twice means that rows moved between pages, and then somebody else may have slipped through.
function nobodyCameTwice({ received, distinct }: ReadCounts): ReadCheck {
  const twice = received - distinct;
  const sentence = twice === 0 ? 'pages do not overlap' : `${twice} records came more than once: pages overlap`;
  return { held: twice === 0, sentence, repeatable: true };
}

function fieldsArePresent({ absentFields, distinct }: ReadCounts): ReadCheck | null {
  if (distinct === 0) return null;
  const held = absentFields.length === 0;
  const sentence = held
    ? 'every mapped HR field is readable'
    : `${absentFields.join(', ')} came with nobody: a lost permission looks like this`;
  return { held, sentence, repeatable: false };
}

function plausibleCount({ distinct, lastComplete }: ReadCounts, policy: ReadPolicy): ReadCheck | null {
  if (lastComplete === null) return null;
  const least =
    'count' in policy.minEmployees
      ? policy.minEmployees.count
      : lastComplete < policy.minPopulation
        ? 1
        : Math.ceil(shareOf(lastComplete, policy.minEmployees.percent));
  const sentence = `${count(distinct, 'employee')} against ${lastComplete} in the last complete read, at least ${least} ${least === 1 ? 'is' : 'are'} plausible`;
  return { held: distinct >= least, sentence, repeatable: false };
}

function canariesCame({ absentCanaries }: ReadCounts, policy: ReadPolicy): ReadCheck | null {
  if (policy.canaries.length === 0) return null;
  const held = absentCanaries.length === 0;
  const sentence = held
    ? `all ${policy.canaries.length} canaries came`
    : `canaries are missing: ${absentCanaries.join(', ')}`;
  return { held, sentence, repeatable: true };
}
