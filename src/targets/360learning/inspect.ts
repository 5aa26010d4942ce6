import type { Account, Rights } from '../../core/account.js';
import { PermissionError } from '../../errors.js';
import { inspectEach } from '../kit/inspect-each.js';
import { RejectedError } from '../kit/rejected.js';
import type { Membership } from './bulk-client.js';

type Held = Omit<Membership, 'userId'>;

/** What inspecting needs; `read` is `Target.get` with the roles that are known already. */
interface Reads {
  readonly roles: (userId: string) => Promise<readonly Held[]>;
  readonly read: (userId: string, roles: readonly Held[] | undefined) => Promise<Account | null>;
  readonly concurrency: number;
}

/** Accounts with their rights, which only the roles of a user in groups show: one further request each. */
export function inspectAccounts(
  accountIds: readonly string[],
  { roles, read, concurrency }: Reads,
): Promise<ReadonlyMap<string, Account>> {
  return inspectEach(accountIds, concurrency, async (id) => {
    const held = await roles(id).catch(unlessUnknown);
    const account = await read(id, held ?? undefined);
    return account === null ? null : { ...account, rights: rightsFrom(held) };
  });
}

/**
 * The rights that roles in groups give: everything but `learner` is more than a learner has. The owner and administrators
 * hold theirs in a group as well: https://360learning.readme.io/docs/ (v2 reference, "List the roles of a user").
 */
export function rightsFrom(held: readonly Held[] | null): Rights {
  if (held === null) return { privileged: null, role: 'unknown: 360Learning does not show the roles of this account' };
  const above = [...new Set(held.map(({ role }) => role))].filter((role) => role !== 'learner').toSorted();
  return { privileged: above.length > 0, role: above.length === 0 ? null : above.join(', ') };
}

// Whether an account is gone shows in the account itself; roles that may not be read are unknown.
function unlessUnknown(error: unknown): null {
  if (error instanceof RejectedError || error instanceof PermissionError) return null;
  throw error;
}
