import type { Snapshot } from '../../core/account.js';
import type { PlannedChange } from '../../core/change.js';

/** The snapshot of somebody who was invited: nothing is acknowledged but that there is an invitation to an address. */
export function pendingSnapshot(
  { employee, startDate }: Pick<PlannedChange, 'employee' | 'startDate'>,
  accountId: string,
  email: string | null,
): Snapshot {
  return {
    employeeId: employee.id,
    accountId,
    state: 'pending',
    name: employee.name,
    email,
    fields: {},
    hash: null,
    awaitingManager: null,
    startDate,
    linkedByHand: false,
    missingSince: null,
    missingRuns: 0,
  };
}
