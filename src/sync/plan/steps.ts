import { isExpiry } from '../../core/decide.js';
import type { Step } from '../../core/order.js';
import type { Draft } from './decisions.js';
import { WRITES } from './held-back.js';
import { endingStep } from './reports.js';

/** Whose account gets another address. */
export function movingIn(drafts: ReadonlyMap<string, Draft>): ReadonlySet<string> {
  const moving = [...drafts].filter(([, { decision, note, holds }]) => {
    return decision.action === 'compare' && note.emailKey !== null && note.emailKey !== holds;
  });
  return new Set(moving.map(([id]) => id));
}

/** The places of a plan's drafts in its order. */
export function stepsOf(
  drafts: ReadonlyMap<string, Draft>,
  moving: ReadonlySet<string>,
  reports: ReadonlyMap<string, readonly string[]>,
): Step[] {
  const steps: Step[] = [];
  for (const [employeeId, { decision, note, holds }] of drafts) {
    if (reports.has(employeeId))
      steps.push(endingStep(employeeId, reports, decision.action === 'delete' ? holds : null));
    if (isExpiry(decision)) steps.push({ employeeId, frees: holds, takes: null, manager: null, opens: false });
    if (!WRITES.has(decision.action)) continue;
    const moves = note.emailKey !== holds;
    steps.push({
      employeeId,
      frees: moves ? holds : null,
      takes: moves ? note.emailKey : null,
      manager: note.manager,
      opens: decision.action !== 'compare' || moving.has(employeeId),
    });
  }
  return steps;
}
