import type { EmployeeReference } from '../core/employee.js';
import { concerns, isExceeded, type JudgedLimit, type Verdict } from '../core/safety.js';
import { firstOf, only } from './groups.js';
import type { PlanToReport } from './reporter.js';
import { safeText } from './terminal.js';
import { count, KINDS, sayField } from './words.js';

/** How many of the people concerned a refusal names. */
const NAMED = 5;

/** One limit that a plan exceeds, in words. */
export interface Refusal {
  readonly limit: JudgedLimit;
  /** The figures: "31 accounts would be deactivated; the limit allows 20 (of 396 accounts)". */
  readonly what: string;
  /** The exact flag that allows it once. */
  readonly flag: string;
  /** The first people concerned. */
  readonly people: readonly EmployeeReference[];
}

/** Every limit that a plan exceeds; empty when it may go. */
export async function refusalsOf(plan: PlanToReport): Promise<readonly Refusal[]> {
  const refusals: Refusal[] = [];
  for (const limit of plan.safety.limits.filter(isExceeded)) {
    const { kind, planned, allowed } = limit;
    const people: EmployeeReference[] = [];
    for await (const { employee } of firstOf(concerned(plan, limit), NAMED)) people.push(employee);
    const cause = limit.cause === undefined ? '' : `; ${safeText(limit.cause, 300)}`;
    const what = `${wouldBe(limit)}; at most ${allowed} are allowed (of ${sayPopulation(limit)})${cause}`;
    refusals.push({ limit, what, flag: `--allow ${kind}=${planned}`, people });
  }
  return refusals;
}

async function* concerned(
  plan: PlanToReport,
  limit: JudgedLimit,
): AsyncGenerator<{ readonly employee: EmployeeReference }> {
  if (limit.kind === 'left_out') yield* only(plan.skipped(), ({ employee }) => limit.among?.has(employee.id) === true);
  else yield* only(plan.changes(), (change) => concerns(limit, change));
}

/** The limits that a plan comes near enough to be told of: "2 to deactivate, at most 39 of 396 accounts". */
export function keptLimits(verdict: Verdict): readonly string[] {
  return verdict.limits
    .filter((limit) => limit.planned > 0 && !isExceeded(limit))
    .map((limit) => `${limit.planned} ${toDo(limit)}, at most ${limit.allowed} of ${sayPopulation(limit)}`);
}

function toDo({ kind, field, unit }: JudgedLimit): string {
  switch (kind) {
    case 'clear':
      return `to lose ${sayField(field ?? '')}`;
    case 'email':
      return 'to get another e-mail address';
    case 'privileged':
      return 'of an administrator to get another e-mail address';
    case 'left_out':
      return 'to be left out';
    default:
      return unit === undefined ? KINDS[kind].toDo : `${KINDS[kind].toDo} in ${safeText(unit, 60)}`;
  }
}

function sayPopulation({ kind, of, unit }: JudgedLimit): string {
  if (kind === 'clear') return `${count(of, 'account')} that ${of === 1 ? 'has' : 'have'} one`;
  if (kind === 'left_out') return `${count(of, 'person', 'people')} served before`;
  return unit === undefined ? count(of, 'account') : `${count(of, 'account')} of ${safeText(unit, 60)}`;
}

function wouldBe({ kind, field, unit, planned }: JudgedLimit): string {
  const accounts = count(planned, 'account');
  switch (kind) {
    case 'clear':
      return `${sayField(field ?? '')} would be emptied in ${accounts}, which looks like a right that was lost in HR`;
    case 'email':
      return `${accounts} would get another e-mail address or user name`;
    case 'privileged':
      return `${accounts} with more rights than a learner would get another e-mail address or user name`;
    case 'left_out':
      return `${count(planned, 'person', 'people')} would be left out: skipped, unreadable or out of scope`;
    case 'invite':
      return `${count(planned, 'person', 'people')} would be ${KINDS[kind].done}`;
    default:
      return `${accounts}${unit === undefined ? '' : ` of ${safeText(unit, 60)}`} would be ${KINDS[kind].done}`;
  }
}
