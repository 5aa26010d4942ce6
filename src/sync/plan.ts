import type { Snapshot } from '../core/account.js';
import type { PlannedChange, Scheduled, Skip } from '../core/change.js';
import { type Order, orderSteps, type Step } from '../core/order.js';
import { emptySummary, type Summary } from '../core/plan.js';
import { judge, type Verdict } from '../core/safety.js';
import type { Candidate } from '../core/standing.js';
import type { Invitation } from '../store/store.js';
import { findAbsent } from './absent.js';
import { batchesOf } from './batches.js';
import { makeChange, makeManagerLoss, makeManagerPass, makeParking } from './changes.js';
import type { RunContext } from './context.js';
import { type Draft, decideAll, isAmong } from './decisions.js';
import { knownManagers, type Managers } from './managers.js';
import type { Pulled } from './pull.js';

/** The plan of one run. The changes themselves wait in the spool. */
export interface Plan {
  readonly pulled: Pulled;
  readonly summary: Summary;
  readonly verdict: Verdict;
  readonly skips: readonly Skip[];
  readonly scheduled: readonly Scheduled[];
  /** Invitations that wait for their day. */
  readonly held: readonly Invitation[];
  /** Snapshots that change without a call to the LMS: new fingerprints, counts of missing reads. */
  readonly tidied: readonly Snapshot[];
  readonly notices: readonly string[];
  /** How many changes are left for a later run because their number is limited. */
  readonly rationed: number;
  /** How many changes wait because the person rests after a failure. */
  readonly paused: number;
}

/** Makes the plan: who is gone, who gets which address and account, what differs, in which order; then judges it. */
export async function makePlan(context: RunContext, pulled: Pulled): Promise<Plan> {
  const absent = await findAbsent(context, pulled);
  await context.spool.keep(absent.gone.map((item) => ({ id: item.employee.id, item })));
  const candidates = new Map(pulled.candidates);
  for (const { employee } of absent.gone) candidates.set(employee.id, { kind: 'ends', emailKey: null, manager: null });

  const drafts = select(context, await decideAll(context, pulled, candidates));
  const planner = new Planner(context, drafts, await knownManagers(context, drafts));
  await planner.fill();
  const returned = await comeBack(context, pulled);
  const { skips, scheduled } = planner.with(pulled);
  const summary = { ...planner.summary, scheduled: scheduled.length, skipped: skips.length };
  summary.unchanged += pulled.unchanged;
  const population = (await context.store.countSnapshots()).active;
  return {
    pulled,
    summary,
    verdict: judge(summary, population, context.policy.safety, context.options.allow),
    skips,
    scheduled,
    held: planner.held,
    tidied: [...returned, ...planner.tidied, ...absent.counted],
    notices: planner.notices(absent.counted.length - absent.gone.length),
    rationed: planner.rationed,
    paused: planner.paused,
  };
}

function select(context: RunContext, drafts: Map<string, Draft>): Map<string, Draft> {
  const { only, invitationsOnly } = context.options;
  for (const [id, { candidate, decision }] of drafts) {
    const invites =
      decision.action === 'hold' || (decision.action === 'create' && decision.invitation.action === 'send');
    if (!isAmong(candidate, only) || (invitationsOnly && !invites)) drafts.delete(id);
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

/** Turns drafts into the ordered changes of a plan and counts them. */
class Planner {
  readonly summary = emptySummary();
  readonly held: Invitation[] = [];
  readonly tidied: Snapshot[] = [];
  rationed = 0;
  paused = 0;
  readonly #skips: Skip[] = [];
  readonly #scheduled: Scheduled[] = [];
  readonly #order: Order;
  readonly #last: number;
  readonly #ended = new Set<string>();
  readonly #takenOver = new Set<string>();
  readonly #paused = new Map<string, string>();
  #existingStaff = 0;
  #early = 0;

  constructor(
    private readonly context: RunContext,
    private readonly drafts: ReadonlyMap<string, Draft>,
    private readonly managers: Managers,
  ) {
    this.#order = orderSteps(stepsOf(drafts));
    this.#last = Math.max(1, ...this.#order.stages.values()) + 1;
    for (const [id, { decision }] of drafts) {
      if (decision.action === 'deactivate' || decision.action === 'delete') this.#ended.add(id);
      const from = decision.action === 'take_over' ? decision.from : decision.action === 'adopt' ? decision.from : null;
      if (from !== null) this.#takenOver.add(from);
    }
  }

  async fill(): Promise<void> {
    const { spool, store, now } = this.context;
    const at = now().toISOString();
    for (const failure of await store.failures()) {
      if (failure.retryAt > at)
        this.#paused.set(failure.employee.id, `rests until ${failure.retryAt}: ${failure.error}`);
    }
    for await (const batch of spool.items()) {
      const chosen = batch.filter(({ id }) => this.drafts.has(id));
      const snapshots = await this.#snapshotsFor(chosen.map(({ id }) => id));
      const changes = chosen.flatMap(({ id, item }) => this.#plan(item, snapshots.get(id) ?? null));
      await this.#add(changes);
    }
    const ended = [...this.#ended, ...this.#takenOver];
    for (const ids of batchesOf(ended)) {
      const reports = (await store.reportsOf(ids)).filter(({ employeeId }) => !this.drafts.has(employeeId));
      await this.#add(reports.map(makeManagerLoss));
    }
  }

  with(pulled: Pulled): { skips: readonly Skip[]; scheduled: readonly Scheduled[] } {
    const among = (one: Skip | Scheduled) => isAmong(one, this.context.options.only);
    return {
      skips: [...pulled.skips, ...this.#skips].filter(among),
      scheduled: [...pulled.scheduled, ...this.#scheduled].filter(among).sort((a, b) => (a.on < b.on ? -1 : 1)),
    };
  }

  notices(missing: number): string[] {
    const { existingStaff } = this.context.policy.invitations;
    const people = (count: number) => (count === 1 ? '1 person' : `${count} people`);
    const notices: string[] = [];
    if (this.#existingStaff > 0) {
      const before = `before the first import (${this.context.firstImport})`;
      notices.push(
        `${people(this.#existingStaff)} hired ${before} get an account without an invitation (invitations.existing_staff: ${existingStaff})`,
      );
    }
    if (this.#early > 0) {
      notices.push(
        `${people(this.#early)} get an account early: ${this.context.target.title} cannot mail them later, so send these invitations by hand`,
      );
    }
    if (missing > 0)
      notices.push(
        `${people(missing)} did not come from ${this.context.source.title}; they are kept until they have been missing long enough`,
      );
    return notices;
  }

  #plan(candidate: Candidate, snapshot: Snapshot | null): PlannedChange[] {
    const draft = this.drafts.get(candidate.employee.id);
    if (draft === undefined || this.#takenOver.has(candidate.employee.id)) return [];
    const { decision } = draft;
    if (decision.action === 'skip') this.#skips.push(decision.skip);
    if (decision.action === 'hold') this.#hold(candidate, decision);
    const id = candidate.employee.id;
    const ends = decision.action === 'deactivate' || decision.action === 'delete';
    const stage = ends ? this.#last + 1 : (this.#order.stages.get(id) ?? 1);
    const resolved = this.managers.resolve(candidate, this.#order.managerLater.has(id));
    const change = makeChange(decision, {
      candidate,
      stage,
      snapshot,
      wanted: resolved.wanted,
      awaitingManager: resolved.awaiting,
      onlyAtCreation: this.context.mapping.onlyAtCreation,
    });
    if (change === null) {
      if (decision.action === 'compare' && snapshot !== null) this.#inStep(candidate, snapshot, resolved.awaiting);
      return [];
    }
    if (decision.action === 'create' && decision.invitation.action === 'withhold') {
      if (decision.invitation.existingStaff) this.#existingStaff += 1;
      else if (this.context.policy.invitations.createEarly && this.context.policy.invitations.send !== 'never')
        this.#early += 1;
    }
    const changes = [change];
    const parking = this.#order.parkFirst.has(id) && snapshot !== null ? makeParking(snapshot, candidate) : null;
    if (parking !== null) changes.unshift(parking);
    if (resolved.later !== null) changes.push(makeManagerPass(change, resolved.later, this.#last));
    return changes;
  }

  #hold(candidate: Candidate, { until, because, hire }: Extract<Draft['decision'], { action: 'hold' }>): void {
    const { employee, startDate } = candidate;
    if (until === null) {
      const message = 'start_date is empty: enter it in HR, so that the account can be made and the invitation sent';
      this.#skips.push({ employee, reason: 'missing_required', message });
      return;
    }
    this.#scheduled.push({ kind: 'invite', employee, on: until });
    const at = this.context.now().toISOString();
    this.held.push({ employee, hire, state: 'scheduled', due: until, startDate, because, at });
  }

  #inStep(candidate: Candidate, snapshot: Snapshot, awaitingManager: string | null): void {
    this.summary.unchanged += 1;
    const { hash, startDate } = candidate;
    if (snapshot.hash === hash && snapshot.awaitingManager === awaitingManager && snapshot.startDate === startDate)
      return;
    this.tidied.push({ ...snapshot, hash, awaitingManager, startDate, missingSince: null, missingRuns: 0 });
  }

  async #add(changes: readonly PlannedChange[]): Promise<void> {
    if (changes.length === 0) return;
    await this.context.spool.plan(changes.map((change) => ({ change, ...this.#fate(change) })));
  }

  /** Counts a change, unless the person rests after a failure or the ration of invitations is used up. */
  #fate(change: PlannedChange): { readonly outcome: 'planned' | 'deferred'; readonly error: string | null } {
    const rest = this.#paused.get(change.employee.id);
    if (rest !== undefined && this.context.options.only.length === 0) {
      this.paused += 1;
      return { outcome: 'deferred', error: rest };
    }
    const most = this.context.policy.invitations.maxPerRun;
    if (change.invites && this.summary.invite >= most) {
      this.rationed += 1;
      return { outcome: 'deferred', error: `invitations.max_per_run is ${most}` };
    }
    this.summary[change.kind] += 1;
    if (change.invites) this.summary.invite += 1;
    return { outcome: 'planned', error: null };
  }

  async #snapshotsFor(ids: readonly string[]): Promise<Map<string, Snapshot>> {
    const { store } = this.context;
    const found = new Map((await store.snapshotsOf(ids)).map((snapshot) => [snapshot.employeeId, snapshot]));
    for (const id of ids) {
      const decision = this.drafts.get(id)?.decision;
      if (decision?.action !== 'take_over') continue;
      const [taken] = await store.snapshotsByAccount([decision.accountId]);
      if (taken !== undefined) found.set(id, taken);
    }
    return found;
  }
}

const WRITES = new Set<Draft['decision']['action']>(['create', 'adopt', 'take_over', 'reactivate', 'compare']);

function stepsOf(drafts: ReadonlyMap<string, Draft>): Step[] {
  const steps: Step[] = [];
  for (const [employeeId, { decision, note, holds }] of drafts) {
    if (!WRITES.has(decision.action)) continue;
    const moves = note.emailKey !== holds;
    steps.push({
      employeeId,
      frees: moves ? holds : null,
      takes: moves ? note.emailKey : null,
      manager: note.manager,
      opens: decision.action !== 'compare',
    });
  }
  return steps;
}
