import { UsageError } from '../errors.js';
import type { Store } from '../store/store.js';

/**
 * Keeps the state from being changed by hand while it is not known what the LMS holds.
 *
 * @throws UsageError where an attempt of this employee has no outcome
 */
export async function refuseUncertain(store: Pick<Store, 'openIntents'>, id: string): Promise<void> {
  const open = (await store.openIntents()).find(({ employee }) => employee.id === id);
  if (open === undefined) return;
  throw new UsageError(
    `nobody knows yet whether the last ${open.kind} of #${id} reached the LMS: run "hrsync import-all" first, which asks it`,
  );
}
