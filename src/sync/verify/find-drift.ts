import type { Account, Snapshot } from '../../core/account.js';
import { batchesOf } from '../../core/batches.js';
import { corrected, DRIFT_KINDS, type Drift, type DriftKind, driftOf } from '../../core/drift.js';
import { inParallel } from '../../core/in-parallel.js';
import type { Mapping } from '../../core/mapping.js';
import type { Reporter } from '../../report/reporter.js';
import type { Spool } from '../../store/spool.js';
import type { Store } from '../../store/store.js';
import type { Target } from '../../targets/target.js';
import { ShownManagers } from '../manager-address.js';
import { isLookedUp, readsWholeList } from '../plan/accounts/look-up.js';
import { Seen } from '../read/intake/seen.js';

/** An account that differs, with the snapshot that says what the LMS shows. */
export interface Drifted {
  readonly drift: Drift;
  readonly corrected: Snapshot;
}

/** What comparing the LMS with the snapshot came to; the drift itself waits in the spool. */
export interface Comparison {
  /** How many accounts the LMS listed or was asked for, and how many linked ones were compared. */
  readonly accounts: number;
  readonly compared: number;
  readonly counts: Readonly<Record<DriftKind, number>>;
  /** Whether the LMS shows who somebody's manager is. */
  readonly showsManagers: boolean;
}

/** What comparing works with. */
interface Context {
  readonly store: Pick<Store, 'snapshots' | 'snapshotsByAccount' | 'snapshotsByEmail' | 'keysOf' | 'countSnapshots'>;
  readonly target: Pick<Target, 'list' | 'get' | 'capabilities' | 'concurrency'>;
  readonly mapping: Pick<Mapping, 'rules'>;
  readonly reporter: Pick<Reporter, 'matching'>;
}

/** One linked account with what the LMS shows of it; null: it does not know it. */
interface Pair {
  readonly snapshot: Snapshot;
  readonly account: Account | null;
}

/**
 * Compares every linked account with the LMS: by its list, or one by one where the target says that it looks up so many or
 * the list proves short. A list may shift while it is read, so who is not on it is asked for by id before they count as gone.
 */
export async function findDrift(context: Context, spool: Pick<Spool<Drifted, never>, 'keep'>): Promise<Comparison> {
  const { store, target, reporter } = context;
  const finding = new Finding(context, spool);
  let accounts = 0;
  const isListed =
    !(await looksUpAll(context)) &&
    (await readsWholeList(target, async (batch) => {
      accounts += batch.length;
      await finding.compare(await finding.linked(batch));
      reporter.matching({ accounts });
    }));
  for await (const rows of store.snapshots()) {
    const unseen = rows.filter(isAccount).filter(({ row }) => !finding.seen.hasRow(row));
    for (const some of batchesOf(unseen, 50)) {
      await finding.compare(await finding.askedFor(some));
      if (!isListed) {
        accounts += some.length;
        reporter.matching({ accounts });
      }
    }
  }
  const { seen, counts, showsManagers } = finding;
  return { accounts, compared: seen.distinct, counts, showsManagers };
}

// Without a word of the target a verification lists: it compares nearly all that there is.
async function looksUpAll({ store, target }: Context): Promise<boolean> {
  if (target.capabilities.looksUpAtMost === undefined) return false;
  const { active, deactivated } = await store.countSnapshots();
  return isLookedUp(target, active + deactivated);
}

/**
 * How the accounts of these people differ from the snapshot, by employee id; who is as expected is not among them. Every
 * account that was compared is shown to `look`.
 */
export async function driftAmong(
  context: Context & { readonly store: Pick<Store, 'snapshotsOf'> },
  employeeIds: readonly string[],
  look: (pair: Pair) => void,
): Promise<ReadonlyMap<string, Drift>> {
  const { store, target, reporter } = context;
  const found = new Map<string, Drift>();
  const keep = async (items: readonly { readonly id: string; readonly item: Drifted }[]) => {
    for (const { id, item } of items) found.set(id, item.drift);
  };
  const finding = new Finding(context, { keep }, look);
  if (!isLookedUp(target, employeeIds.length)) {
    const among = new Set(employeeIds);
    let accounts = 0;
    await readsWholeList(target, async (batch) => {
      accounts += batch.length;
      const linked = await store.snapshotsByAccount(batch.map(({ id }) => id));
      const theirs = new Set(linked.flatMap(({ employeeId, accountId }) => (among.has(employeeId) ? [accountId] : [])));
      await finding.compare(await finding.linked(batch.filter(({ id }) => theirs.has(id))));
      reporter.matching({ accounts });
    });
  }
  for (const ids of batchesOf(employeeIds, 50)) {
    const linked = (await store.snapshotsOf(ids)).filter(isAccount);
    await finding.compare(await finding.askedFor(linked));
  }
  return found;
}

// What is pending is an invitation, which nobody can be asked for as an account.
function isAccount({ state }: Snapshot): boolean {
  return state !== 'deleted' && state !== 'pending';
}

class Finding {
  readonly seen = new Seen();
  showsManagers = false;
  readonly counts: Record<DriftKind, number> = { gone: 0, deactivated: 0, active: 0, changed: 0 };

  constructor(
    private readonly context: Context,
    private readonly spool: Pick<Spool<Drifted, never>, 'keep'>,
    private readonly look: (pair: Pair) => void = () => undefined,
  ) {}

  /** Those of the accounts that somebody is linked to, each with its row of the snapshot, and each once. */
  async linked(accounts: readonly Account[]): Promise<readonly Pair[]> {
    const { store, target } = this.context;
    const held = new Map<string, Snapshot>();
    for (const snapshot of await store.snapshotsByAccount(accounts.map(({ id }) => id))) {
      // The previous owner of the account may be remembered with it.
      if (snapshot.state !== 'deleted' || !held.has(snapshot.accountId)) held.set(snapshot.accountId, snapshot);
    }
    const fresh = await this.#unseen([...held.values()]);
    const shown = new Map(accounts.map((account) => [account.id, account]));
    return inParallel(fresh, target.concurrency, async (snapshot) => {
      const account = shown.get(snapshot.accountId) ?? null;
      const isWhole =
        target.capabilities.listShowsAll || snapshot.state !== 'active' || account?.state === 'deactivated';
      return { snapshot, account: isWhole ? account : await target.get(snapshot.accountId) };
    });
  }

  /** The same for accounts that the list did not hold. */
  async askedFor(snapshots: readonly Snapshot[]): Promise<readonly Pair[]> {
    const { target } = this.context;
    const fresh = await this.#unseen(snapshots);
    return inParallel(fresh, target.concurrency, async (snapshot) => ({
      snapshot,
      account: await target.get(snapshot.accountId),
    }));
  }

  async compare(pairs: readonly Pair[]): Promise<void> {
    const { rules } = this.context.mapping;
    const drifted: Drifted[] = [];
    for (const pair of await this.#withManagers(pairs)) {
      const { snapshot, account } = pair;
      this.look(pair);
      if (account !== null && Object.hasOwn(account.fields, 'manager')) this.showsManagers = true;
      const drift = driftOf(snapshot, account, rules);
      if (drift === null) continue;
      this.counts[drift.kind] += 1;
      drifted.push({ drift, corrected: corrected(snapshot, drift, account, rules) });
    }
    if (drifted.length > 0) await this.spool.keep(drifted.map((item) => ({ id: item.drift.employee.id, item })));
  }

  async #unseen(snapshots: readonly Snapshot[]): Promise<readonly Snapshot[]> {
    const ids = snapshots.map(({ employeeId }) => employeeId);
    const rows = new Map((await this.context.store.keysOf(ids)).map(({ employeeId, row }) => [employeeId, row]));
    return snapshots.filter(({ employeeId }) => this.seen.add(employeeId, rows.get(employeeId) ?? null));
  }

  // The LMS names a manager by account or address, the snapshot by employee.
  async #withManagers(pairs: readonly Pair[]): Promise<readonly Pair[]> {
    const named = pairs
      .flatMap(({ account }) => account?.fields['manager'] ?? [])
      .filter((id) => typeof id === 'string');
    if (named.length === 0) return pairs;
    const managers = await ShownManagers.of(this.context, named);
    return pairs.map(({ snapshot, account }) => {
      const manager = account?.fields['manager'];
      if (account === null || typeof manager !== 'string') return { snapshot, account };
      const employee = managers.employeeFor(manager, snapshot.fields['manager']);
      const fields = { ...account.fields, manager: employee ?? managers.nameOf(manager) };
      return { snapshot, account: { ...account, fields } };
    });
  }
}

/** How many accounts differ. */
export function countDrift({ counts }: Pick<Comparison, 'counts'>): number {
  return DRIFT_KINDS.reduce((sum, kind) => sum + counts[kind], 0);
}
