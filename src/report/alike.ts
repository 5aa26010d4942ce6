import { hash } from 'node:crypto';
import type { EmployeeReference } from '../core/employee.js';
import type { ReportedChange } from './reporter.js';

/** Updates that move the same fields from the same values to the same values. */
export interface AlikeUpdates {
  /** What their equality is told by. */
  readonly key: string;
  /** One of them, for its fields. */
  readonly example: ReportedChange;
  readonly total: number;
  /** The first people concerned. */
  readonly people: readonly EmployeeReference[];
}

/** Finds out which updates are told together. */
export interface Alike {
  /** The largest group first. */
  readonly groups: readonly AlikeUpdates[];
  isGrouped(change: ReportedChange): boolean;
}

/** Fewer people than this are told one by one. */
const LEAST = 3;
/** How many people a group names. */
const NAMED = 3;
/** How many different updates are counted at a time, and how many groups are made: what keeps memory small. */
const COUNTED = 20_000;
const MOST_GROUPS = 1_000;

/**
 * Groups the updates of a plan in bounded memory. The list is read twice: once to find which updates may be frequent
 * (rare ones are forgotten whenever too many are counted), once to count those exactly.
 */
export async function findAlike(changes: () => AsyncIterable<ReportedChange>): Promise<Alike> {
  const wanted = await frequent(changes());
  const groups = new Map<string, AlikeUpdates & { total: number; people: EmployeeReference[] }>();
  if (wanted.size > 0) {
    for await (const change of changes()) {
      const key = keyOf(change);
      if (key === null || !wanted.has(key)) continue;
      const group = groups.get(key) ?? { key, example: change, total: 0, people: [] };
      if (group.total === 0) groups.set(key, group);
      group.total += 1;
      if (group.people.length < NAMED) group.people.push(change.employee);
    }
  }
  for (const [key, { total }] of groups) if (total < LEAST) groups.delete(key);
  return {
    groups: [...groups.values()].toSorted((one, other) => other.total - one.total),
    isGrouped(change) {
      const key = groups.size === 0 ? null : keyOf(change);
      return key !== null && groups.has(key);
    },
  };
}

/** Whether a change is one of these. */
export function isAlike(change: ReportedChange, { key }: AlikeUpdates): boolean {
  return keyOf(change) === key;
}

async function frequent(changes: AsyncIterable<ReportedChange>): Promise<ReadonlySet<string>> {
  const counts = new Map<string, number>();
  for await (const change of changes) {
    const key = keyOf(change);
    if (key === null) continue;
    counts.set(key, (counts.get(key) ?? 0) + 1);
    for (let rare = 1; counts.size > COUNTED; rare += 1) forgetRare(counts, rare);
  }
  const most = [...counts].toSorted(([, one], [, other]) => other - one).slice(0, MOST_GROUPS);
  return new Set(most.filter(([, count]) => count > 1).map(([key]) => key));
}

function forgetRare(counts: Map<string, number>, rare: number): void {
  for (const [key, count] of counts) if (count <= rare) counts.delete(key);
}

// What mails somebody or concerns an administrator is told one by one, and so is what does not only move fields.
function keyOf({ kind, invites, privileged, fields, because }: ReportedChange): string | null {
  if (kind !== 'update' || invites || privileged || Object.keys(fields).length === 0) return null;
  return hash('sha1', JSON.stringify([because, fields]), 'base64');
}
