import type { Snapshot } from '../core/account.js';
import { emailKey } from '../core/email.js';
import { type EmployeeReference, isAmong } from '../core/employee.js';
import { UsageError } from '../errors.js';
import type { Store } from '../store/store.js';

const ALL_STATES = ['scheduled', 'sent', 'cancelled', 'withheld', 'uncertain'] as const;

/** The snapshot of somebody named by employee id or e-mail address, or null when the state knows none. */
export async function findSnapshot(store: Store, person: string): Promise<Snapshot | null> {
  const [byId] = await store.snapshotsOf([person]);
  const [byEmail] = byId === undefined ? await store.snapshotsByEmail([emailKey(person)]) : [];
  return byId ?? byEmail ?? null;
}

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
  for (const { employee } of await store.skipsOf({ ids: [person], emailKeys: [emailKey(person)] })) take(employee);
  for await (const batch of store.schedule()) {
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

/** Names the person of a snapshot. */
function referenceOf({ employeeId: id, email, name }: Snapshot): EmployeeReference {
  return { id, email, name };
}
