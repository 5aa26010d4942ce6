import { count } from './count.js';
import { sayIds } from './employee.js';
import { shareOf } from './limit.js';
import type { ReadPolicy } from './policy.js';

/** What came of reading every employee once. */
export interface ReadCounts {
  readonly pages: number;
  /** Records received, repeated ones included, and how many different people they are. */
  readonly received: number;
  readonly distinct: number;
  /** Who came more than once, and in what way. */
  readonly repeats: Repeats;
  /** Totals as the HR system gave them on the first and the last page, or null. */
  readonly totalAtStart: number | null;
  readonly totalAtEnd: number | null;
  /** Needed HR fields that stood on no record at all. */
  readonly absentFields: readonly string[];
  /** Fields that somebody had at the last complete read and nobody has now. */
  readonly lostFields: readonly LostField[];
  /** How many values of one field may be lost all the same (`--allow clear=N`). */
  readonly allowedClears: number;
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

/** Records that came more than once. */
export interface Repeats {
  /** How many of them came again on the page that they had come on: HR lists somebody twice, and no row has moved. */
  readonly onOnePage: number;
  /** Who came on several pages, by employee id: HR may list them twice, or rows have moved. */
  readonly acrossPages: ReadonlySet<string>;
  /** Whether a page began with somebody who had come already, as it does where pages overlap. */
  readonly atTheSeam: boolean;
  /** Who came on several pages in the read before this one; null where this is the first try. */
  readonly before: ReadonlySet<string> | null;
}

/** A field that nobody has now. */
export interface LostField {
  readonly field: string;
  /** How many people had a value at the last complete read. */
  readonly before: number;
  /** Whether the field itself is gone from every record, instead of standing there empty. */
  readonly isGone: boolean;
}

/** Fewer people than this may lose a value between two reads without the whole field being taken for lost. */
const MANY = 3;

/** One check, as a sentence with figures. `repeatable`: reading once more may mend it. */
export interface ReadCheck {
  readonly held: boolean;
  readonly sentence: string;
  readonly repeatable: boolean;
  /** Whether it is worth telling although it held. */
  readonly isTold?: boolean;
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
    ...lostFields(counts),
    plausibleCount(counts, policy),
    canariesCame(counts, policy),
    sameCompany(counts, policy),
    clocksAgree(counts.clockAhead),
  ].filter((check) => check !== null);
  return { complete: checks.every((check) => check.held), checks };
}

function somebodyCame({ distinct, pages }: ReadCounts): ReadCheck {
  const sentence =
    distinct > 0 ? `${count(distinct, 'employee')} on ${count(pages, 'page')}` : 'the answer holds no employee at all';
  return { held: distinct > 0, sentence, repeatable: true };
}

function totalsAgree(counts: ReadCounts): ReadCheck | null {
  const { totalAtStart, totalAtEnd, distinct, received } = counts;
  if (totalAtStart === null && totalAtEnd === null) return null;
  if (totalAtStart !== totalAtEnd) {
    const began = totalAtStart === null ? 'gave no total' : `counted ${count(totalAtStart, 'person', 'people')}`;
    const sentence = `the HR system ${began} when the read began and ${totalAtEnd ?? 'none'} when it ended`;
    return { held: false, sentence, repeatable: true };
  }
  // A system that lists somebody twice counts them twice.
  const held = totalAtEnd === distinct || (totalAtEnd === received && isNobodysOverlap(counts));
  const sentence = `${distinct} of the ${count(totalAtEnd ?? 0, 'person', 'people')} whom the HR system counts came`;
  return { held, sentence, repeatable: true };
}

/** So many people, or this share of them in percent, may be listed twice before pages are thought to overlap. */
const MOST_REPEATED = 3;
const MOST_REPEATED_PERCENT = 1;

/** Whether so few people came on several pages that HR may really list them twice. */
export function areFewRepeats({ repeats, distinct }: Pick<ReadCounts, 'repeats' | 'distinct'>): boolean {
  return repeats.acrossPages.size <= Math.max(MOST_REPEATED, shareOf(distinct, MOST_REPEATED_PERCENT));
}

// Somebody who comes on two pages may mean that rows moved between these, and then somebody else has slipped through.
// HR lists them twice where the same few come again in the next read, and none of them where one page meets the next.
function isNobodysOverlap(counts: ReadCounts): boolean {
  const { acrossPages, atTheSeam, before } = counts.repeats;
  if (acrossPages.size === 0) return counts.received - counts.distinct <= counts.repeats.onOnePage;
  const isSame = before !== null && before.size === acrossPages.size && [...acrossPages].every((id) => before.has(id));
  return isSame && !atTheSeam && areFewRepeats(counts);
}

const NAMED = 5;

function nobodyCameTwice(counts: ReadCounts): ReadCheck {
  const twice = counts.received - counts.distinct;
  if (twice === 0) return { held: true, sentence: 'pages do not overlap', repeatable: true };
  if (isNobodysOverlap(counts)) {
    return {
      held: true,
      sentence: `${count(twice, 'record is', 'records are')} listed twice in HR; pages do not overlap`,
      repeatable: true,
    };
  }
  const ids = [...counts.repeats.acrossPages];
  const who = ids.length === 0 ? '' : ` (${sayIds(ids, NAMED)})`;
  return {
    held: false,
    sentence: `${count(twice, 'record')} came more than once: pages overlap${who}`,
    repeatable: true,
  };
}

// An emptied value is cleared in the LMS; a whole field that goes empty overnight is a fault until somebody says otherwise.
function lostFields({ lostFields, allowedClears }: ReadCounts): readonly ReadCheck[] {
  return lostFields.map(({ field, before, isGone }) => {
    const held = before <= allowedClears || (before < MANY && !isGone);
    const people = count(before, 'person', 'people');
    const now = isGone ? 'stands on no record any more' : 'is empty for everybody now';
    const lost = `${field} ${now}, and ${people} had a value at the last complete read`;
    const advice = `a lost permission looks like this; if HR emptied it on purpose, run once with --allow clear=${before}`;
    return { held, sentence: held ? `${lost}: cleared` : `${lost}: ${advice}`, repeatable: false, isTold: held };
  });
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

/** So many linked people make a company; fewer may all have left. */
const LEAST_LINKED = 3;

// The credentials of another company read just as well, and then everybody who is linked seems to be missing.
function sameCompany({ linked, known }: ReadCounts, { minKnown, minPopulation }: ReadPolicy): ReadCheck | null {
  if (linked === 0) return null;
  const least = leastKnown(linked, minKnown, minPopulation);
  const held = known >= least;
  const sentence = held
    ? `${known} of the ${linked} people with an account came`
    : `only ${known} of the ${linked} people with an account came, at least ${least} must: this looks like the HR system of another company, or like new employee ids, which "hrsync rekey" pairs with the old ones (safety.min_known)`;
  return { held, sentence, repeatable: false };
}

function leastKnown(linked: number, minKnown: ReadPolicy['minKnown'], minPopulation: number): number {
  if ('count' in minKnown) return minKnown.count;
  if (linked >= minPopulation) return Math.ceil(shareOf(linked, minKnown.percent));
  return linked >= LEAST_LINKED && minKnown.percent > 0 ? 1 : 0;
}

const DAY = 86_400_000;

/** Speaks against a read when the two clocks are a day or more apart (milliseconds; null: HR's is not known). */
export function clocksAgree(clockAhead: number | null): ReadCheck | null {
  if (clockAhead === null || Math.abs(clockAhead) < DAY) return null;
  const days = (Math.abs(clockAhead) / DAY).toFixed(1);
  const sentence = `the clock of this machine and that of the HR system are ${days} days apart: this one is ${clockAhead > 0 ? 'behind' : 'ahead'}, so no day can be trusted; set it right`;
  return { held: false, sentence, repeatable: false };
}
