import type { ChangeKind } from '../../core/change.js';
import type { ReportedChange } from '../reporter.js';

/** What one look through all changes tells of them: how many, of what, where. */
export interface ChangeTally {
  readonly total: number;
  readonly kinds: ReadonlyMap<ChangeKind, number>;
  /** How many of them mail an invitation. */
  readonly mailed: number;
  /** How many were tried and are not done, or wait. */
  readonly undone: number;
  /** Of each department how many changes of each kind there are; empty where no department is mapped. */
  readonly departments: ReadonlyMap<string, ReadonlyMap<ChangeKind, number>>;
  /** Changes of people without a known department, where others have one. */
  readonly elsewhere: number;
  /** Every field that a new account is given, in the order of their first appearance. */
  readonly created: readonly string[];
}

/** Looks through all changes once; what it keeps does not grow with their number. */
export async function tallyChanges(changes: AsyncIterable<ReportedChange>): Promise<ChangeTally> {
  const kinds = new Map<ChangeKind, number>();
  const departments = new Map<string, Map<ChangeKind, number>>();
  const created = new Set<string>();
  const numbers = { total: 0, mailed: 0, undone: 0, elsewhere: 0 };
  for await (const { kind, invites, outcome, department, fields } of changes) {
    numbers.total += 1;
    add(kinds, kind);
    if (invites || kind === 'invite') numbers.mailed += 1;
    if (UNDONE.has(outcome)) numbers.undone += 1;
    if (kind === 'create') for (const field of Object.keys(fields)) created.add(field);
    if (department === undefined || department === null) {
      numbers.elsewhere += 1;
      continue;
    }
    const known = departments.get(department) ?? new Map<ChangeKind, number>();
    departments.set(department, known);
    add(known, kind);
  }
  const byName = [...departments].sort(([one], [other]) => one.localeCompare(other, 'en'));
  return { ...numbers, kinds, departments: new Map(byName), created: [...created] };
}

/** Outcomes of what was to be done and is not. */
export const UNDONE: ReadonlySet<ReportedChange['outcome']> = new Set(['failed', 'uncertain', 'deferred']);

/** How many changes a department has. */
export function sumOf(counts: ReadonlyMap<ChangeKind, number>): number {
  let sum = 0;
  for (const count of counts.values()) sum += count;
  return sum;
}

function add<Key>(counts: Map<Key, number>, key: Key): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
