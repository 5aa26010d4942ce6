import { EXTERNAL_ID, type Snapshot, UNKNOWN } from '../../core/account.js';
import { batchesOf } from '../../core/batches.js';
import type { PlannedChange } from '../../core/change.js';
import { emailKey } from '../../core/email.js';
import { meansTheSame } from '../../core/meaning.js';
import type { Step } from '../../core/order.js';
import type { Reversal } from '../../core/revert.js';
import { type Fields, isEmpty, type Value } from '../../core/value.js';
import type { RunContext } from '../context.js';
import { unprotected } from '../plan/accounts/hold-back.js';
import { makeChange, makeManagerLoss } from '../plan/make-change.js';
import { PlanBuilder } from '../plan/plan-builder.js';
import { endingStep, reportsOf, reportsOfEnded } from '../plan/reports.js';
import type { Settled } from './settle.js';

/** The changes that take a run back: turns reversals into what the plan builder takes. */
export class ReversalChanges {
  readonly plan: PlanBuilder;
  readonly #managed: ReadonlySet<string>;
  readonly ended = new Set<string>();

  constructor(
    private readonly context: RunContext,
    private readonly settled: Settled,
  ) {
    this.plan = new PlanBuilder(context);
    this.#managed = new Set([EXTERNAL_ID, ...context.mapping.rules.map(({ field }) => field)]);
    for (const [id, { reversal }] of settled.drafts) if (reversal.change === 'deactivate') this.ended.add(id);
  }

  async fill(): Promise<void> {
    const { store } = this.context;
    const steps: Step[] = [];
    const reports = await reportsOf(store, this.ended);
    for await (const [snapshot, reversal] of this.#reversals()) steps.push(this.#stepOf(snapshot, reversal, reports));
    this.plan.orderBy(steps);
    for await (const [snapshot, reversal] of this.#reversals())
      await this.plan.add(this.#changesFor(snapshot, reversal));
    for await (const losing of reportsOfEnded(store, this.ended)) await this.#loseManagers(losing);
  }

  async *#reversals(): AsyncGenerator<readonly [Snapshot, Reversal]> {
    for (const batch of batchesOf(this.settled.drafts)) {
      for (const snapshot of await this.context.store.snapshotsOf(batch.map(([id]) => id))) {
        const reversal = this.settled.drafts.get(snapshot.employeeId)?.reversal;
        if (reversal !== undefined && reversal.change !== null) yield [snapshot, reversal];
      }
    }
  }

  #stepOf(snapshot: Snapshot, reversal: Reversal, reports: ReadonlyMap<string, readonly string[]>): Step {
    if (reversal.change === 'deactivate') return endingStep(snapshot.employeeId, reports, null);
    const { manager } = this.#wanted(snapshot, reversal);
    const { before, after } = reversal.fields['email'] ?? { before: null, after: null };
    return {
      employeeId: snapshot.employeeId,
      frees: typeof before === 'string' ? emailKey(before) : null,
      takes: typeof after === 'string' ? emailKey(after) : null,
      manager,
      opens: reversal.change === 'reactivate',
    };
  }

  #changesFor(snapshot: Snapshot, reversal: Reversal): PlannedChange[] {
    const { employeeId: id, email, name, startDate } = snapshot;
    const { change, because } = reversal;
    const { wanted, manager, awaiting } = this.#wanted(snapshot, reversal);
    const later = manager !== null && this.plan.order.managerLater.has(id);
    const parts = {
      ...this.plan.partsFor(id),
      candidate: { employee: { id, email, name }, startDate, hash: null },
      snapshot: change === 'reactivate' ? { ...snapshot, fields: this.#shown(snapshot, wanted) } : snapshot,
      wanted: later ? { ...wanted, manager: null } : wanted,
      awaitingManager: later ? manager : awaiting,
    };
    const made =
      change === 'deactivate'
        ? makeChange({ action: 'deactivate', because, account: null }, parts)
        : change === 'reactivate'
          ? makeChange({ action: 'reactivate', because, invitation: null }, parts)
          : makeChange({ action: 'compare' }, parts);
    if (made === null) return [];
    const privileged = this.settled.privileged.has(id);
    const managerLater = later ? manager : null;
    return this.plan.surround(
      { ...made, because },
      { parts: { ...parts, snapshot }, managerLater, mailing: null, privileged },
    );
  }

  /**
   * The account as it is to be: all that is known and managed of it, with what is taken back. What nobody knows is not
   * written, and nobody gets a manager who has no account.
   */
  #wanted(
    { fields: held, awaitingManager }: Snapshot,
    { change, fields }: Reversal,
  ): { readonly wanted: Fields; readonly manager: string | null; readonly awaiting: string | null } {
    const restored = Object.entries(fields).map(([field, { after }]) => [field, after] as const);
    const all = Object.entries({ ...held, ...Object.fromEntries(restored) });
    const wanted: Fields = Object.fromEntries(
      all.filter(([field, value]) => value !== UNKNOWN && this.#managed.has(field)),
    );
    const manager = wanted['manager'];
    if (typeof manager !== 'string') {
      return { wanted, manager: null, awaiting: 'manager' in fields ? null : awaitingManager };
    }
    const isThere = change === 'reactivate' ? this.settled.canManage(manager) : !this.ended.has(manager);
    if (!isThere) return { wanted: { ...wanted, manager: null }, manager: null, awaiting: manager };
    return { wanted, manager, awaiting: 'manager' in fields || change === 'reactivate' ? null : awaitingManager };
  }

  // An LMS drops much of an account that ends. All that has to be written goes into the journal, so that a reversal which
  // is killed between opening an account and writing it can be made again.
  #shown({ employeeId }: Snapshot, wanted: Fields): Fields {
    const shown = this.settled.drafts.get(employeeId)?.shown ?? {};
    const entries = Object.entries(wanted).map(([field, value]): [string, Value] => {
      if (!Object.hasOwn(shown, field)) return [field, isEmpty(value) ? null : UNKNOWN];
      const now = shown[field] ?? null;
      return [field, meansTheSame(field, now, value) ? value : now];
    });
    return Object.fromEntries(entries);
  }

  async #loseManagers(reports: readonly Snapshot[]): Promise<void> {
    const others = reports.filter(({ employeeId }) => {
      const change = this.settled.drafts.get(employeeId)?.reversal.change;
      return change === undefined || change === null;
    });
    await this.plan.add((await unprotected(this.context, others)).map(makeManagerLoss));
  }
}
