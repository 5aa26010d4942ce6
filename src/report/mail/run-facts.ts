import type { EmployeeReference } from '../../core/employee.js';
import type { Summary } from '../../core/plan.js';
import type { ReportedChange, RunResult } from '../reporter.js';
import { type Refusal, refusalsOf } from '../safety-text.js';

/** Changes that failed for the same reason. */
export interface FailureGroup {
  readonly reason: string;
  readonly total: number;
  /** The first of them. */
  readonly people: readonly { readonly employee: EmployeeReference; readonly kind: ReportedChange['kind'] }[];
}

/** What a digest tells of a run's result; gathered while the lists of the result can still be read. */
export interface RunFacts {
  readonly run: number;
  readonly reverts: number | null;
  readonly employees: number;
  readonly isComplete: boolean;
  readonly failedChecks: readonly string[];
  readonly summary: Summary;
  readonly refusals: readonly Refusal[];
  /** The most frequent reason first. */
  readonly failures: readonly FailureGroup[];
  readonly uncertain: number;
  readonly deferred: number;
  readonly notices: readonly string[];
  /** Which step of `safety.max_failures` the run passed, as a sentence, or null. */
  readonly alarm: string | null;
}

/** How many people each reason names, and how many reasons are told apart. */
const NAMED = 5;
const MOST_REASONS = 500;

/** Gathers what a digest tells, in bounded memory. */
export async function runFacts(result: RunResult): Promise<RunFacts> {
  const { run, reverts = null, read, summary, notices, alarm = null } = result;
  const groups = new Map<string, { total: number; readonly people: FailureGroup['people'][number][] }>();
  let uncertain = 0;
  let deferred = 0;
  for await (const { outcome, error, employee, kind } of result.changes()) {
    if (outcome === 'uncertain') uncertain += 1;
    if (outcome === 'deferred') deferred += 1;
    if (outcome !== 'failed') continue;
    const told = error ?? 'no reason is known';
    const reason = groups.has(told) || groups.size < MOST_REASONS ? told : 'other reasons';
    const group = groups.get(reason) ?? { total: 0, people: [] };
    groups.set(reason, group);
    group.total += 1;
    if (group.people.length < NAMED) group.people.push({ employee, kind });
  }
  const failures = [...groups].map(([reason, group]) => ({ reason, ...group })).toSorted((a, b) => b.total - a.total);
  return {
    ...{
      run,
      reverts,
      employees: read.employees,
      isComplete: read.complete || read.partial === true,
      summary,
      notices,
    },
    failedChecks: read.checks.filter(({ held }) => !held).map(({ sentence }) => sentence),
    refusals: await refusalsOf(result),
    ...{ failures, uncertain, deferred, alarm },
  };
}
