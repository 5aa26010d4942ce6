import type { Snapshot } from '../../core/account.js';
import { isEnding, type PlannedChange, type Scheduled, type Skip } from '../../core/change.js';
import { formerOwner, isExpiry, type Mailing } from '../../core/decide.js';
import type { Step } from '../../core/order.js';
import type { Candidate } from '../../core/standing.js';
import type { Invitation } from '../../store/store.js';
import type { RunContext } from '../context.js';
import { followsAddresses } from '../manager-address.js';
import { repairOf, rulesOf } from '../run-kind.js';
import type { Draft } from './decisions.js';
import { type ChangeParts, makeChange, makeInvitation, onlyManager, withManagerMove } from './make-change.js';
import type { Managers } from './managers.js';
import { type Fate, PlanBuilder } from './plan-builder.js';
import { changesOfReports } from './report-changes.js';
import { endingStep, reportsOf } from './reports.js';
import { countUnplaced, type SettledCandidate, settle } from './settle.js';

/** The changes of a night: turns drafts into what the plan builder takes, and notes what is to be told of them. */
export class NightlyChanges {
  readonly plan: PlanBuilder;
  readonly skips: Skip[] = [];
  readonly scheduled: Scheduled[] = [];
  readonly held: Invitation[] = [];
  readonly tidied: Snapshot[] = [];
  /** Whose account is to end, and why. */
  readonly endings: Pick<PlannedChange, 'employee' | 'because'>[] = [];
  /** Changes left for a later run: because invitations are rationed, because the person rests after a failure. */
  rationed = 0;
  paused = 0;
  /** Accounts made without an invitation: for people hired before the first import, for people still to come. */
  existingStaff = 0;
  early = 0;
  /** Values that lead to nothing in the LMS, as sentences without a subject, with how many people have them. */
  readonly unplaced = new Map<string, number>();
  /** Who has not accepted their invitation yet, and who of them got it at an address that HR has changed since. */
  readonly pending: string[] = [];
  readonly moved: string[] = [];
  /** Whom the plan writes for their manager's sake alone, and who may be in step otherwise. */
  readonly inPassing = new Set<string>();
  /** Whose account ends in this plan. */
  readonly ended = new Set<string>();
  /** Whose closed account is deleted in this plan. */
  readonly expired = new Set<string>();
  readonly #takenOver = new Set<string>();
  /** Whose address must be written to their reports once they have it. */
  readonly #moving: ReadonlySet<string>;

  constructor(
    private readonly context: RunContext,
    private readonly drafts: ReadonlyMap<string, Draft>,
    private readonly managers: Managers,
    private readonly resting: ReadonlyMap<string, string>,
  ) {
    this.plan = new PlanBuilder(context);
    this.#moving = followsAddresses(context) ? movingIn(drafts) : new Set();
    for (const [id, { decision }] of drafts) {
      const from = formerOwner(decision);
      // Who rests after a failure takes nothing over yet, and a leaver's account does not wait for them.
      if (from !== null && !resting.has(id)) this.#takenOver.add(from);
      if (isExpiry(decision)) this.expired.add(id);
      else if (isEnding(decision.action)) this.ended.add(id);
    }
    // An account that is taken over stays open: its reports keep their manager.
    for (const id of this.#takenOver) this.ended.delete(id);
  }

  /** Makes every change and puts it into the spool. */
  async fill(): Promise<void> {
    const { spool, store } = this.context;
    this.plan.orderBy(stepsOf(this.drafts, this.#moving, await reportsOf(store, this.ended)));
    for await (const batch of spool.items()) {
      const chosen = batch.filter(({ id }) => this.drafts.has(id));
      const snapshots = await this.#snapshotsFor(chosen.map(({ id }) => id));
      const settled = await settle(
        this.context.target,
        chosen.map(({ item }) => item),
      );
      this.#noteUnplaced(settled);
      const changes = settled.flatMap(({ candidate }) =>
        this.#changesFor(candidate, snapshots.get(candidate.employee.id) ?? null),
      );
      await this.plan.add(changes, this.#fateOf);
    }
    const { drafts, ended } = this;
    const moving = [...this.#moving].filter((id) => this.#moves(id));
    const people = { drafts, ended, moving, last: this.plan.order.last };
    for await (const changes of changesOfReports(this.context, people)) {
      await this.plan.add(changes, this.#fateOf);
      for (const { employee } of changes) if (!this.resting.has(employee.id)) this.inPassing.add(employee.id);
    }
  }

  // Who rests after a failure keeps the address for now.
  #moves(manager: string): boolean {
    return this.#moving.has(manager) && !this.resting.has(manager);
  }

  #noteUnplaced(settled: readonly SettledCandidate[]): void {
    for (const { candidate, unplaced } of settled) {
      const action = this.drafts.get(candidate.employee.id)?.decision.action;
      if (action !== undefined && WRITES.has(action)) countUnplaced(this.unplaced, unplaced);
    }
  }

  #changesFor(candidate: Candidate, snapshot: Snapshot | null): PlannedChange[] {
    const draft = this.drafts.get(candidate.employee.id);
    if (draft === undefined || this.#takenOver.has(candidate.employee.id)) return [];
    const { decision } = draft;
    if (decision.action === 'skip') this.skips.push(decision.skip);
    if (decision.action === 'hold') this.#hold(candidate, decision);
    if (decision.action === 'create' && decision.closed !== null) this.#hold(candidate, decision.closed);
    if (decision.action === 'wait') (decision.moved ? this.moved : this.pending).push(candidate.employee.id);
    const id = candidate.employee.id;
    const resolved = this.managers.resolve(candidate, this.plan.order.managerLater.has(id));
    const { wanted, awaiting: awaitingManager } = resolved;
    const parts = { ...this.plan.partsFor(id), candidate, snapshot, wanted, awaitingManager };
    const manager = resolved.wanted['manager'];
    const follows = decision.action === 'compare' && typeof manager === 'string' && this.#moves(manager);
    const own = makeChange(decision, parts);
    const made = follows ? withManagerMove(own, parts, manager) : own;
    const repair = repairOf(this.context.options.kind);
    const isReport = repair !== undefined && !repair.listed.has(id);
    const change = made !== null && isReport && snapshot !== null ? onlyManager(made, snapshot) : made;
    if (made === null && decision.action === 'compare' && snapshot !== null)
      this.#inStep(candidate, snapshot, resolved.awaiting);
    const mailing = mailingOf(decision, parts);
    if (
      change === null ||
      (decision.action === 'compare' && rulesOf(this.context.options.kind).makes === 'invitations')
    )
      return mailing === null ? [] : [makeInvitation(parts, mailing, parts.stage)];
    if (decision.action === 'create' && decision.invitation.action === 'withhold' && decision.closed === null) {
      if (decision.invitation.existingStaff) this.existingStaff += 1;
      else if (this.context.policy.invitations.createEarly && this.context.policy.invitations.send !== 'never')
        this.early += 1;
    }
    if (isEnding(change.kind) && !this.expired.has(id))
      this.endings.push({ employee: change.employee, because: change.because });
    const managerLater = this.#isShutAtFirst(change) ? null : resolved.later;
    return this.plan.surround(change, { parts, managerLater, mailing, privileged: draft.privileged });
  }

  // Where there is nobody to give a manager to yet, the manager is set when there is.
  #isShutAtFirst({ kind, invites, closed }: PlannedChange): boolean {
    return (
      kind === 'create' && (closed === true || (invites && this.context.target.capabilities.pendingInvites === true))
    );
  }

  #hold(
    candidate: Candidate,
    { until, because, hire }: Pick<Extract<Draft['decision'], { action: 'hold' }>, 'until' | 'because' | 'hire'>,
  ): void {
    const { employee, startDate } = candidate;
    if (until === null) {
      const message = 'start_date is empty: enter it in HR, so that the account can be made and the invitation sent';
      this.skips.push({ employee, reason: 'missing_required', message });
      return;
    }
    this.scheduled.push({ kind: 'invite', employee, on: until });
    const at = this.context.now().toISOString();
    this.held.push({ employee, hire, state: 'scheduled', due: until, startDate, because, at });
  }

  #inStep(candidate: Candidate, snapshot: Snapshot, awaitingManager: string | null): void {
    this.plan.summary.unchanged += 1;
    const { hash, startDate } = candidate;
    if (snapshot.hash === hash && snapshot.awaitingManager === awaitingManager && snapshot.startDate === startDate)
      return;
    this.tidied.push({ ...snapshot, hash, awaitingManager, startDate, missingSince: null, missingRuns: 0 });
  }

  // Left for a later run: a change of somebody who rests after a failure, or one that the ration of invitations has no room
  // for.
  readonly #fateOf = (change: PlannedChange): Fate => {
    // An ending never rests, whatever failed before: each night that it waits is a night with an open account.
    const rest = isEnding(change.kind) ? undefined : this.resting.get(change.employee.id);
    if (rest !== undefined) {
      this.paused += 1;
      return { outcome: 'deferred', error: rest };
    }
    const most = this.context.policy.invitations.maxPerRun;
    if (change.invites && this.plan.summary.invite >= most) {
      this.rationed += 1;
      return { outcome: 'deferred', error: `invitations.max_per_run is ${most}` };
    }
    return { outcome: 'planned', error: null };
  };

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

// An invitation that is a request of its own, to the account that a change makes or that there is.
function mailingOf(decision: Draft['decision'], { mails }: Pick<ChangeParts, 'mails'>): Mailing | null {
  if (decision.action === 'compare') return decision.invitation ?? null;
  const isOwn = mails === 'on_request' && decision.action === 'create' && decision.closed === null;
  return isOwn && decision.invitation.action === 'send' ? decision.invitation : null;
}

const WRITES = new Set<Draft['decision']['action']>(['create', 'adopt', 'take_over', 'reactivate', 'compare']);

function movingIn(drafts: ReadonlyMap<string, Draft>): ReadonlySet<string> {
  const moving = [...drafts].filter(([, { decision, note, holds }]) => {
    return decision.action === 'compare' && note.emailKey !== null && note.emailKey !== holds;
  });
  return new Set(moving.map(([id]) => id));
}

function stepsOf(
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
