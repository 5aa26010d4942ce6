import type { Account } from '../../../core/account.js';
import { ShortListError } from '../../../errors.js';
import type { Target } from '../../../targets/target.js';

/** Up to so many accounts single look-ups cost fewer requests than listing an LMS of usual size. */
const USUALLY_AT_MOST = 40;

/** Whether so many accounts are looked up one by one; otherwise every account of the LMS is listed. */
export function isLookedUp({ capabilities }: Pick<Target, 'capabilities'>, accounts: number): boolean {
  return accounts <= (capabilities.looksUpAtMost ?? USUALLY_AT_MOST);
}

/** Shows every account of the LMS by its list, in batches. False where the list proved short: nobody is missing from it. */
export async function readsWholeList(
  target: Pick<Target, 'list'>,
  look: (batch: readonly Account[]) => void | Promise<void>,
): Promise<boolean> {
  try {
    for await (const batch of target.list()) await look(batch);
    return true;
  } catch (error) {
    if (error instanceof ShortListError) return false;
    throw error;
  }
}
