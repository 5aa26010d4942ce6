import type { Snapshot } from '../../core/account.js';
import type { Scheduled } from '../../core/change.js';
import { emailKey } from '../../core/email.js';
import { type EmployeeReference, isAmong } from '../../core/employee.js';
import { UsageError } from '../../errors.js';
import type { Failure, Invitation, JournalEntry, Run, Store } from '../../store/store.js';

/** All that the state knows of one person. */
export interface Remembered {
  readonly snapshot: Snapshot | null;
  readonly scheduled: readonly Scheduled[];
  readonly invitations: readonly Invitation[];
  readonly failure: Failure | null;
  /** The newest attempts, oldest first. */
  readonly history: readonly JournalEntry[];
  /** How many attempts there were before those. */
  readonly earlier: number;
  readonly lastComplete: Run | null;
}

const ALL_STATES = ['scheduled', 'sent', 'cancelled', 'withheld', 'uncertain'] as const;

/** So much history fits the screen beside the rest. */
const SHOWN = 8;

/**
 * Who is meant by an employee id or an address, out of the state alone; null for somebody of whom it knows nothing.
 *
 * @throws UsageError when the address belongs to several people
 */
export async function findRemembered(store: Store, person: string): Promise<EmployeeReference | null> {
  const found = new Map<string, EmployeeReference>();
  const take = (employee: EmployeeReference) => void found.set(employee.id, found.get(employee.id) ?? employee);
  for (const one of await store.snapshotsOf([person])) take(referenceOf(one));
  for (const one of await store.snapshotsByEmail([emailKey(person)])) take(referenceOf(one));
  for (const { employee } of await store.failures()) if (isAmong(employee, [person])) take(employee);
  for await (const batch of store.listInvitations(ALL_STATES)) {
    for (const { employee } of batch) if (isAmong(employee, [person])) take(employee);
  }
  if (found.size === 0) {
    for await (const [entry] of store.journal({ employeeId: person })) if (entry !== undefined) take(entry.employee);
  }
  return onlyOne([...found.values()], person);
}

/** The one person of a list; an employee id goes before an address. */
export function onlyOne(people: readonly EmployeeReference[], person: string): EmployeeReference | null {
  const byId = people.find(({ id }) => id === person);
  if (byId !== undefined || people.length <= 1) return byId ?? people[0] ?? null;
  const ids = people.map(({ id }) => `#${id}`).join(', ');
  throw new UsageError(`${people.length} people have this address (${ids}): name one by employee id`);
}

/** Gathers what the state knows of an employee id. */
export async function remember(store: Store, id: string): Promise<Remembered> {
  const [snapshot = null] = await store.snapshotsOf([id]);
  const scheduled: Scheduled[] = [];
  for await (const batch of store.schedule()) scheduled.push(...batch.filter(({ employee }) => employee.id === id));
  const history: JournalEntry[] = [];
  let attempts = 0;
  for await (const batch of store.journal({ employeeId: id })) {
    attempts += batch.length;
    history.push(...batch);
    history.splice(0, history.length - SHOWN);
  }
  return {
    snapshot,
    scheduled,
    invitations: await store.invitations([id]),
    failure: (await store.failures()).find(({ employee }) => employee.id === id) ?? null,
    history,
    earlier: attempts - history.length,
    lastComplete: await store.lastCompleteRun(),
  };
}

/** Names the person of a snapshot. */
function referenceOf({ employeeId: id, email, name }: Snapshot): EmployeeReference {
  return { id, email, name };
}
