import type { Change, Skip } from './change.js';
import type { EmployeeReference } from './employee.js';
import { concerns, isExceeded, type JudgedLimit, type Verdict } from './safety.js';

/** How many of the people concerned a refusal names. */
const NAMED = 5;

/** One limit that a plan exceeds: its figures, and the first people concerned. It outlives the plan. */
export interface ExceededLimit extends Omit<JudgedLimit, 'among'> {
  readonly people: readonly EmployeeReference[];
}

/** What of a plan shows whom a limit concerns; the lists are read anew at each call. */
interface Refusable {
  readonly safety: Verdict;
  changes(): AsyncIterable<Change>;
  skipped(): AsyncIterable<Skip>;
}

/** Every limit that a plan exceeds; empty when it may go. */
export async function exceededLimits(plan: Refusable): Promise<readonly ExceededLimit[]> {
  const exceeded: ExceededLimit[] = [];
  for (const limit of plan.safety.limits.filter(isExceeded)) {
    const { among: _, ...figures } = limit;
    exceeded.push({ ...figures, people: await firstConcerned(limit, plan) });
  }
  return exceeded;
}

async function firstConcerned(limit: JudgedLimit, plan: Refusable): Promise<readonly EmployeeReference[]> {
  const people: EmployeeReference[] = [];
  for await (const employee of concerned(limit, plan)) {
    people.push(employee);
    if (people.length >= NAMED) break;
  }
  return people;
}

async function* concerned(limit: JudgedLimit, plan: Refusable): AsyncGenerator<EmployeeReference> {
  if (limit.kind === 'left_out') {
    for await (const { employee } of plan.skipped()) if (limit.among?.has(employee.id) === true) yield employee;
    return;
  }
  for await (const change of plan.changes()) if (concerns(limit, change)) yield change.employee;
}
