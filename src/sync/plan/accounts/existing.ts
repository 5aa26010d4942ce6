import type { Account } from '../../../core/account.js';
import { batchesOf } from '../../../core/batches.js';
import { emailKey } from '../../../core/email.js';
import { loginName } from '../../../core/login-name.js';
import { type Match, matchAccount, type Sought } from '../../../core/match.js';
import type { RunContext } from '../../context.js';
import { isLookedUp, readsWholeList } from './look-up.js';

/**
 * Finds the accounts that exist already for people who are not linked: by look-ups, or by the list for more than the target
 * looks up, unless it proves short. Who has none is left out.
 */
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
  const matches = new Map<string, Match>();
  for (const one of sought) {
    const match = matchAccount(one, accounts.fitting(one), one.by ?? context.policy.match, context.mapping.key);
    // At a first import nobody has an account: what is not said of everybody needs no room.
    if (match.outcome !== 'none') matches.set(one.employeeId, match);
  }
  return settleRivals(matches);
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
  readonly #externalIds = new Set<string>();
  readonly #emails = new Set<string>();
  readonly #userNames = new Set<string>();
  readonly #byExternalId = new Map<string, Account[]>();
  readonly #byEmail = new Map<string, Account[]>();
  readonly #byUserName = new Map<string, Account[]>();

  constructor(sought: readonly Sought[]) {
    for (const { externalId, email, userName } of sought) {
      this.#externalIds.add(externalId);
      if (userName != null) this.#userNames.add(emailKey(userName));
      if (email !== null) this.#emails.add(emailKey(email));
    }
  }

  add(accounts: readonly Account[]): void {
    for (const account of accounts) {
      const { externalId, email } = account;
      if (externalId !== null && this.#externalIds.has(externalId)) keep(this.#byExternalId, externalId, account);
      if (email !== null && this.#emails.has(emailKey(email))) keep(this.#byEmail, emailKey(email), account);
      const name = this.#userNames.size === 0 ? null : loginName(account.fields);
      if (name !== null && this.#userNames.has(emailKey(name))) keep(this.#byUserName, emailKey(name), account);
    }
  }

  fitting({ externalId, email, userName }: Sought): readonly Account[] {
    const byEmail = email === null ? [] : (this.#byEmail.get(emailKey(email)) ?? []);
    const byName = userName == null ? [] : (this.#byUserName.get(emailKey(userName)) ?? []);
    const fitting = [...(this.#byExternalId.get(externalId) ?? []), ...byEmail, ...byName];
    return [...new Map(fitting.map((account) => [account.id, account])).values()];
  }
}

function keep(accounts: Map<string, Account[]>, key: string, account: Account): void {
  const known = accounts.get(key);
  if (known === undefined) accounts.set(key, [account]);
  else known.push(account);
}
