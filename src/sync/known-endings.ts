import type { RunContext } from './context.js';

/**
 * Whose account earlier runs knew to end by now and could not end: the calendar names the day, or the ending was left
 * undone. Somebody whose other change failed is not among them.
 */
export async function knownEndings({
  store,
  policy,
}: Pick<RunContext, 'store' | 'policy'>): Promise<ReadonlySet<string>> {
  const ids = new Set(await store.undone());
  for (const { employee, kind } of await store.failures()) {
    if (kind === 'deactivate' || kind === 'delete') ids.add(employee.id);
    else ids.delete(employee.id);
  }
  for await (const batch of store.schedule()) {
    for (const { employee, kind, on } of batch) if (kind === 'deactivate' && on <= policy.today) ids.add(employee.id);
  }
  return ids;
}
