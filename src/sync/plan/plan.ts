import { type Missing, missingPerson } from '../../core/absence.js';
import type { Snapshot } from '../../core/account.js';
import { batchesOf } from '../../core/batches.js';
import type { Change, Scheduled, Skip } from '../../core/change.js';
import { count } from '../../core/count.js';
import { sayIds } from '../../core/employee.js';
import { sayKey } from '../../core/employee-key.js';
import type { Summary } from '../../core/plan.js';
import type { Verdict } from '../../core/safety.js';
import type { HrsyncError } from '../../errors.js';
import type { Invitation } from '../../store/store.js';
import type { RunContext } from '../context.js';
import type { Pulled } from '../read/pulled.js';
import { isChosen, isForRun, repairOf } from '../run-kind.js';
import { mends } from '../verify/repair.js';
import { findAbsent } from './accounts/absent.js';
import { findExpired } from './accounts/expired.js';
import { type Draft, type Drafts, decideAll } from './decisions.js';
import { judgePlan } from './limits/judge.js';
import { findLeftOut } from './limits/left-out.js';
import { knownManagers } from './managers.js';
import { NightlyChanges } from './nightly-changes.js';
import { unplacedNotices } from './settle.js';

/** The plan of one run. The changes themselves wait in the spool. */
export interface Plan {
  readonly pulled: Pulled;
  /** Counts what is to be carried out; what is deferred to a later run is left out. */
  readonly summary: Summary;
  /** Counts all changes that the plan lists, deferred ones among them. */
  readonly listed: Summary;
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
  const night = new NightlyChanges(context, drafts, await knownManagers(context, drafts), decided.resting);
  await night.fill();
  const returned = await comeBack(context, pulled);
  const among = (one: Skip | Scheduled) => isChosen(context.options.kind, one.employee);
  const skips = [...pulled.skips, ...night.skips].filter(among);
  const scheduled = [...leaversOf(pulled, drafts), ...night.scheduled]
    .filter(among)
    .sort((a, b) => (a.on < b.on ? -1 : 1));
  const counts = { scheduled: scheduled.length, skipped: skips.length };
  const summary = { ...night.plan.summary, ...counts };
  summary.unchanged += pulled.unchanged - (await inStepAmong(context, pulled, night.inPassing));
  const leftOut = await findLeftOut(context, pulled, skips);
  const { clears, moves } = night.plan;
  const { ended: ending, expired: expiring } = night;
  const toJudge = { summary, clears, moves, leftOut: leftOut.judged, ending, expired: expiring, units: pulled.units };
  return {
    pulled,
    summary,
    listed: { ...night.plan.listed, ...counts, unchanged: summary.unchanged },
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
    ],
    unclear,
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
  for (const { decision, candidate } of drafts.values()) {
    if (decision.action === 'skip') add(decision.skip);
    if (decision.action === 'hold' && decision.until === null) unclear.add(candidate.employee.id);
  }
  return unclear;
}

function select(context: RunContext, drafts: Map<string, Draft>): Map<string, Draft> {
  const { kind } = context.options;
  const repair = repairOf(kind);
  for (const [id, { candidate, decision }] of drafts) {
    const isLeft = repair !== undefined && !mends(repair, id, decision.action);
    if (isLeft || !isForRun(kind, candidate.employee, decision)) drafts.delete(id);
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

function touchNotices(
  { target, mapping }: RunContext,
  { unknownRights, strangers, reopened, waitForNight }: Drafts,
): string[] {
  const notices: string[] = [];
  if (unknownRights > 0) {
    const accounts = count(unknownRights, 'account');
    notices.push(`${target.title} does not tell the rights of ${accounts} that are linked, re-addressed or ended here`);
  }
  if (strangers.length > 0) {
    const bear = count(strangers.length, 'account bears', 'accounts bear');
    const check = 'look whether the ids are those of an earlier HR system';
    notices.push(
      `${bear} the ${sayKey(mapping.key)} of an employee, but another name and address than HR has: ${sayIds(strangers, NAMED)}; ${check}`,
    );
  }
  if (reopened.length > 0) {
    const accounts = count(reopened.length, 'account was', 'accounts were');
    const then = 'so nothing is deleted there; "hrsync verify" shows them';
    notices.push(
      `${accounts} opened in ${target.title} by hand after hrsync closed it: ${sayIds(reopened, NAMED)}; ${then}`,
    );
  }
  if (waitForNight > 0) {
    const people = count(waitForNight, 'person has', 'people have');
    notices.push(`${people} an account already: only "hrsync import-all" links it`);
  }
  return notices;
}

function noticesOf(
  context: RunContext,
  { existingStaff, early, paused, pending, moved, unplaced }: NightlyChanges,
  missing: number,
): string[] {
  const { source, target, firstImport } = context;
  const people = (number: number) => count(number, 'person', 'people');
  const notices: string[] = [];
  if (existingStaff > 0) {
    const who = `${people(existingStaff)} hired before the first import (${firstImport})`;
    notices.push(
      `${who} ${existingStaff === 1 ? 'gets' : 'get'} an account without an invitation (invitations.existing_staff: skip)`,
    );
  }
  if (early > 0) {
    const why = `${target.title} cannot mail them later, so send these invitations by hand`;
    notices.push(`${count(early, 'person gets', 'people get')} an account early: ${why}`);
  }
  if (pending.length + moved.length > 0) {
    const waiting = [...pending, ...moved];
    const have = count(waiting.length, 'person has', 'people have');
    notices.push(`${have} not accepted their invitation yet: ${sayIds(waiting, NAMED)}`);
  }
  if (moved.length > 0) {
    const [one = ''] = moved;
    const then = `withdraw it in ${target.title} by hand, then "hrsync invite send ${one}"`;
    notices.push(`the invitation went to an address that HR has changed since: ${sayIds(moved, NAMED)}; ${then}`);
  }
  if (paused > 0) {
    const changes = count(paused, 'change waits', 'changes wait');
    notices.push(`${changes} for the next try after a failure; "hrsync status" says whose, why and until when`);
  }
  if (missing > 0) {
    const then = `${missing === 1 ? 'this account is' : 'their accounts are'} kept until they have been missing long enough`;
    notices.push(`${people(missing)} did not come from ${source.title}; ${then}`);
  }
  return [...notices, ...unplacedNotices(unplaced)];
}

const NAMED = 20;
