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
  /** How many people have an active account, and how many of them came. */
  readonly linked: number;
  readonly known: number;
  /** Milliseconds by which the HR system's clock is ahead of ours (negative: behind), or null where it does not tell. */
  readonly clockAhead: number | null;
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
    sameCompany(counts, policy),
    clocksAgree(counts),
  ].filter((check) => check !== null);
  return { complete: checks.every((check) => check.held), checks };
}

function somebodyCame({ distinct, pages }: ReadCounts): ReadCheck {
  const sentence =
    distinct > 0
      ? `${distinct} employees on ${pages} ${pages === 1 ? 'page' : 'pages'}`
      : 'the answer holds no employee at all';
  return { held: distinct > 0, sentence, repeatable: true };
}

function totalsAgree({ totalAtStart, totalAtEnd, distinct }: ReadCounts): ReadCheck | null {
  if (totalAtStart === null && totalAtEnd === null) return null;
  if (totalAtStart !== totalAtEnd) {
    const sentence = `the HR system counted ${totalAtStart} people when the read began and ${totalAtEnd} when it ended`;
    return { held: false, sentence, repeatable: true };
  }
  const held = totalAtEnd === distinct;
  const sentence = `${distinct} of the ${totalAtEnd} people whom the HR system counts came`;
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
  const sentence = `${distinct} employees against ${lastComplete} in the last complete read, at least ${least} are plausible`;
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

/** So many linked people make a company; fewer may all have left. */
const LEAST_LINKED = 3;

// The credentials of another company read just as well, and then everybody who is linked seems to be missing.
function sameCompany({ linked, known }: ReadCounts, { minKnown, minPopulation }: ReadPolicy): ReadCheck | null {
  if (linked === 0) return null;
  const least = leastKnown(linked, minKnown, minPopulation);
  const held = known >= least;
  const sentence = held
    ? `${known} of the ${linked} people with an account came`
    : `only ${known} of the ${linked} people with an account came, at least ${least} must: this looks like the HR system of another company, or like new employee ids (safety.min_known; for new ids "hrsync rekey")`;
  return { held, sentence, repeatable: false };
}

function leastKnown(linked: number, minKnown: ReadPolicy['minKnown'], minPopulation: number): number {
  if ('count' in minKnown) return minKnown.count;
  if (linked >= minPopulation) return Math.ceil(shareOf(linked, minKnown.percent));
  return linked >= LEAST_LINKED && minKnown.percent > 0 ? 1 : 0;
}

const DAY = 86_400_000;

function clocksAgree({ clockAhead }: ReadCounts): ReadCheck | null {
  if (clockAhead === null || Math.abs(clockAhead) < DAY) return null;
  const days = (Math.abs(clockAhead) / DAY).toFixed(1);
  const sentence = `the clock of this machine and that of the HR system are ${days} days apart: this one is ${clockAhead > 0 ? 'behind' : 'ahead'}, so no day can be trusted; set it right`;
  return { held: false, sentence, repeatable: false };
}
