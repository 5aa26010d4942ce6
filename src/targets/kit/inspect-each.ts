import type { Account } from '../../core/account.js';
import { inParallel } from '../../core/in-parallel.js';

/** Looks at accounts one by one, so many at once, and gives those that there are by their ids: what `Target.inspect` promises. */
export async function inspectEach(
  accountIds: Iterable<string>,
  atOnce: number,
  look: (accountId: string) => Promise<Account | null>,
): Promise<ReadonlyMap<string, Account>> {
  const shown = new Map<string, Account>();
  await inParallel(new Set(accountIds), atOnce, async (id) => {
    const account = await look(id);
    if (account !== null) shown.set(id, account);
  });
  return shown;
}
