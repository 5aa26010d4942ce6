import { type ChangeKind, isEnding } from '../core/change.js';
import { personLines, type View } from './change-text.js';
import { firstOf, inGroups } from './groups.js';
import { andMore } from './plan-changes.js';
import type { PlanToReport, ReportedChange } from './reporter.js';
import { lines, safeText } from './terminal.js';
import { KINDS } from './words.js';

/** The kinds as a person asks for them: who keeps an account first. */
const ORDER: readonly ChangeKind[] = ['deactivate', 'delete', 'create', 'reactivate', 'adopt', 'invite', 'update'];

/** What the config's `rollout` keeps from being sent, endings first; nothing where all is on. */
export async function* heldBackText(plan: PlanToReport, view: View): AsyncGenerator<string> {
  if (plan.heldBack === undefined) return;
  const { heldBack } = plan;
  let begun = false;
  for await (const group of inGroups(
    () => heldBack.changes(),
    ({ kind }: ReportedChange) => kind,
    ORDER,
  )) {
    if (!begun) yield `\n${view.style.strong('Held back by rollout')}\n`;
    begun = true;
    const heading = `${KINDS[group.key].heading} ${group.total}`;
    yield `  ${isEnding(group.key) ? view.style.bad(heading) : heading}\n`;
    for await (const change of firstOf(group.items, view.limit)) yield lines(heldLines(change, view));
    yield andMore(group.total, view);
  }
}

function heldLines(change: ReportedChange, view: View): string[] {
  const reason = change.error ?? 'held back';
  const because = isEnding(change.kind) ? `${change.because}; ${reason}` : reason;
  return personLines(change, view, safeText(because));
}
