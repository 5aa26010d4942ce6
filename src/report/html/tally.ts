import type { ChangeKind, Outcome } from '../../core/change.js';
import type { ReportedChange } from '../reporter.js';

/** What one look through all changes tells of them: how many, of what, where. */
export interface ChangeTally {
  readonly total: number;
  readonly kinds: ReadonlyMap<ChangeKind, number>;
  readonly outcomes: ReadonlyMap<Outcome, number>;
  /** Of each department how many changes of each kind there are; empty where no department is mapped. */
  readonly departments: ReadonlyMap<string, ReadonlyMap<ChangeKind, number>>;
  /** Changes of people without a known department, where others have one. */
  readonly elsewhere: number;
  /** Every field that some change moves, in the order of their first appearance. */
  readonly fields: readonly string[];
}

/** Looks through all changes once; what it keeps does not grow with their number. */
export async function tallyChanges(changes: AsyncIterable<ReportedChange>): Promise<ChangeTally> {
  const kinds = new Map<ChangeKind, number>();
  const outcomes = new Map<Outcome, number>();
  const departments = new Map<string, Map<ChangeKind, number>>();
  const fields = new Set<string>();
  let total = 0;
  let elsewhere = 0;
  for await (const { kind, outcome, department, fields: moved } of changes) {
    total += 1;
    add(kinds, kind);
    add(outcomes, outcome);
    for (const field of Object.keys(moved)) fields.add(field);
    if (department === undefined || department === null) {
      elsewhere += 1;
      continue;
    }
    const known = departments.get(department) ?? new Map<ChangeKind, number>();
    departments.set(department, known);
    add(known, kind);
  }
  const byName = [...departments].sort(([one], [other]) => one.localeCompare(other, 'en'));
  return { total, kinds, outcomes, departments: new Map(byName), elsewhere, fields: [...fields] };
}

/** How many changes a department has. */
export function sumOf(counts: ReadonlyMap<ChangeKind, number>): number {
  let sum = 0;
  for (const count of counts.values()) sum += count;
  return sum;
}

function add<Key>(counts: Map<Key, number>, key: Key): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
