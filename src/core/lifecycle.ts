import { addDays, type Day, daysBetween, dayWritten } from './day.js';
import { type Employee, problemWith, textOf } from './employee.js';
import type { DeactivationPolicy } from './policy.js';
import { emptyFields, type Fields } from './value.js';

/**
 * Where somebody stands, out of HR status, dates, today and what the config lets end an account.
 *
 * - `employed`: the account is wanted; `leavesOn` is the first day on which it will not be, where HR knows it
 * - `left`: the account must end, `because` says why
 * - `left_unlisted`: gone, but not in a way that the config lets end an account: nothing is done
 * - `unclear`: HR says something that we cannot make sense of: nothing is done, and HR is told
 * - `contradiction`: HR says that the person works here and left long ago: nothing is done, and HR is told. `because` is
 *   the reason of an ending that an earlier run knew of, which stands
 */
export type Lifecycle =
  | { readonly stage: 'employed'; readonly leavesOn: Day | null }
  | { readonly stage: 'left'; readonly because: string }
  | { readonly stage: 'left_unlisted' }
  | { readonly stage: 'unclear'; readonly problem: string }
  | { readonly stage: 'contradiction'; readonly problem: string; readonly because: string };

/** So many days HR may take to set the status of a leaver; a last day further back is taken for a mistake. */
const LATE_DAYS = 14;

/**
 * The decision table, the first line that fits. The columns "listed" say what `deactivation.when` lists: where
 * `termination_date` is not listed, no date decides anything. `last_working_day` never does. A termination that lies
 * before the start date belongs to an earlier employment and counts for nothing once that day has come; before it, it may
 * as well be a hire that was withdrawn. Dates that mean "none" (0000-00-00, 9999-12-31) count as none.
 *
 * | status                    | listed           | termination date           | outcome                              |
 * |---------------------------|------------------|----------------------------|--------------------------------------|
 * | inactive, deleted         | inactive         | any                        | left                                 |
 * | onboarding, active, leave | termination_date | 15 days ago or more        | contradiction                        |
 * | any                       | termination_date | before today               | left                                 |
 * | any                       | termination_date | cannot be read             | unclear                              |
 * | inactive, deleted         | not inactive     | today, later or none       | left_unlisted                        |
 * | another word, unreadable  | any              | any other                  | unclear                              |
 * | onboarding, active, leave | termination_date | before a start date that is still to come | unclear               |
 * | onboarding, active, leave | termination_date | today or later             | employed, leaves on the day after    |
 * | onboarding, active, leave | any              | any other                  | employed                             |
 * | empty or not shown        | any              | as in the three lines above | the same; but see `obstacleTo`       |
 */
export function lifecycleOf(employee: Employee, today: Day, when: DeactivationPolicy['when']): Lifecycle {
  const status = textOf(employee, 'status');
  const datesDecide = when.includes('termination_date');
  const termination = datesDecide ? terminationOf(employee) : null;
  const inactive = status === 'inactive' || status === 'deleted';
  if (inactive && when.includes('inactive')) return { stage: 'left', because: `HR status is ${status}` };
  if (termination !== null && termination < today) return pastEnd(status, termination, today);
  const broken = datesDecide ? problemWith(employee, 'termination_date') : null;
  if (broken !== null) return { stage: 'unclear', problem: broken };
  if (inactive) return { stage: 'left_unlisted' };
  const unreadable = problemWith(employee, 'status');
  if (unreadable !== null) return { stage: 'unclear', problem: unreadable };
  if (status !== null && !isEmployed(status)) {
    return { stage: 'unclear', problem: `HR status "${status.slice(0, 80)}" is not known` };
  }
  const withdrawn = datesDecide ? withdrawnHire(employee, today) : null;
  if (withdrawn !== null) return { stage: 'unclear', problem: withdrawn };
  return { stage: 'employed', leavesOn: termination === null ? null : addDays(termination, 1) };
}

/** The HR status of somebody that says neither that they work here nor that they have left, or null. */
export function unknownStatusOf(employee: Employee): string | null {
  const status = textOf(employee, 'status');
  const isKnown = status === null || isEmployed(status) || status === 'inactive' || status === 'deleted';
  return isKnown ? null : status;
}

/** The first day of the employment, or null when HR gives none. */
export function startDateOf(employee: Employee): Day | null {
  return dayOf(employee, 'start_date');
}

/**
 * The employee without the dates of a leave that the lifecycle does not believe, since an LMS may close accounts by them.
 * Dates of an earlier employment, which ended before this one began, are empty. Of somebody who works here and whose last
 * day passed long ago (`when` lists no date, or they would be a contradiction) nothing is known.
 */
export function withBelievedDates(employee: Employee, today: Day): Employee {
  const noted = dayOf(employee, 'termination_date');
  const start = startDateOf(employee);
  const lastDay = dayOf(employee, 'last_working_day');
  const isFormer = noted !== null && start !== null && noted < start;
  const isStale = noted !== null && !isFormer && daysBetween(noted, today) > LATE_DAYS;
  const isFormerDay = lastDay !== null && start !== null && lastDay < start;
  const belongs = lastDay !== null && noted !== null && lastDay <= noted;
  if (!isFormer && !isStale && !isFormerDay) return employee;
  const fields = Object.assign(emptyFields(), employee.fields);
  if (isFormer) fields['termination_date'] = null;
  if (isFormerDay || (isFormer && belongs)) fields['last_working_day'] = null;
  if (isStale) delete fields['termination_date'];
  if (isStale && belongs) delete fields['last_working_day'];
  return { ...employee, fields: fields satisfies Fields };
}

function pastEnd(status: string | null, termination: Day, today: Day): Lifecycle {
  const because = `last day was ${termination}`;
  const days = daysBetween(termination, today);
  if (status === null || !isEmployed(status) || days <= LATE_DAYS) return { stage: 'left', because };
  const problem = `termination_date ${termination} lies ${days} days back, and the HR status is ${status}: correct one of the two in HR`;
  return { stage: 'contradiction', problem, because };
}

function withdrawnHire(employee: Employee, today: Day): string | null {
  const start = startDateOf(employee);
  const noted = dayOf(employee, 'termination_date');
  if (start === null || start <= today || noted === null || noted >= start) return null;
  return `termination_date ${noted} lies before start_date ${start}: correct them in HR`;
}

function isEmployed(status: string): boolean {
  return status === 'onboarding' || status === 'active' || status === 'leave';
}

function terminationOf(employee: Employee): Day | null {
  const termination = dayOf(employee, 'termination_date');
  const start = startDateOf(employee);
  return termination !== null && start !== null && start > termination ? null : termination;
}

function dayOf(employee: Employee, field: string): Day | null {
  const text = textOf(employee, field);
  return text === null ? null : (dayWritten(text) ?? null);
}
