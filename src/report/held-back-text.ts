import { type ChangeKind, isEnding } from '../core/change.js';
import { ROLLOUT_SWITCHES } from '../core/rollout.js';
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
  for await (const group of inGroups(heldBack, ({ kind }: ReportedChange) => kind, ORDER)) {
    if (!begun) yield `\n${view.style.strong('Held back by rollout')}\n`;
    begun = true;
    const heading = `${KINDS[group.key].heading} ${group.total}`;
    yield `  ${isEnding(group.key) ? view.style.bad(heading) : heading}\n`;
    for await (const change of firstOf(group.items, view.limit)) yield lines(heldLines(change, view));
    yield andMore(group.total, view);
  }
}

/** How many changes each switch of `rollout` holds back, for a document; null where nothing is held back. */
export async function heldBackCounts(plan: PlanToReport): Promise<Readonly<Record<string, number>> | null> {
  if (plan.heldBack === undefined) return null;
  const counts: Record<string, number> = Object.fromEntries(ROLLOUT_SWITCHES.map((one) => [one, 0]));
  let all = 0;
  for await (const { heldBack } of plan.heldBack()) {
    if (heldBack === undefined) continue;
    counts[heldBack] = (counts[heldBack] ?? 0) + 1;
    all += 1;
  }
  return all === 0 ? null : counts;
}

function heldLines(change: ReportedChange, view: View): string[] {
  const reason = change.error ?? 'held back';
  const because = isEnding(change.kind) ? `${change.because}; ${reason}` : reason;
  return personLines(change, view, safeText(because));
}
