import { lastManager, type Snapshot, UNKNOWN } from '../../core/account.js';
import { batchesOf } from '../../core/batches.js';
import type { Step } from '../../core/order.js';
import type { Store } from '../../store/store.js';

/** The reports of people whose account ends, in batches, including reports whose account names an unknown manager. */
export async function* reportsOfEnded(
  store: Pick<Store, 'reportsOf'>,
  ended: ReadonlySet<string>,
): AsyncGenerator<readonly Snapshot[]> {
  if (ended.size === 0) return;
  for (const ids of batchesOf(ended)) yield await store.reportsOf(ids);
  yield (await store.reportsOf([UNKNOWN])).filter(({ awaitingManager }) => ended.has(awaitingManager ?? ''));
}

/** The reports (employee ids) of each of these people whose account ends. */
export async function reportsOf(
  store: Pick<Store, 'reportsOf'>,
  ended: ReadonlySet<string>,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const reports = new Map([...ended].map((id): [string, string[]] => [id, []]));
  for await (const batch of reportsOfEnded(store, ended)) {
    for (const report of batch) reports.get(lastManager(report) ?? '')?.push(report.employeeId);
  }
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
