import { count } from '../../core/count.js';
import type { Summary } from '../../core/plan.js';
import type { RunContext } from '../context.js';
import { judgePlan } from '../plan/limits/judge.js';
import { NOBODY_LEFT_OUT } from '../plan/limits/left-out.js';
import type { Plan } from '../plan/plan.js';
import { Seen } from '../read/intake/seen.js';
import type { Pulled } from '../read/pulled.js';
import { type Deeds, deedsOf, draftReversals } from './past.js';
import { ReversalChanges } from './reversal-changes.js';
import { settleReversals } from './settle.js';

/**
 * Makes the plan that takes back what a run did, out of the journal. HR is not asked; the LMS is, about everybody whom the
 * plan would change. The plan is judged like every other.
 */
export async function planRevert(context: RunContext, run: number): Promise<Plan> {
  const deeds = await deedsOf(context, run);
  const settled = await settleReversals(context, await draftReversals(context, run, deeds));
  const reversals = new ReversalChanges(context, settled);
  await reversals.fill();
  const pulled = nothingRead(run);
  const { skips } = settled;
  const { clears, moves } = reversals.plan;
  const summary = { ...reversals.plan.summary, skipped: skips.length };
  const toJudge = {
    summary,
    clears,
    moves,
    leftOut: NOBODY_LEFT_OUT.judged,
    ending: reversals.ended,
    expired: new Set<string>(),
    units: pulled.units,
  };
  return {
    pulled,
    summary,
    listed: summary,
    headcount: null,
    verdict: await judgePlan(context, toJudge),
    leftOut: new Set(),
    skips,
    unread: 0,
    scheduled: [],
    missing: [],
    held: [],
    tidied: [],
    notices: noticesOf(context, run, deeds, summary),
    unclear: new Set(),
    heldBackBy: new Map(),
    leftOpen: 0,
    endings: [],
    unanswered: null,
    rationed: 0,
    paused: 0,
  };
}

function nothingRead(run: number): Pulled {
  const sentence = `the journal says what run ${run} did; HR is not asked`;
  return {
    proof: { complete: false, checks: [{ held: true, sentence, repeatable: false }] },
    employees: 0,
    inScope: 0,
    unchanged: 0,
    candidates: new Map(),
    skips: [],
    sharedKeys: new Map(),
    unread: [],
    leavers: [],
    seen: new Seen(),
    people: new Set(),
    deleted: [],
    marks: {},
    returned: [],
    notices: [],
    stillHere: new Set(),
    filterValues: new Set(),
    units: { counts: new Map(), changed: new Map() },
  };
}

function noticesOf(
  { source, target }: RunContext,
  run: number,
  { people, mailed, adopted, made }: Deeds,
  summary: Summary,
): readonly string[] {
  if (people.size === 0) return [`run ${run} changed nothing, or nothing that the journal still holds`];
  const notices: string[] = [];
  if (mailed > 0) notices.push(`mails cannot be taken back: ${count(mailed, 'invitation')} of run ${run} went out`);
  if (made > 0) notices.push(`accounts that run ${run} made are deactivated, never deleted`);
  if (adopted > 0) {
    const stay = adopted === 1 ? 'the account that it linked stays' : `the ${adopted} accounts that it linked stay`;
    notices.push(`${stay} linked: only values are taken back, and the employee id is none of them`);
  }
  if (summary.update + summary.deactivate + summary.reactivate > 0) {
    const first = `correct ${source.title} or the config first, or stop the schedule`;
    notices.push(
      `${source.title} still says what run ${run} wrote to ${target.title}: the next import-all does it again; ${first}`,
    );
  }
  return notices;
}
