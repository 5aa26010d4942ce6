import type { EmployeeReference } from '../core/employee.js';
import { concerns, isExceeded, type JudgedLimit, type Verdict } from '../core/safety.js';
import { firstOf, only } from './groups.js';
import type { PlanToReport } from './reporter.js';
import { KINDS, sayField } from './words.js';

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
    const concerned = only(plan.changes(), (change) => concerns(limit, change));
    for await (const change of firstOf(concerned, NAMED)) people.push(change.employee);
    const what = `${wouldBe(limit)}; at most ${allowed} are allowed (of ${sayPopulation(limit)})`;
    refusals.push({ limit, what, flag: `--allow ${kind}=${planned}`, people });
  }
  return refusals;
}

/** The limits that a plan comes near enough to be told of: "2 to deactivate, at most 39 of 396 accounts". */
export function keptLimits(verdict: Verdict): readonly string[] {
  return verdict.limits
    .filter((limit) => limit.planned > 0 && !isExceeded(limit))
    .map((limit) => `${limit.planned} ${toDo(limit)}, at most ${limit.allowed} of ${sayPopulation(limit)}`);
}

function toDo({ kind, field }: JudgedLimit): string {
  return kind === 'clear' ? `to lose ${sayField(field ?? '')}` : KINDS[kind].toDo;
}

function sayPopulation({ kind, of }: JudgedLimit): string {
  return kind === 'clear' ? `${of} accounts that have one` : `${of} accounts`;
}

function wouldBe({ kind, field, planned }: JudgedLimit): string {
  if (kind === 'clear')
    return `${sayField(field ?? '')} would be emptied in ${planned} accounts, which looks like a right that was lost in HR`;
  const one = kind === 'invite' ? 'person' : 'account';
  const many = kind === 'invite' ? 'people' : 'accounts';
  return `${planned} ${planned === 1 ? one : many} would be ${KINDS[kind].done}`;
}
