import { type Snapshot, UNKNOWN } from '../core/account.js';
import { batchesOf } from '../core/batches.js';
import type { Step } from '../core/order.js';
import type { Value } from '../core/value.js';
import type { Store } from '../store/store.js';

/** The reports (employee ids) of each of these people whose account ends. */
export async function reportsOf(
  store: Pick<Store, 'reportsOf'>,
  ended: ReadonlySet<string>,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const reports = new Map([...ended].map((id): [string, string[]] => [id, []]));
  const add = (manager: Value | undefined, { employeeId }: Snapshot) => {
    if (typeof manager === 'string') reports.get(manager)?.push(employeeId);
  };
  for (const ids of batchesOf(ended))
    for (const report of await store.reportsOf(ids)) add(report.fields['manager'], report);
  const doubtful = ended.size === 0 ? [] : await store.reportsOf([UNKNOWN]);
  for (const report of doubtful) add(report.awaitingManager, report);
  return reports;
}

/** The place of an ending in the order of a plan; `frees` is the address that a deletion gives up. */
export function endingStep(
  employeeId: string,
  reports: ReadonlyMap<string, readonly string[]>,
  frees: string | null,
): Step {
  // A report whose account ends as well needs no other manager before.
  const endsAfter = (reports.get(employeeId) ?? []).filter((id) => !reports.has(id));
  return { employeeId, frees, takes: null, manager: null, opens: false, endsAfter };
}
