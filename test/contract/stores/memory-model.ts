import type { Snapshot } from '../../../src/core/account.js';
import { emailKey } from '../../../src/core/email.js';
import type { Failure, Invitation, Settlement, Store } from '../../../src/store/store.js';
import { allOf, intent, remember, settlement } from './made-up.js';

/** One thing that is done to a store. */
export type Step =
  | { readonly kind: 'put'; readonly snapshots: readonly Snapshot[] }
  | { readonly kind: 'begin'; readonly employee: string }
  | { readonly kind: 'settle'; readonly intent: number; readonly change: Omit<Settlement, 'id' | 'at' | 'error'> }
  | { readonly kind: 'invite'; readonly invitations: readonly Invitation[] }
  | { readonly kind: 'clear'; readonly employees: readonly string[] };

/** Everything that a store can be asked about these people, in an order that does not depend on the store. */
export interface Contents {
  readonly snapshots: readonly Snapshot[];
  readonly byEmail: readonly Snapshot[];
  readonly reports: readonly Snapshot[];
  readonly open: readonly string[];
  readonly invitations: readonly Invitation[];
  readonly failures: readonly Failure[];
  readonly refused: readonly number[];
}

/** What a store must amount to, in the plainest way: maps in memory, copied before every step. */
export class MemoryModel {
  #snapshots = new Map<string, Snapshot>();
  #invitations = new Map<string, Invitation>();
  #failures = new Map<string, Failure>();
  readonly #intents: { readonly employee: string; isOpen: boolean }[] = [];
  readonly #refused: number[] = [];

  take(steps: readonly Step[]): void {
    for (const [index, step] of steps.entries()) if (!this.#take(step)) this.#refused.push(index);
  }

  contents(employees: readonly string[], emails: readonly string[]): Contents {
    const all = [...this.#snapshots.values()];
    const keys = new Set(emails.map(emailKey));
    return sorted({
      snapshots: all,
      byEmail: all.filter((one) => one.email !== null && keys.has(emailKey(one.email))),
      reports: all.filter((one) => one.state === 'active' && employees.includes(String(one.fields['manager']))),
      open: this.#intents.filter((one) => one.isOpen).map((one) => one.employee),
      invitations: [...this.#invitations.values()],
      failures: [...this.#failures.values()],
      refused: this.#refused,
    });
  }

  #take(step: Step): boolean {
    switch (step.kind) {
      case 'put':
        return this.#put(step.snapshots, null);
      case 'begin':
        this.#intents.push({ employee: step.employee, isOpen: true });
        return true;
      case 'settle':
        return this.#settle(step);
      case 'invite':
        for (const one of step.invitations) this.#invitations.set(placeOf(one), one);
        return true;
      case 'clear':
        for (const id of step.employees) this.#failures.delete(id);
        return true;
    }
  }

  #put(snapshots: readonly Snapshot[], unlink: string | null): boolean {
    const next = new Map(this.#snapshots);
    if (unlink !== null) next.delete(unlink);
    for (const one of snapshots) {
      const others = [...next.values()].filter((other) => other.employeeId !== one.employeeId);
      const isTaken = others.some((other) => other.state !== 'deleted' && other.accountId === one.accountId);
      if (isTaken && one.state !== 'deleted') return false;
      next.set(one.employeeId, one);
    }
    this.#snapshots = next;
    return true;
  }

  #settle({ intent: place, change }: Extract<Step, { kind: 'settle' }>): boolean {
    const settled = this.#intents[place % this.#intents.length];
    if (settled === undefined) return true;
    const { snapshot, unlink, invitation, failure, outcome } = change;
    if (!this.#put(snapshot === null ? [] : [snapshot], unlink)) return false;
    settled.isOpen = outcome === 'uncertain';
    if (invitation !== null) this.#invitations.set(placeOf(invitation), invitation);
    if (failure !== null) this.#failures.set(failure.employee.id, failure);
    else if (outcome === 'done') this.#failures.delete(settled.employee);
    return true;
  }
}

/** Takes the same steps with a store and tells which it refused. */
export async function takeSteps(store: Store, steps: readonly Step[]): Promise<readonly number[]> {
  const begun: number[] = [];
  const refused: number[] = [];
  for (const [index, step] of steps.entries()) {
    await takeStep(store, step, begun).catch(() => refused.push(index));
  }
  return refused;
}

async function takeStep(store: Store, step: Step, begun: number[]): Promise<void> {
  switch (step.kind) {
    case 'put':
      return store.putSnapshots(step.snapshots);
    case 'begin':
      begun.push(...(await store.begin([intent(step.employee)])));
      return;
    case 'settle': {
      const id = begun[step.intent % begun.length];
      return id === undefined ? undefined : store.settle([settlement(id, step.change)]);
    }
    case 'invite':
      return store.putInvitations(step.invitations);
    case 'clear':
      return remember(store, { mended: step.employees });
  }
}

/** Asks a store for everything it holds about these people. */
export async function contentsOf(
  store: Store,
  refused: readonly number[],
  employees: readonly string[],
  emails: readonly string[],
): Promise<Contents> {
  return sorted({
    snapshots: (await allOf(store.snapshots())).map(({ row: _, ...one }) => one),
    byEmail: await store.snapshotsByEmail([...new Set(emails.map(emailKey))]),
    reports: await store.reportsOf(employees),
    open: (await store.openIntents()).map((one) => one.employee.id),
    invitations: await store.invitations(employees),
    failures: await store.failures(),
    refused,
  });
}

function sorted(contents: Contents): Contents {
  const byEmployee = (a: Snapshot, b: Snapshot) => a.employeeId.localeCompare(b.employeeId);
  const byPerson = (a: Invitation | Failure, b: Invitation | Failure) => placeOf(a).localeCompare(placeOf(b));
  return {
    ...contents,
    snapshots: contents.snapshots.toSorted(byEmployee),
    byEmail: contents.byEmail.toSorted(byEmployee),
    reports: contents.reports.toSorted(byEmployee),
    invitations: contents.invitations.toSorted(byPerson),
    failures: contents.failures.toSorted(byPerson),
  };
}

function placeOf(one: Invitation | Failure): string {
  return `${one.employee.id} ${'hire' in one ? one.hire : ''}`;
}
