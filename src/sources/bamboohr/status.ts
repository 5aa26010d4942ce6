import type { Day } from '../../core/day.js';

/** What BambooHR says of one employment. Days are null where there is none, or where the day cannot be read. */
export interface Employment {
  /** BambooHR's word, `Active` or `Inactive`; null where it is empty. */
  readonly word: string | null;
  /** First day of the present employment. */
  readonly hired: Day | null;
  /** First day ever; often empty, and then `hired` is the first. */
  readonly firstHired: Day | null;
  /** Last day of the last employment that ended. It may lie before `hired`. */
  readonly ended: Day | null;
}

/**
 * The status of somebody on a day, the first line that fits. People hired later are Inactive or Active, so their word says
 * nothing. `employmentHistoryStatus` decides nothing either: its words are the customer's own.
 * https://documentation.bamboohr.com/reference/get-data-from-dataset-v1
 *
 * | word     | hire date   | termination date                                       | status             |
 * |----------|-------------|--------------------------------------------------------|--------------------|
 * | Inactive | after today | before it, and of no employment that began before      | inactive: withdrawn |
 * | any      | after today | any other                                              | onboarding         |
 * | Inactive | any other   | any                                                    | inactive           |
 * | Active   | any other   | any                                                    | active             |
 */
export function statusOf({ word, hired, firstHired, ended }: Employment, today: Day): string | null {
  const own = word?.toLowerCase() ?? null;
  if (hired !== null && hired > today) {
    const hadEarlier = firstHired !== null && ended !== null && firstHired <= ended;
    const isWithdrawn = own === 'inactive' && ended !== null && ended < hired && !hadEarlier;
    return isWithdrawn ? 'inactive' : 'onboarding';
  }
  return own;
}

/** The last day of the present employment; null where the termination date belongs to an earlier one. */
export function endOf({ hired, ended }: Pick<Employment, 'hired' | 'ended'>): Day | null {
  return ended !== null && hired !== null && ended < hired ? null : ended;
}
