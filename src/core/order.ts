/** What the order of a plan depends on, for one employee whose account is made or changed. */
export interface Step {
  readonly employeeId: string;
  /** The address that the account gives up, and the one that it takes; null where it keeps or has none. */
  readonly frees: string | null;
  readonly takes: string | null;
  /** The manager (employee id), where the account must name one. */
  readonly manager: string | null;
  /** Whether the account can be named as a manager only once this step is done: it is opened, or moves to another address. */
  readonly opens: boolean;
}

/** In which order the steps of a plan may be carried out. */
export interface Order {
  /** Stage by employee; 1 and up. Steps of one stage do not depend on each other. */
  readonly stages: ReadonlyMap<string, number>;
  /** Whose manager can only be set in a second pass, because the managers wait for each other. */
  readonly managerLater: ReadonlySet<string>;
  /** Who must first move to an address of nobody's, because addresses go round in a circle. */
  readonly parkFirst: ReadonlySet<string>;
}

/** Puts what frees an address before what takes it, and managers before their reports, cutting circles. */
export function orderSteps(steps: readonly Step[]): Order {
  const byId = new Map(steps.map((step) => [step.employeeId, step]));
  const freedBy = new Map(steps.filter((step) => step.frees !== null).map((step) => [step.frees, step.employeeId]));
  const stages = new Map<string, number>();
  const managerLater = new Set<string>();
  const parkFirst = new Set<string>();
  const open = new Set<string>();

  const needs = (step: Step): readonly { readonly id: string; readonly cut: () => void }[] => {
    const list: { id: string; cut: () => void }[] = [];
    const owner = step.takes === null ? undefined : freedBy.get(step.takes);
    if (owner !== undefined && owner !== step.employeeId) list.push({ id: owner, cut: () => parkFirst.add(owner) });
    const manager = step.manager === null ? undefined : byId.get(step.manager);
    if (manager?.opens) list.push({ id: manager.employeeId, cut: () => managerLater.add(step.employeeId) });
    return list;
  };

  // A walk in depth with a stack of its own: chains of managers may be longer than the call stack.
  for (const root of steps) {
    const path = [{ step: root, needs: needs(root), next: 0, stage: 1 }];
    if (stages.has(root.employeeId)) continue;
    open.add(root.employeeId);
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const need = top.needs[top.next];
      if (need === undefined) {
        stages.set(top.step.employeeId, top.stage);
        open.delete(top.step.employeeId);
        path.pop();
        continue;
      }
      const done = stages.get(need.id);
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
  return { stages, managerLater, parkFirst };
}
