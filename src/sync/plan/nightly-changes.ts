import type { Snapshot } from '../../core/account.js';
import { isEnding, type PlannedChange, type Scheduled, type Skip } from '../../core/change.js';
import { formerOwner, isExpiry } from '../../core/decide.js';
import { NO_ADDRESS } from '../../core/login-name.js';
import type { RolloutSwitch } from '../../core/rollout.js';
import type { Candidate } from '../../core/standing.js';
import type { Invitation } from '../../store/store.js';
import type { RunContext } from '../context.js';
import { followsAddresses } from '../manager-address.js';
import { repairOf, rulesOf } from '../run-kind.js';
import type { Draft } from './decisions.js';
import type { Delay } from './fates.js';
import { type HeldBack, WRITES } from './held-back.js';
import type { KnownBefore } from './known-before.js';
import {
  type ChangeParts,
  mailingOf,
  makeChange,
  makeInvitation,
  onlyManager,
  withManagerMove,
} from './make-change.js';
import { type Outlook, PlanBuilder } from './plan-builder.js';
import { changesOfReports } from './report-changes.js';
import { reportsOf } from './reports.js';
import { countUnplaced, type SettledCandidate, settle } from './settle.js';
import { snapshotsFor } from './snapshots.js';
import { movingIn, stepsOf } from './steps.js';

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
  /** Who gets an account and cannot be invited, because there is no e-mail address. */
  readonly unreached: string[] = [];
  early = 0;
  /** Values that lead to nothing in the LMS, as sentences without a subject, with how many people have them. */
  readonly unplaced = new Map<string, number>();
  /** Who has not accepted their invitation yet, and who of them got it at an address that HR has changed since. */
  readonly pending: string[] = [];
  readonly moved: string[] = [];
  /** What of accounts stays as it is although HR wants it otherwise (as in `Target.leaves`), with whose accounts these are. */
  readonly left = new Map<string, string[]>();
  /** Whom the plan writes for their manager's sake alone, and who may be in step otherwise. */
  readonly inPassing = new Set<string>();
  /** Whose account ends in this plan. */
  readonly ended = new Set<string>();
  /** Whose closed account is deleted in this plan. */
  readonly expired = new Set<string>();
  /** Whose change `rollout` holds back. */
  readonly heldBack: HeldBack;
  /** Whose account should end and stays open, because endings are held back. */
  readonly leftOpen: string[] = [];
  /** How many changes each switch holds back. */
  readonly heldBackBy = new Map<RolloutSwitch, number>();
  readonly #takenOver = new Set<string>();
  /** Whose address must be written to their reports once they have it. */
  readonly #moving: ReadonlySet<string>;

  constructor(
    private readonly context: RunContext,
    private readonly drafts: ReadonlyMap<string, Draft>,
    private readonly known: KnownBefore,
  ) {
    const { resting, heldBack } = known;
    this.plan = new PlanBuilder(context);
    this.heldBack = heldBack;
    this.#moving = followsAddresses(context) ? movingIn(drafts) : new Set();
    for (const [id, { decision }] of drafts) {
      const from = formerOwner(decision);
      // Who rests after a failure takes nothing over yet, and a leaver's account does not wait for them.
      if (from !== null && !resting.has(id)) this.#takenOver.add(from);
      if (heldBack.has(id)) continue;
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
      const [ids, items] = [chosen.map(({ id }) => id), chosen.map(({ item }) => item)];
      const [snapshots, settled] = [
        await snapshotsFor(store, this.drafts, ids),
        await settle(this.context.target, items),
      ];
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
      for (const change of changes) {
        const isLeft = this.known.resting.has(change.employee.id) || this.heldBack.reasonFor(change) !== null;
        if (!isLeft) this.inPassing.add(change.employee.id);
      }
    }
  }

  // Who rests after a failure keeps the address for now.
  #moves(manager: string): boolean {
    return this.#moving.has(manager) && !this.known.resting.has(manager) && !this.heldBack.has(manager);
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
    const changes = this.#changesOf(draft, candidate, snapshot);
    this.known.fates.note(candidate, draft.decision, changes, (change) => this.#delays(change));
    return changes;
  }

  #delays(change: PlannedChange): Delay | null {
    if (this.heldBack.reasonFor(change) !== null) return 'is_held_back';
    return this.known.resting.has(change.employee.id) && !isEnding(change.kind) ? 'waits' : null;
  }

  #changesOf(draft: Draft, candidate: Candidate, snapshot: Snapshot | null): PlannedChange[] {
    const { decision } = draft;
    if (decision.action === 'skip') this.skips.push(decision.skip);
    if (decision.action === 'hold') this.#hold(candidate, decision);
    if (decision.action === 'create' && decision.closed !== null) this.#hold(candidate, decision.closed);
    if (decision.action === 'wait') (decision.moved ? this.moved : this.pending).push(candidate.employee.id);
    const id = candidate.employee.id;
    const resolved = this.known.managers.resolve(candidate, this.plan.order.managerLater.has(id));
    const { wanted, awaiting: awaitingManager } = resolved;
    const parts = { ...this.plan.partsFor(id), candidate, snapshot, wanted, awaitingManager };
    this.#noteLeft(decision, parts);
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
    const isMadeToday = decision.action === 'create' && decision.closed === null && !this.heldBack.has(id);
    if (isMadeToday && decision.invitation.action === 'withhold') {
      if (decision.invitation.because === NO_ADDRESS) this.unreached.push(id);
      if (decision.invitation.existingStaff) this.existingStaff += 1;
      else if (this.context.policy.invitations.createEarly && this.context.policy.invitations.send !== 'never')
        this.early += 1;
    }
    if (isEnding(change.kind) && !isExpiry(decision)) {
      this.endings.push({ employee: change.employee, because: change.because });
      if (this.heldBack.has(id)) this.leftOpen.push(id);
    }
    const managerLater = this.#isShutAtFirst(change) ? null : resolved.later;
    return this.plan.surround(change, { parts, managerLater, mailing, privileged: draft.privileged });
  }

  // Where there is nobody to give a manager to yet, the manager is set when there is.
  #isShutAtFirst({ kind, invites, closed }: PlannedChange): boolean {
    return (
      kind === 'create' && (closed === true || (invites && this.context.target.capabilities.pendingInvites === true))
    );
  }

  #noteLeft({ action }: Draft['decision'], { candidate, snapshot, wanted }: ChangeParts): void {
    if (!WRITES.has(action) || snapshot === null) return;
    const left = this.context.target.leaves?.(snapshot.fields, wanted) ?? null;
    if (left === null) return;
    const key = `${left.what} stays as it is (${left.setting})`;
    this.left.set(key, [...(this.left.get(key) ?? []), candidate.employee.id]);
  }

  #hold(
    candidate: Candidate,
    { until, because, hire }: Pick<Extract<Draft['decision'], { action: 'hold' }>, 'until' | 'because' | 'hire'>,
  ): void {
    const { employee, startDate } = candidate;
    if (until === null) {
      const message = 'start_date is empty: enter it in HR, so that the account can be made and the invitation sent';
      return void this.skips.push({ employee, reason: 'missing_required', message });
    }
    this.scheduled.push({ kind: 'invite', employee, on: until });
    const at = this.context.now().toISOString();
    this.held.push({ employee, hire, state: 'scheduled', due: until, startDate, because, at });
  }

  #inStep(candidate: Candidate, snapshot: Snapshot, awaitingManager: string | null): void {
    this.plan.summary.unchanged += 1;
    const { hash, startDate } = candidate;
    const isTidy = snapshot.hash === hash && snapshot.awaitingManager === awaitingManager;
    if (isTidy && snapshot.startDate === startDate) return;
    this.tidied.push({ ...snapshot, hash, awaitingManager, startDate, missingSince: null, missingRuns: 0 });
  }

  // Left for a later run: what the config holds back, what rests after a failure, and invitations above the ration.
  readonly #fateOf = (change: PlannedChange): Outlook => {
    const held = this.heldBack.reasonFor(change);
    if (held !== null) {
      this.heldBackBy.set(held.by, (this.heldBackBy.get(held.by) ?? 0) + 1);
      return { outcome: 'deferred', error: held.because, heldBack: held.by };
    }
    // An ending never rests, whatever failed before: each night that it waits is a night with an open account.
    const rest = isEnding(change.kind) ? undefined : this.known.resting.get(change.employee.id);
    if (rest !== undefined) {
      this.paused += 1;
      return { outcome: 'deferred', error: rest };
    }
    const most = this.context.policy.invitations.maxPerRun;
    if (change.invites && this.plan.summary.invite >= most) {
      this.rationed += 1;
      this.known.fates.ration(change);
      return { outcome: 'deferred', error: `invitations.max_per_run is ${most}` };
    }
    return { outcome: 'planned', error: null };
  };
}
