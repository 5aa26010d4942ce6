import { isEnding } from '../../core/change.js';
import type { DifferentChange, Impact, Sides } from '../../report/impact.js';
import type { ReportedChange, RunResult } from '../../report/reporter.js';

/** The lists of a plan; each is read anew at every call. */
type PlanLists = Pick<RunResult, 'changes' | 'skipped' | 'scheduled' | 'notices'>;

/**
 * Compares two plans. Only what differs is held in memory: of everything else a digest, so that two plans of a first import
 * with a hundred thousand people can be compared.
 */
export async function comparePlans(
  present: PlanLists,
  next: PlanLists,
  digest: (text: string) => string,
): Promise<Impact> {
  const changes = await compareChanges(present, next, digest);
  const skips = await compareLists(
    () => present.skipped(),
    () => next.skipped(),
    ({ employee, reason }) => `${employee.id}\n${reason}`,
  );
  const scheduled = await compareLists(
    () => present.scheduled(),
    () => next.scheduled(),
    ({ employee, kind, on }) => `${employee.id}\n${kind}\n${on}`,
  );
  const known = new Set(present.notices);
  return { ...changes, skips, scheduled, notices: next.notices.filter((notice) => !known.has(notice)) };
}

/** Whether the new config changes anything for anybody. */
export function isDifferent({ changes, skips, scheduled }: Impact): boolean {
  const lists = [changes, skips, scheduled].flatMap(({ added, removed }) => [added, removed]);
  return changes.different.length > 0 || lists.some((list) => list.length > 0);
}

async function compareChanges(
  present: PlanLists,
  next: PlanLists,
  digest: (text: string) => string,
): Promise<Pick<Impact, 'changes' | 'same'>> {
  const before = new Map<string, string>();
  for await (const [key, change] of keyed(present)) before.set(key, digestOf(change, digest));
  const added: ReportedChange[] = [];
  const others = new Map<string, ReportedChange>();
  let same = 0;
  for await (const [key, change] of keyed(next)) {
    const known = before.get(key);
    if (known === undefined) added.push(change);
    else if (known === digestOf(change, digest)) same += 1;
    else {
      others.set(key, change);
      continue;
    }
    before.delete(key);
  }
  const removed: ReportedChange[] = [];
  const different: DifferentChange[] = [];
  // What is left of the present plan is done otherwise, or not at all.
  if (before.size > 0) {
    for await (const [key, change] of keyed(present)) {
      if (!before.has(key)) continue;
      const other = others.get(key);
      if (other === undefined) removed.push(change);
      else different.push({ present: change, next: other });
    }
  }
  return { changes: { added: endingsFirst(added), removed: endingsFirst(removed), different }, same };
}

// One person may have two changes of one kind: an address that steps aside, a manager who is set late.
async function* keyed(plan: PlanLists): AsyncGenerator<readonly [string, ReportedChange]> {
  const met = new Map<string, number>();
  for await (const change of plan.changes()) {
    const key = `${change.kind}\n${change.employee.id}`;
    const times = met.get(key) ?? 0;
    met.set(key, times + 1);
    yield [`${key}\n${times}`, change];
  }
}

function digestOf({ account, invites, fields, outcome }: ReportedChange, digest: (text: string) => string): string {
  const values = Object.entries(fields).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return digest(JSON.stringify([account, invites, outcome, values]));
}

function endingsFirst(changes: readonly ReportedChange[]): readonly ReportedChange[] {
  return [...changes.filter(({ kind }) => isEnding(kind)), ...changes.filter(({ kind }) => !isEnding(kind))];
}

async function compareLists<Item>(
  present: () => AsyncIterable<Item>,
  next: () => AsyncIterable<Item>,
  keyOf: (item: Item) => string,
): Promise<Sides<Item>> {
  const keysBefore = await keysOf(present(), keyOf);
  const keysNow = await keysOf(next(), keyOf);
  return { added: await without(next(), keysBefore, keyOf), removed: await without(present(), keysNow, keyOf) };
}

async function keysOf<Item>(items: AsyncIterable<Item>, keyOf: (item: Item) => string): Promise<ReadonlySet<string>> {
  const keys = new Set<string>();
  for await (const item of items) keys.add(keyOf(item));
  return keys;
}

async function without<Item>(
  items: AsyncIterable<Item>,
  keys: ReadonlySet<string>,
  keyOf: (item: Item) => string,
): Promise<Item[]> {
  const rest: Item[] = [];
  for await (const item of items) if (!keys.has(keyOf(item))) rest.push(item);
  return rest;
}
