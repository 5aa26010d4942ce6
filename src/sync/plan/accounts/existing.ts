import type { Account } from '../../../core/account.js';
import { batchesOf } from '../../../core/batches.js';
import { emailKey } from '../../../core/email.js';
import { loginName } from '../../../core/login-name.js';
import { type Match, matchAccount, type Sought } from '../../../core/match.js';
import type { RunContext } from '../../context.js';
import { isLookedUp, readsWholeList } from './look-up.js';

/** Finds the accounts that exist already for people who are not linked: by look-ups, or by the list for more than the target looks up, unless it proves short. */
export async function findExisting(
  context: RunContext,
  sought: readonly Sought[],
): Promise<ReadonlyMap<string, Match>> {
  const accounts = new AccountIndex(sought);
  let read = 0;
  const look = (batch: readonly Account[]) => {
    accounts.add(batch);
    read += batch.length;
    context.reporter.matching({ accounts: read });
  };
  const { target } = context;
  if (isLookedUp(target, sought.length) || !(await readsWholeList(target, look))) {
    read = 0;
    for (const batch of batchesOf(sought)) {
      const keys = batch.map(({ externalId, email, userName = null }) => ({ externalId, email, userName }));
      accounts.add(await target.find(keys));
      read += batch.length;
      if (sought.length > batch.length) context.reporter.matching({ accounts: read });
    }
  }
  const matches = sought.map((one): [string, Match] => [
    one.employeeId,
    matchAccount(one, accounts.fitting(one), one.by ?? context.policy.match, context.mapping.key),
  ]);
  return settleRivals(new Map(matches));
}

/** Which employee each of these accounts is linked to. */
export async function linkedEmployees(context: RunContext, accounts: Iterable<string>): Promise<Map<string, string>> {
  const links = new Map<string, string>();
  for (const batch of batchesOf(accounts)) {
    for (const snapshot of await context.store.snapshotsByAccount(batch)) {
      if (snapshot.state !== 'deleted') links.set(snapshot.accountId, snapshot.employeeId);
    }
  }
  return links;
}

/** Two people who fit one account: the one found by external id has it; otherwise nobody does. */
function settleRivals(matches: Map<string, Match>): Map<string, Match> {
  const rivals = new Map<string, string[]>();
  for (const [id, match] of matches) {
    if (match.outcome === 'found') rivals.set(match.account.id, [...(rivals.get(match.account.id) ?? []), id]);
  }
  for (const [account, ids] of rivals) {
    if (ids.length === 1) continue;
    const byId = ids.filter((id) => byExternalId(matches.get(id)));
    for (const id of ids) {
      if (byId.length === 1 && byId[0] === id) continue;
      const others = ids.filter((other) => other !== id).map((other) => `#${other}`);
      matches.set(id, { outcome: 'ambiguous', message: `account ${account} also fits ${others.join(', ')}` });
    }
  }
  return matches;
}

function byExternalId(match: Match | undefined): boolean {
  return match?.outcome === 'found' && match.by === 'external_id';
}

/** Keeps of many accounts only those that somebody is looking for. */
class AccountIndex {
  readonly #byExternalId = new Map<string, Account[]>();
  readonly #byEmail = new Map<string, Account[]>();
  readonly #byUserName = new Map<string, Account[]>();

  constructor(sought: readonly Sought[]) {
    for (const { externalId, email, userName } of sought) {
      this.#byExternalId.set(externalId, []);
      if (userName != null) this.#byUserName.set(emailKey(userName), []);
      if (email !== null) this.#byEmail.set(emailKey(email), []);
    }
  }

  add(accounts: readonly Account[]): void {
    for (const account of accounts) {
      if (account.externalId !== null) this.#byExternalId.get(account.externalId)?.push(account);
      if (account.email !== null) this.#byEmail.get(emailKey(account.email))?.push(account);
      const name = this.#byUserName.size === 0 ? null : loginName(account.fields);
      if (name !== null) this.#byUserName.get(emailKey(name))?.push(account);
    }
  }

  fitting({ externalId, email, userName }: Sought): readonly Account[] {
    const byEmail = email === null ? [] : (this.#byEmail.get(emailKey(email)) ?? []);
    const byName = userName == null ? [] : (this.#byUserName.get(emailKey(userName)) ?? []);
    const fitting = [...(this.#byExternalId.get(externalId) ?? []), ...byEmail, ...byName];
    return [...new Map(fitting.map((account) => [account.id, account])).values()];
  }
}
