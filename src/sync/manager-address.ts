import { type Snapshot, UNKNOWN } from '../core/account.js';
import type { PlannedChange } from '../core/change.js';
import { emailKey } from '../core/email.js';
import type { Mapping } from '../core/mapping.js';
import type { Store } from '../store/store.js';
import type { Target } from '../targets/target.js';

interface Lms {
  readonly target: Pick<Target, 'capabilities'>;
}

interface Mapped extends Lms {
  readonly mapping: Pick<Mapping, 'rules'>;
}

/** Whether the LMS is told managers' e-mail addresses, which are out of date once a manager has another one. */
export function followsAddresses({ target, mapping }: Mapped): boolean {
  const isKept = mapping.rules.some(({ field, write }) => field === 'manager' && write === 'always');
  return isKept && target.capabilities.managerBy === 'email';
}

/**
 * Notes, before an account moves to another address, that nobody knows any longer whether its reports name the right one.
 * They are written again in this run or, should it break off, in the next one that reads everybody.
 */
export async function outdateReports(
  context: Mapped & { readonly store: Pick<Store, 'reportsOf' | 'putSnapshots'> },
  { kind, fields, employee }: Pick<PlannedChange, 'kind' | 'fields' | 'employee'>,
): Promise<void> {
  if (kind === 'create' || !Object.hasOwn(fields, 'email') || !followsAddresses(context)) return;
  const { store } = context;
  const reports = await store.reportsOf([employee.id]);
  if (reports.length > 0) await store.putSnapshots(reports.map((report) => outdated(report, employee.id)));
}

function outdated(report: Snapshot, manager: string): Snapshot {
  return { ...report, fields: { ...report.fields, manager: UNKNOWN }, hash: null, awaitingManager: manager };
}

/** The employees behind managers as accounts show them: by account id, or by address. A report's own manager is preferred. */
export class ShownManagers {
  private constructor(
    private readonly byAddress: boolean,
    private readonly employees: ReadonlyMap<string, readonly string[]>,
  ) {}

  static async of(
    { store, target }: Lms & { readonly store: Pick<Store, 'snapshotsByAccount' | 'snapshotsByEmail'> },
    shown: readonly string[],
  ): Promise<ShownManagers> {
    const byAddress = target.capabilities.managerBy === 'email';
    const linked = byAddress
      ? await store.snapshotsByEmail(shown.map(emailKey))
      : await store.snapshotsByAccount(shown);
    const employees = new Map<string, string[]>();
    // An address may be that of somebody who left, too.
    const ordered = linked.toSorted(
      (left, right) => Number(right.state === 'active') - Number(left.state === 'active'),
    );
    for (const { state, accountId, email, employeeId } of ordered) {
      const key = byAddress ? emailKey(email ?? '') : accountId;
      if (state !== 'deleted') employees.set(key, [...(employees.get(key) ?? []), employeeId]);
    }
    return new ShownManagers(byAddress, employees);
  }

  /** The employee, or undefined for a manager who is nobody's account that we know. */
  employeeFor(shown: string, own: unknown): string | undefined {
    const found = this.employees.get(this.byAddress ? emailKey(shown) : shown) ?? [];
    return found.find((id) => id === own) ?? found[0];
  }

  /** How such a manager is called. */
  nameOf(shown: string): string {
    return this.byAddress ? shown : `account ${shown}`;
  }
}
