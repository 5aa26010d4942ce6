import type { PlannedChange } from '../../core/change.js';
import { departmentField } from '../../core/mapping.js';
import type { PlannedRow } from '../../store/spool.js';
import type { RunContext } from '../context.js';

/** The department of each of these changes' accounts by their sequence, where one is mapped: as wanted, or as it is held. */
export async function departmentsOf(
  { mapping, store }: RunContext,
  rows: readonly PlannedRow<PlannedChange>[],
): Promise<ReadonlyMap<number, string>> {
  const departments = new Map<number, string>();
  const field = departmentField(mapping.rules);
  if (field === null) return departments;
  const ids = rows.flatMap(({ change }) => (change.wanted === null ? [change.employee.id] : []));
  const held = new Map((await store.snapshotsOf(ids)).map((snapshot) => [snapshot.employeeId, snapshot.fields]));
  for (const { change, sequence } of rows) {
    const value = (change.wanted ?? held.get(change.employee.id))?.[field];
    if (typeof value === 'string' && value !== '') departments.set(sequence, value);
  }
  return departments;
}
