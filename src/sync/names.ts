import type { NamesOf } from '../report/managers.js';
import type { RunContext } from './context.js';

/** Looks names up in the state, and those of people who are new in the plan of a run. */
export function namesIn({ store, spool }: Pick<RunContext, 'store'> & Partial<Pick<RunContext, 'spool'>>): NamesOf {
  return async (ids) => {
    const names = new Map<string, string>();
    for (const { employeeId, name } of await store.snapshotsOf(ids)) if (name !== null) names.set(employeeId, name);
    const unknown = ids.filter((id) => !names.has(id));
    const found = unknown.length === 0 ? [] : ((await spool?.employees(unknown)) ?? []);
    for (const { id, name } of found) if (name !== null) names.set(id, name);
    return names;
  };
}
