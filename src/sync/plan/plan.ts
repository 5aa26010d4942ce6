import { type Missing, missingPerson } from '../../core/absence.js';
import type { Snapshot } from '../../core/account.js';
import { batchesOf } from '../../core/batches.js';
import type { Change, Scheduled, Skip } from '../../core/change.js';
import type { Headcount } from '../../core/headcount.js';
import type { Summary } from '../../core/plan.js';
import type { RolloutSwitch } from '../../core/rollout.js';
import type { Verdict } from '../../core/safety.js';
import type { HrsyncError } from '../../errors.js';
import type { Invitation } from '../../store/store.js';
import type { RunContext } from '../context.js';
import type { Pulled } from '../read/pulled.js';
import { invites, isChosen, isWhole, repairOf, rulesOf } from '../run-kind.js';
import { mends } from '../verify/repair.js';
import { findAbsent } from './accounts/absent.js';
import { findExpired } from './accounts/expired.js';
import { type Draft, decideAll } from './decisions.js';
import { Fates } from './fates.js';
import { HeldBack } from './held-back.js';
import { judgePlan } from './limits/judge.js';
import { findLeftOut } from './limits/left-out.js';
import { knownManagers } from './managers.js';
import { NightlyChanges } from './nightly-changes.js';
import { noticesOf, rolloutNotices, touchNotices } from './notices.js';

/** The plan of one run. The changes themselves wait in the spool. */
export interface Plan {
  readonly pulled: Pulled;
  /** Counts what is to be carried out; what is deferred to a later run is left out. */
  readonly summary: Summary;
  /** Counts all changes that the plan lists, deferred ones among them. */
  readonly listed: Summary;
  /** What it means for everybody whom HR showed; null where it is for some of them only. */
  readonly headcount: Headcount | null;
  readonly verdict: Verdict;
  readonly skips: readonly Skip[];
  /** How many of those whom the run is for could not be read. */
  readonly unread: number;
  readonly scheduled: readonly Scheduled[];
  /** Linked people who did not come and do not count as gone yet. */
  readonly missing: readonly Missing[];
  /** Linked people whom the plan leaves out: skipped, unreadable or out of scope. */
  readonly leftOut: ReadonlySet<string>;
  /** Invitations that wait for their day. */
  readonly held: readonly Invitation[];
  /** Snapshots that change without a call to the LMS: new fingerprints, counts of missing reads. */
  readonly tidied: readonly Snapshot[];
  readonly notices: readonly string[];
  /** Who was skipped, by employee id, those outside the filter left out: nothing is known of what they will be. */
  readonly unclear: ReadonlySet<string>;
  /** How many changes each switch of the config's `rollout` holds back. */
  readonly heldBackBy: ReadonlyMap<RolloutSwitch, number>;
  /** How many open accounts of leavers the config's `rollout` keeps open. */
  readonly leftOpen: number;
  /** The endings among the changes, whatever becomes of them. */
  readonly endings: readonly Pick<Change, 'employee' | 'because'>[];
  /** Why the LMS could not be asked about some accounts, or null: then nothing but endings is to be carried out. */
  readonly unanswered: HrsyncError | null;
  /** How many changes are left for a later run because their number is limited. */
  readonly rationed: number;
  /** How many changes wait because the person rests after a failure. */
  readonly paused: number;
}

/** Makes the plan: who is gone, who gets which address and account, what differs, in which order; then judges it. */
export async function makePlan(context: RunContext, pulled: Pulled): Promise<Plan> {
  const absent = await findAbsent(context, pulled);
  const expired = await findExpired(context, pulled);
  const further = [...absent.gone, ...expired.people];
  await context.spool.keep(further.map((item) => ({ id: item.employee.id, item })));
  const candidates = new Map(pulled.candidates);
  for (const { employee } of further) candidates.set(employee.id, { kind: 'ends', emailKey: null, manager: null });

  const decided = await decideAll(context, pulled, candidates);
  const unclear = unclearAmong(pulled, decided.drafts);
  const drafts = select(context, decided.drafts);
  const heldBack = new HeldBack(context, drafts);
  const managers = await knownManagers(context, drafts, heldBack);
  const fates = new Fates(new Set(further.map(({ employee }) => employee.id)));
  const night = new NightlyChanges(context, drafts, { managers, resting: decided.resting, heldBack, fates });
  await night.fill();
  const returned = await comeBack(context, pulled);
  const among = (one: Skip | Scheduled) => isChosen(context.options.kind, one.employee);
  const skips = [...pulled.skips, ...night.skips].filter(among);
  const scheduled = [...leaversOf(pulled, drafts), ...night.scheduled]
    .filter(among)
    .sort((a, b) => (a.on < b.on ? -1 : 1));
  const counts = { scheduled: scheduled.length, skipped: skips.length };
  const summary = { ...night.plan.summary, ...counts };
  const inPassing = await inStepAmong(context, pulled, night.inPassing);
  summary.unchanged += pulled.unchanged - inPassing;
  const leftOut = await findLeftOut(context, pulled, skips);
  const { clears, moves } = night.plan;
  const { ended: ending, expired: expiring } = night;
  const toJudge = { summary, clears, moves, leftOut: leftOut.judged, ending, expired: expiring, units: pulled.units };
  return {
    pulled,
    summary,
    listed: { ...night.plan.listed, ...counts, unchanged: summary.unchanged },
    headcount: isWhole(context.options.kind)
      ? fates.total(pulled.employees, skips, { inStep: summary.unchanged, inPassing })
      : null,
    verdict: await judgePlan(context, toJudge),
    leftOut: leftOut.linked,
    skips,
    unread: pulled.unread.filter((employee) => isChosen(context.options.kind, employee)).length,
    scheduled,
    missing: absent.waiting.map((one) => missingPerson(one, context.policy.today, context.policy.deactivation.missing)),
    held: night.held,
    tidied: [...returned, ...night.tidied, ...absent.counted],
    notices: [
      ...noticesOf(context, night, absent.waiting.length),
      ...touchNotices(context, decided),
      ...expired.notices,
      ...rolloutNotices(context, night),
    ],
    unclear,
    heldBackBy: night.heldBackBy,
    leftOpen: night.leftOpen.length,
    endings: night.endings,
    unanswered: decided.unanswered,
    rationed: night.rationed,
    paused: night.paused,
  };
}

// Whom the read found in step counts as unchanged, unless the plan writes them in passing.
async function inStepAmong({ store }: RunContext, pulled: Pulled, ids: ReadonlySet<string>): Promise<number> {
  const { seen, candidates, skips } = pulled;
  const others = new Set([...candidates.keys(), ...skips.map(({ employee }) => employee.id)]);
  let inStep = 0;
  for (const batch of batchesOf([...ids].filter((id) => !others.has(id)))) {
    for (const { employeeId, row } of await store.keysOf(batch)) if (seen.has(employeeId, row)) inStep += 1;
  }
  return inStep;
}

const OPENING: readonly Draft['decision']['action'][] = ['create', 'adopt', 'take_over', 'reactivate'];

/** Whose account will end, of those who have one once the plan is carried out. */
function leaversOf({ leavers }: Pulled, drafts: ReadonlyMap<string, Draft>): readonly Scheduled[] {
  return leavers.flatMap(({ scheduled, isOpen }) => {
    const draft = drafts.get(scheduled.employee.id);
    return isOpen || (draft && OPENING.includes(draft.decision.action)) ? [scheduled] : [];
  });
}

function unclearAmong({ skips }: Pulled, drafts: ReadonlyMap<string, Draft>): ReadonlySet<string> {
  const unclear = new Set<string>();
  const add = ({ employee, reason }: Skip) => {
    if (reason !== 'out_of_scope') unclear.add(employee.id);
  };
  skips.forEach(add);
  for (const [id, { decision }] of drafts) {
    if (decision.action === 'skip') add(decision.skip);
    if (decision.action === 'hold' && decision.until === null) unclear.add(id);
  }
  return unclear;
}

function select(context: RunContext, drafts: Map<string, Draft>): Map<string, Draft> {
  const { kind } = context.options;
  const repair = repairOf(kind);
  const invitationsOnly = rulesOf(kind).makes === 'invitations';
  for (const [id, { isChosen, decision }] of drafts) {
    const isLeft = repair !== undefined && !mends(repair, id, decision.action);
    if (isLeft || !isChosen || (invitationsOnly && !invites(decision))) drafts.delete(id);
  }
  return drafts;
}

async function comeBack(context: RunContext, pulled: Pulled): Promise<readonly Snapshot[]> {
  const back: Snapshot[] = [];
  for (const ids of batchesOf(pulled.returned)) {
    for (const snapshot of await context.store.snapshotsOf(ids))
      back.push({ ...snapshot, missingSince: null, missingRuns: 0 });
  }
  return back;
}
