import { count } from './count.js';
import type { EmployeeReference } from './employee.js';

/** Somebody who has an account, or had one, and whom HR names as their manager. */
export interface ManagedPerson {
  readonly employee: EmployeeReference;
  /** Whether the account is open. */
  readonly isOpen: boolean;
  /** Employee id of the manager whom HR names, or null. */
  readonly manager: string | null;
}

/** A fault in who reports to whom. */
export interface ManagerFault {
  readonly cause: 'manager_loop' | 'manager_left';
  /** In a loop the person with the first id, else the manager who left. */
  readonly employee: EmployeeReference;
  readonly detail: string;
}

/** So many people are named in one sentence. */
const NAMED = 8;

/** Finds loops of managers among people at work, and managers who have left and still have reports. */
export function managerFaults(people: readonly ManagedPerson[]): readonly ManagerFault[] {
  const byId = new Map(people.map((person) => [person.employee.id, person]));
  return [...loops(byId), ...departed(byId)];
}

function loops(byId: ReadonlyMap<string, ManagedPerson>): readonly ManagerFault[] {
  const done = new Set<string>();
  const found: ManagerFault[] = [];
  for (const start of byId.keys()) {
    const path: string[] = [];
    const onPath = new Map<string, number>();
    let id: string | null = start;
    while (id !== null && !done.has(id) && !onPath.has(id)) {
      const person = byId.get(id);
      if (person === undefined || !person.isOpen) break;
      onPath.set(id, path.length);
      path.push(id);
      id = person.manager;
    }
    const first = id === null ? undefined : onPath.get(id);
    // Many HR systems mark the head of the company by making them their own manager.
    if (first !== undefined && path.length - first > 1) found.push(loopOf(path.slice(first), byId));
    for (const one of path) done.add(one);
  }
  return found;
}

function loopOf(ids: readonly string[], byId: ReadonlyMap<string, ManagedPerson>): ManagerFault {
  const least = ids.reduce((one, other) => (one < other ? one : other));
  const from = ids.indexOf(least);
  const ordered = [...ids.slice(from), ...ids.slice(0, from)].map((id) => referenceOf(id, byId));
  const [employee = { id: least, email: null, name: null }] = ordered;
  const named = ordered.slice(0, NAMED).map(nameOf);
  const more = ordered.length > NAMED ? [`${ordered.length - NAMED} more`] : [];
  return { cause: 'manager_loop', employee, detail: [...named, ...more, nameOf(employee)].join(' reports to ') };
}

function departed(byId: ReadonlyMap<string, ManagedPerson>): readonly ManagerFault[] {
  const reports = new Map<string, EmployeeReference[]>();
  for (const { isOpen, manager, employee } of byId.values()) {
    if (!isOpen || manager === null || byId.get(manager)?.isOpen !== false) continue;
    reports.set(manager, [...(reports.get(manager) ?? []), employee]);
  }
  return [...reports].map(([id, list]) => {
    const named = list.slice(0, NAMED).map(nameOf).join(', ');
    const more = list.length > NAMED ? ` and ${count(list.length - NAMED, 'other')}` : '';
    return {
      cause: 'manager_left',
      employee: referenceOf(id, byId),
      detail: `has left and is still the manager of ${named}${more}`,
    };
  });
}

function referenceOf(id: string, byId: ReadonlyMap<string, ManagedPerson>): EmployeeReference {
  return byId.get(id)?.employee ?? { id, email: null, name: null };
}

function nameOf({ id, name }: EmployeeReference): string {
  return name === null || name === '' ? `#${id}` : `${name} (#${id})`;
}
