import type { Target } from '../../../targets/target.js';

/** Up to so many accounts single look-ups cost fewer requests than listing an LMS of usual size. */
const USUALLY_AT_MOST = 40;

/** Whether so many accounts are looked up one by one; otherwise every account of the LMS is listed. */
export function isLookedUp({ capabilities }: Pick<Target, 'capabilities'>, accounts: number): boolean {
  return accounts <= (capabilities.looksUpAtMost ?? USUALLY_AT_MOST);
}
