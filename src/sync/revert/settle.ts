import type { Account, Snapshot } from '../../core/account.js';
import { batchesOf } from '../../core/batches.js';
import type { Skip } from '../../core/change.js';
import { emailKey } from '../../core/email.js';
import type { LeftAsIs, Reversal } from '../../core/revert.js';
import { movesOf, namesOf, objectionTo, type Touch } from '../../core/touch.js';
import type { Fields } from '../../core/value.js';
import type { RunContext } from '../context.js';
import { touchPolicy } from '../plan/accounts/hold-back.js';
import type { Draft } from './past.js';

/** What is to be left alone of a plan of reversals, for reasons that lie with other people or with the config. */
export interface Settled {
  readonly drafts: ReadonlyMap<string, Draft>;
  readonly skips: readonly Skip[];
  /** Whose account has more rights than a learner, of those whom the LMS was asked about. */
  readonly privileged: ReadonlySet<string>;
  /** Whom a report can have as a manager once the plan is carried out. */
  readonly canManage: (employeeId: string) => boolean;
}

/** Holds every reversal to what the config protects, to the addresses that others hold, and to the managers that there are. */
export async function settleReversals(context: RunContext, found: ReadonlyMap<string, Draft>): Promise<Settled> {
  const settling = new Settling(context, found);
  await settling.holdBack();
  await settling.freeAddresses();
  await settling.findManagers();
  return settling;
}

class Settling implements Settled {
  readonly drafts: Map<string, Draft>;
  readonly skips: Skip[] = [];
  readonly privileged = new Set<string>();
  readonly #active = new Set<string>();

  constructor(
    private readonly context: RunContext,
    found: ReadonlyMap<string, Draft>,
  ) {
    this.drafts = new Map(found);
    for (const { employee, reversal } of found.values()) {
      for (const { reason, message } of reversal.left) this.skips.push({ employee, reason, message });
    }
  }

  /** Nobody's account is touched that the rules about whom hrsync may touch keep from it. */
  async holdBack(): Promise<void> {
    const { store, policy, target } = this.context;
    const rules = touchPolicy(this.context);
    const concerned = [...this.drafts.values()].filter(({ reversal }) => reversal.change !== null);
    for (const batch of batchesOf(concerned, 50)) {
      const snapshots = await store.snapshotsOf(batch.map(({ employee }) => employee.id));
      const accountIds = snapshots.map(({ accountId }) => accountId);
      const accounts = await this.#inspected(snapshots, policy.protect.length > 0);
      const former = await store.formerAddresses(accountIds);
      for (const snapshot of snapshots) {
        const draft = this.drafts.get(snapshot.employeeId);
        if (draft === undefined) continue;
        const account = accounts.get(snapshot.accountId) ?? null;
        const touch = touchOf(draft, snapshot, account, former.get(snapshot.accountId) ?? []);
        const objection = objectionTo(touch, rules);
        if (touch.privileged === true) this.privileged.add(snapshot.employeeId);
        if (objection !== null) this.#keep(draft, objection.reason, objection.message);
        else if (touch.kind === 'end' && policy.deactivation.action === 'none')
          this.#keep(draft, 'protected', `${touch.because}, but deactivation.action is none: end it by hand`);
        else if (touch.kind === 'end' && target.capabilities.endsBy === 'deletion')
          this.#keep(
            draft,
            'not_revertible',
            `${touch.because}, but ${target.title} can only delete it: end it by hand`,
          );
      }
    }
  }

  // A value that nobody logs in by, of an account that nobody protects, is not asked about.
  async #inspected(snapshots: readonly Snapshot[], all: boolean): Promise<ReadonlyMap<string, Account>> {
    const asked = snapshots.filter(({ employeeId, fields }) => {
      const reversal = this.drafts.get(employeeId)?.reversal;
      return all || (reversal !== undefined && (reversal.change !== 'update' || movedBy(reversal, fields).length > 0));
    });
    return asked.length === 0 ? new Map() : this.context.target.inspect(asked.map(({ accountId }) => accountId));
  }

  /** Nobody gets an address back that somebody else holds and does not give up in this plan. */
  async freeAddresses(): Promise<void> {
    for (let refused = await this.#taken(); refused.size > 0; refused = await this.#taken()) {
      for (const [id, message] of refused) {
        const draft = this.drafts.get(id);
        if (draft?.reversal.change === 'update')
          this.#withoutField(draft, 'email', { reason: 'changed_since', message });
        else if (draft !== undefined) this.#keep(draft, 'changed_since', message);
      }
    }
  }

  async findManagers(): Promise<void> {
    const { store } = this.context;
    const managers = new Set<string>();
    for (const { reversal } of this.drafts.values()) {
      const manager = reversal.fields['manager']?.after;
      if (typeof manager === 'string') managers.add(manager);
    }
    for (const id of this.#idsOf('reactivate')) this.#active.add(id);
    for (const ids of batchesOf([...managers, ...(await this.#managersOfReopened())])) {
      for (const { employeeId, state } of await store.keysOf(ids)) if (state === 'active') this.#active.add(employeeId);
    }
    for (const id of this.#idsOf('deactivate')) this.#active.delete(id);
    for (const draft of this.drafts.values()) {
      const manager = draft.reversal.fields['manager']?.after;
      if (typeof manager !== 'string' || this.canManage(manager)) continue;
      const message = `manager: #${manager}, who was it before, has no account any more`;
      this.#withoutField(draft, 'manager', { reason: 'changed_since', message });
    }
  }

  readonly canManage = (employeeId: string): boolean => this.#active.has(employeeId);

  async #managersOfReopened(): Promise<readonly string[]> {
    const managers: string[] = [];
    for (const ids of batchesOf(this.#idsOf('reactivate'))) {
      for (const { fields } of await this.context.store.snapshotsOf(ids)) {
        if (typeof fields['manager'] === 'string') managers.push(fields['manager']);
      }
    }
    return managers;
  }

  async #taken(): Promise<ReadonlyMap<string, string>> {
    const { store } = this.context;
    const wanted = new Map<string, string>();
    for (const [id, { reversal }] of this.drafts) {
      const email = reversal.change === 'update' ? reversal.fields['email']?.after : null;
      if (typeof email === 'string') wanted.set(id, emailKey(email));
    }
    for (const ids of batchesOf(this.#idsOf('reactivate'))) {
      for (const { employeeId, email } of await store.snapshotsOf(ids))
        if (email) wanted.set(employeeId, emailKey(email));
    }
    const refused = new Map<string, string>();
    for (const batch of batchesOf(wanted)) {
      const holders = await store.snapshotsByEmail(batch.map(([, key]) => key));
      for (const [id, key] of batch) {
        const holder = holders.find(({ employeeId, email, state }) => {
          const holds = state !== 'deleted' && email !== null && emailKey(email) === key;
          return holds && employeeId !== id && this.drafts.get(employeeId)?.reversal.fields['email'] === undefined;
        });
        if (holder !== undefined) refused.set(id, `email: #${holder.employeeId} holds the address now`);
      }
    }
    return refused;
  }

  #idsOf(change: Reversal['change']): string[] {
    return [...this.drafts].flatMap(([id, { reversal }]) => (reversal.change === change ? [id] : []));
  }

  #keep({ employee, reversal }: Draft, reason: Skip['reason'], message: string): void {
    this.drafts.set(employee.id, { employee, reversal: { ...reversal, change: null, fields: {} } });
    this.skips.push({ employee, reason, message });
  }

  #withoutField({ employee, reversal }: Draft, field: string, { reason, message }: LeftAsIs): void {
    const fields = Object.fromEntries(Object.entries(reversal.fields).filter(([name]) => name !== field));
    const change = reversal.change === 'update' && Object.keys(fields).length === 0 ? null : reversal.change;
    this.drafts.set(employee.id, { employee, reversal: { ...reversal, change, fields } });
    this.skips.push({ employee, reason, message });
  }
}

function touchOf(
  { employee, reversal }: Draft,
  snapshot: Snapshot,
  account: Account | null,
  former: readonly string[],
): Touch {
  const kind = reversal.change === 'deactivate' ? 'end' : reversal.change === 'reactivate' ? 'reopen' : 'change';
  const email = reversal.fields['email']?.after;
  return {
    ...{ kind, employeeId: employee.id, accountId: snapshot.accountId, because: reversal.because, needsName: false },
    moves: kind === 'end' ? [] : movedBy(reversal, snapshot.fields),
    linkedByHand: snapshot.linkedByHand,
    employeeNames: employee.name === null ? [] : [employee.name],
    accountNames: namesOf(account, snapshot),
    addresses: [
      ...[employee.email, snapshot.email, account?.email ?? null, ...former],
      typeof email === 'string' ? email : null,
    ],
    privileged: account?.rights?.privileged ?? null,
    role: account?.rights?.role ?? null,
  };
}

function movedBy({ fields }: Reversal, held: Fields): readonly string[] {
  return movesOf(held, Object.fromEntries(Object.entries(fields).map(([field, { after }]) => [field, after])));
}
