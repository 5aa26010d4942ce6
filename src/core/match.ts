import type { Account } from './account.js';
import { emailKey } from './email.js';
import { ID_KEY, sayKey } from './employee-key.js';
import { loginName } from './login-name.js';
import type { MatchKey } from './policy.js';

/**
 * What the search for an existing account came to. `by` is what found it; `key` the HR field that `employees.key` names, the
 * employee id unless given.
 */
export type Match =
  | { readonly outcome: 'none' }
  | {
      readonly outcome: 'found';
      readonly account: Account;
      readonly by: MatchKey | 'user_name';
      readonly key?: string;
    }
  | { readonly outcome: 'ambiguous'; readonly message: string };

/** Who is looked for. */
export interface Sought {
  readonly employeeId: string;
  /** The external id that their account would bear. */
  readonly externalId: string;
  readonly email: string | null;
  /** The user name of somebody without an e-mail address: it stands in for it. Absent: none is mapped. */
  readonly userName?: string | null;
  /** The keys to try, in this order, instead of the configured ones. */
  readonly by?: readonly MatchKey[];
}

/**
 * Finds the account of somebody who is not linked yet, among accounts that bear their key or address. Keys are tried in
 * the configured order, and two different accounts are never a choice: that is ambiguous, whichever key found them.
 */
export function matchAccount(
  sought: Sought,
  accounts: readonly Account[],
  order: readonly MatchKey[],
  key = ID_KEY,
): Match {
  let found: { account: Account; by: MatchKey | 'user_name' } | null = null;
  for (const by of order) {
    const hits = accounts.filter((account) => bears(account, by, sought));
    const other = hits.find((account) => account.id !== (found?.account ?? hits[0])?.id);
    if (other !== undefined) {
      return { outcome: 'ambiguous', message: ambiguity(found?.account ?? hits[0] ?? other, other, key) };
    }
    const first = hits[0];
    if (found === null && first !== undefined)
      found = { account: first, by: by === 'email' && sought.email === null ? 'user_name' : by };
  }
  if (found === null) return { outcome: 'none' };
  return { outcome: 'found', ...found, ...(key !== ID_KEY && { key }) };
}

function bears(account: Account, key: MatchKey, sought: Sought): boolean {
  if (key === 'external_id') return account.externalId === sought.externalId;
  if (sought.email !== null) return account.email !== null && emailKey(account.email) === emailKey(sought.email);
  const name = loginName(account.fields);
  return name !== null && sought.userName != null && emailKey(name) === emailKey(sought.userName);
}

function ambiguity(one: Account, other: Account, key: string): string {
  return `accounts ${one.id} and ${other.id} both fit: give the ${sayKey(key)} to the right one in the LMS, or merge them`;
}
