/** The stage of endings that wait for nothing: before parked addresses (0) and everything else. */
const FIRST_STAGE = -1;

/** What the order of a plan depends on, for one employee whose account is made, changed or ended. */
export interface Step {
  readonly employeeId: string;
  /** The address that the account gives up, and the one that it takes; null where it keeps or has none. */
  readonly frees: string | null;
  readonly takes: string | null;
  /** The manager (employee id), where the account must name one. */
  readonly manager: string | null;
  /** Whether the account can be named as a manager only once this step is done: it is opened, or moves to another address. */
  readonly opens: boolean;
  /** Only for an account that ends: the reports (employee ids) who lose it as their manager, so their changes go first. */
  readonly endsAfter?: readonly string[];
}

/** In which order the steps of a plan may be carried out. */
export interface Order {
  /** Stage by employee: -1 for endings that wait for nothing, 1 and up for the rest. Steps of one stage do not depend on each other. */
  readonly stages: ReadonlyMap<string, number>;
  /** The highest stage, 1 where there is none. */
  readonly last: number;
  /** Whose manager can only be set in a second pass, because the managers wait for each other. */
  readonly managerLater: ReadonlySet<string>;
  /** Who must first move to an address of nobody's, because addresses go round in a circle. */
  readonly parkFirst: ReadonlySet<string>;
}

/**
 * Puts what frees an address before what takes it, and managers before their reports, cutting circles. An ending waits only
 * for the changes of the reports whom it leaves without a manager; those, and what they need, go before all other changes.
 */
export function orderSteps(steps: readonly Step[]): Order {
  const byId = new Map(steps.map((step) => [step.employeeId, step]));
  const freedBy = new Map(steps.filter((step) => step.frees !== null).map((step) => [step.frees, step.employeeId]));
  const depths = new Map<string, number>();
  const managerLater = new Set<string>();
  const parkFirst = new Set<string>();
  const open = new Set<string>();

  const needs = (step: Step): readonly Need[] => {
    const list: Need[] = [];
    const owner = step.takes === null ? undefined : freedBy.get(step.takes);
    if (owner !== undefined && owner !== step.employeeId) list.push({ id: owner, cut: () => parkFirst.add(owner) });
    const manager = step.manager === null ? undefined : byId.get(step.manager);
    if (manager?.opens) list.push({ id: manager.employeeId, cut: () => managerLater.add(step.employeeId) });
    // In a circle the ending does not wait: the report's change sets the manager afterwards all the same.
    for (const id of step.endsAfter ?? []) if (byId.has(id)) list.push({ id, cut: () => undefined });
    return list;
  };

  // A walk in depth with a stack of its own: chains of managers may be longer than the call stack.
  for (const root of steps) {
    const path = [{ step: root, needs: needs(root), next: 0, stage: 1 }];
    if (depths.has(root.employeeId)) continue;
    open.add(root.employeeId);
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const need = top.needs[top.next];
      if (need === undefined) {
        depths.set(top.step.employeeId, top.stage);
        open.delete(top.step.employeeId);
        path.pop();
        continue;
      }
      const done = depths.get(need.id);
      const target = byId.get(need.id);
      if (done !== undefined) {
        top.stage = Math.max(top.stage, done + 1);
        top.next += 1;
      } else if (open.has(need.id) || target === undefined) {
        need.cut();
        top.next += 1;
      } else {
        open.add(need.id);
        path.push({ step: target, needs: needs(target), next: 0, stage: 1 });
      }
    }
  }
  const stages = endingsFirst(steps, depths, (id) => needs(byId.get(id) ?? NOBODY).map((need) => need.id));
  let last = 1;
  for (const stage of stages.values()) last = Math.max(last, stage);
  return { stages, last, managerLater, parkFirst };
}

interface Need {
  readonly id: string;
  /** Called where this need closes a circle and cannot be met. */
  readonly cut: () => void;
}

const NOBODY: Step = { employeeId: '', frees: null, takes: null, manager: null, opens: false };

/** Turns depths into stages: free endings, then all that the other endings need and these endings, then everything else. */
function endingsFirst(
  steps: readonly Step[],
  depths: ReadonlyMap<string, number>,
  needsOf: (employeeId: string) => readonly string[],
): ReadonlyMap<string, number> {
  const waiting = steps.filter(({ endsAfter }) => endsAfter !== undefined && endsAfter.length > 0);
  const urgent = new Set<string>();
  // The list grows on the way: what is needed needs others in turn.
  const queue = waiting.map(({ employeeId }) => employeeId);
  for (const id of queue) {
    if (urgent.has(id)) continue;
    urgent.add(id);
    for (const needed of needsOf(id)) queue.push(needed);
  }
  let deepest = 0;
  for (const id of urgent) deepest = Math.max(deepest, depths.get(id) ?? 0);
  const stages = new Map<string, number>();
  for (const { employeeId, endsAfter } of steps) {
    const depth = depths.get(employeeId) ?? 1;
    const isFree = endsAfter !== undefined && endsAfter.length === 0;
    stages.set(employeeId, isFree ? FIRST_STAGE : urgent.has(employeeId) ? depth : deepest + depth);
  }
  return stages;
}
