import { batchesOf } from '../../core/batches.js';
import type { Skip } from '../../core/change.js';
import { emailKey } from '../../core/email.js';
import { protector } from '../../core/protect.js';
import type { LeftAsIs, Reversal } from '../../core/revert.js';
import type { RunContext } from '../context.js';
import type { Draft } from './past.js';

/** What is to be left alone of a plan of reversals, for reasons that lie with other people or with the config. */
export interface Settled {
  readonly drafts: ReadonlyMap<string, Draft>;
  readonly skips: readonly Skip[];
  /** Whom a report can have as a manager once the plan is carried out. */
  readonly canManage: (employeeId: string) => boolean;
}

/** Holds every reversal to what the config protects, to the addresses that others hold, and to the managers that there are. */
export async function settleReversals(context: RunContext, found: ReadonlyMap<string, Draft>): Promise<Settled> {
  const settling = new Settling(context, found);
  await settling.protect();
  await settling.freeAddresses();
  await settling.findManagers();
  return settling;
}

class Settling implements Settled {
  readonly drafts: Map<string, Draft>;
  readonly skips: Skip[] = [];
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

  /** Nobody's account ends whom the config keeps. */
  async protect(): Promise<void> {
    const { store, policy } = this.context;
    const { protect, action } = policy.deactivation;
    const isProtected = protector(protect);
    const ending = this.#idsOf('deactivate');
    for (const ids of batchesOf(ending)) {
      for (const { employeeId, email } of await store.snapshotsOf(ids)) {
        const draft = this.drafts.get(employeeId);
        if (draft === undefined) continue;
        const { because } = draft.reversal;
        if (isProtected([draft.employee.email, email]))
          this.#keep(draft, 'protected', `${because}, but a pattern under deactivation.protect keeps the account`);
        else if (action === 'none')
          this.#keep(draft, 'protected', `${because}, but deactivation.action is none: end it by hand`);
      }
    }
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
