import type { EmployeeReference } from '../core/employee.js';
import { type ExceededLimit, exceededLimits } from '../core/refusal.js';
import { isExceeded, type JudgedLimit, type Verdict } from '../core/safety.js';
import type { PlanToReport } from './reporter.js';
import { safeText } from './terminal.js';
import { count, grouped, KINDS, sayField, showField } from './words.js';

/** One limit that a plan exceeds, in words. */
export interface Refusal {
  readonly limit: JudgedLimit;
  /** The figures: "31 accounts would be deactivated; the limit allows 20 (of 396 accounts)". */
  readonly what: string;
  /** What is behind it, as a sentence without its full stop; empty where nothing is known. */
  readonly cause: string;
  /** The exact flag that allows it once. */
  readonly flag: string;
  /** The first people concerned. */
  readonly people: readonly EmployeeReference[];
}

/** How a limit is worded. */
interface LimitWords {
  /** In tables. */
  readonly heading: string;
  /** Behind a number of what the limit counts: "2 to deactivate". */
  readonly toDo: string;
  /** What it counts, and what would become of it: "31 accounts would be deactivated". */
  readonly one: string;
  readonly many: string;
  readonly would: string;
  /** What the share was taken of. */
  readonly among: string;
}

/** Limits that are not kinds of change; kinds have the words of `KINDS`. */
const OTHERS: Readonly<Record<'email' | 'privileged' | 'left_out', LimitWords>> = {
  email: {
    ...{
      heading: 'New e-mail address',
      toDo: 'to get another e-mail address or external id',
      one: 'account',
      many: 'accounts',
    },
    ...{ would: 'would get another e-mail address, user name or external id', among: 'account' },
  },
  privileged: {
    ...{ heading: 'Privileged accounts', toDo: 'to change an administrator', one: 'account', many: 'accounts' },
    ...{
      would: 'with more rights than a learner would get another e-mail address, user name or external id',
      among: 'account',
    },
  },
  left_out: {
    ...{ heading: 'People left out', toDo: 'to be left out', one: 'person', many: 'people' },
    ...{ would: 'would be left out: skipped, unreadable or outside the filter', among: 'person' },
  },
};

/** Every limit that a plan exceeds, in words; empty when it may go. */
export async function refusalsOf(plan: PlanToReport): Promise<readonly Refusal[]> {
  return (await exceededLimits(plan)).map(refusalOf);
}

/** One exceeded limit in words. */
export function refusalOf(limit: ExceededLimit): Refusal {
  const { kind, planned, allowed, cause = '', people } = limit;
  const are = allowed === 1 ? 'is' : 'are';
  const what = `${wouldBe(limit)}; at most ${grouped(allowed)} ${are} allowed (of ${sayPopulation(limit)})`;
  return { limit, what, cause: cause.replace(/\.$/, ''), flag: `--allow ${kind}=${planned}`, people };
}

/** A refusal as one clause, for logs: the figures, the cause, the flag. */
export function sayRefusal({ what, cause, flag }: Refusal): string {
  return [`refused by safety: ${what}`, ...(cause === '' ? [] : [cause]), `allow it once with ${flag}`].join('; ');
}

/** The limits that a plan comes near enough to be told of: "2 to deactivate, at most 39 of 396 accounts". */
export function keptLimits(verdict: Verdict): readonly string[] {
  return verdict.limits
    .filter((limit) => limit.planned > 0 && !isExceeded(limit))
    .map(
      (limit) =>
        `${grouped(limit.planned)} ${wordsOf(limit).toDo}, at most ${grouped(limit.allowed)} of ${sayPopulation(limit)}`,
    );
}

/** What a limit is on, for a table. */
export function limitHeading(limit: JudgedLimit): string {
  return wordsOf(limit).heading;
}

function wordsOf({ kind, field = '', unit }: JudgedLimit): LimitWords {
  if (kind === 'email' || kind === 'privileged' || kind === 'left_out') return OTHERS[kind];
  const accounts = { one: 'account', many: 'accounts', among: 'account' };
  if (kind === 'clear') {
    const would = 'would be emptied';
    return { ...accounts, heading: `${showField(field)} emptied`, toDo: `to lose ${sayField(field)}`, would };
  }
  const { heading, toDo, done } = KINDS[kind];
  const where = unit === undefined ? '' : ` of ${safeText(unit, 60)}`;
  const words = {
    ...accounts,
    heading: `${heading}${where}`,
    toDo: `${toDo}${where}`,
    would: `${where.trim()} would be ${done}`.trim(),
  };
  return kind === 'invite' ? { ...words, one: 'person', many: 'people' } : words;
}

function sayPopulation(limit: JudgedLimit): string {
  const { kind, of } = limit;
  const { among } = wordsOf(limit);
  const whole = among === 'person' ? count(of, 'person', 'people') : count(of, among);
  if (limit.unit !== undefined) return `${whole} of ${safeText(limit.unit, 60)}`;
  return kind === 'clear' ? `${whole} that ${of === 1 ? 'has' : 'have'} one` : whole;
}

function wouldBe(limit: JudgedLimit): string {
  const { kind, field = '', planned } = limit;
  const { one, many, would } = wordsOf(limit);
  const number = count(planned, one, many);
  if (kind !== 'clear') return `${number} ${would}`;
  return `${sayField(field)} ${would} in ${number}, which looks like a right that was lost in HR`;
}
