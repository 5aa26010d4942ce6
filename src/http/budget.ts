import { BudgetError } from '../errors.js';

/** The setting of a target that bounds the requests of one run. */
const SETTING = 'max_requests_per_run';

/** Why a run is to begin nothing more with a system that it has sent so many requests to; null while it may. */
export function overBudget(system: string, sent: number, most: number | undefined): BudgetError | null {
  if (most === undefined || sent < most) return null;
  return new BudgetError(system, `this run has sent ${sent} ${sent === 1 ? 'request' : 'requests'}`, SETTING);
}
