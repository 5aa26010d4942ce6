import { addDays, type Day, isDay } from './day.js';
import { type Employee, textOf } from './employee.js';
import type { DeactivationPolicy } from './policy.js';

/**
 * Where somebody stands, out of HR status, dates, today and what the config lets end an account.
 *
 * - `employed`: the account is wanted; `leavesOn` is the first day on which it will not be, where HR knows it
 * - `left`: the account must end, `because` says why
 * - `left_unlisted`: gone, but not in a way that the config lets end an account: nothing is done
 * - `unclear`: HR says something that we cannot make sense of: nothing is done, and HR is told
 */
export type Lifecycle =
  | { readonly stage: 'employed'; readonly leavesOn: Day | null }
  | { readonly stage: 'left'; readonly because: string }
  | { readonly stage: 'left_unlisted' }
  | { readonly stage: 'unclear'; readonly problem: string };

/**
 * The decision table. A termination that lies before the start date belongs to an earlier employment and counts for
 * nothing once that day has come; before it, it may as well be a hire that was withdrawn. An empty status leaves the decision to the dates; `last_working_day` decides nothing.
 *
 * | status                    | termination date | outcome                                            |
 * |---------------------------|------------------|----------------------------------------------------|
 * | inactive, deleted         | any              | left, where the config lists `inactive` …          |
 * | any                       | before today     | left, where the config lists `termination_date` …  |
 * |                           |                  | … and left_unlisted where it does not              |
 * | onboarding, active, leave | today or later   | employed, leaves on the day after                  |
 * | onboarding, active, leave | none             | employed                                           |
 * | onboarding, active, leave | before a start date that is still to come | unclear                   |
 * | empty                     | today, later, none | employed                                         |
 * | another word              | today, later, none | unclear                                          |
 */
export function lifecycleOf(employee: Employee, today: Day, when: DeactivationPolicy['when']): Lifecycle {
  const status = textOf(employee, 'status');
  const termination = terminationOf(employee);
  const ended = termination !== null && termination < today;
  const inactive = status === 'inactive' || status === 'deleted';
  if (inactive && when.includes('inactive')) return { stage: 'left', because: `HR status is ${status}` };
  if (ended && when.includes('termination_date')) return { stage: 'left', because: `last day was ${termination}` };
  if (inactive || ended) return { stage: 'left_unlisted' };
  if (status !== null && status !== 'onboarding' && status !== 'active' && status !== 'leave') {
    return { stage: 'unclear', problem: `HR status "${status.slice(0, 80)}" is not known` };
  }
  const start = startDateOf(employee);
  const noted = dayOf(employee, 'termination_date');
  if (start !== null && start > today && noted !== null && noted < start) {
    return {
      stage: 'unclear',
      problem: `termination_date ${noted} lies before start_date ${start}: correct them in HR`,
    };
  }
  const leaves = termination !== null && when.includes('termination_date');
  return { stage: 'employed', leavesOn: leaves ? addDays(termination, 1) : null };
}

/** The first day of the employment, or null when HR gives none. */
export function startDateOf(employee: Employee): Day | null {
  return dayOf(employee, 'start_date');
}

function terminationOf(employee: Employee): Day | null {
  const termination = dayOf(employee, 'termination_date');
  const start = startDateOf(employee);
  return termination !== null && start !== null && start > termination ? null : termination;
}

function dayOf(employee: Employee, field: string): Day | null {
  const text = textOf(employee, field);
  return text !== null && isDay(text) ? text : null;
}
