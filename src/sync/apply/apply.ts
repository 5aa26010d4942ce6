import { isEnding, type Outcome, type PlannedChange } from '../../core/change.js';
import { isRefused, type Verdict } from '../../core/safety.js';
import { BudgetError, HrsyncError, InterruptedError, RequestError, StateError } from '../../errors.js';
import type { PlannedRow } from '../../store/spool.js';
import type { Settlement } from '../../store/store.js';
import type { RunContext } from '../context.js';
import { outdateReports } from '../manager-address.js';
import { Allowance } from './allowance.js';
import type { Applied } from './applied.js';
import { type CarriedOut, carryOut } from './carry-out.js';
import { concernsAll } from './cause-watch.js';
import { FailureWatch } from './failure-watch.js';
import { Failures } from './failures.js';
import { intentOf, writingAgain } from './intent.js';
import { recover } from './recover.js';
import { Stops } from './stops.js';
import { reasonOf, tellWords } from './vanished.js';

/** What is to be carried out, besides the changes themselves. */
interface Orders {
  readonly run: number;
  /** How many changes there are, for the progress. */
  readonly total: number;
  readonly verdict: Verdict;
  /** Why nothing but endings may be carried out, or null. */
  readonly unfit: HrsyncError | null;
}

/** Carries out the planned changes stage by stage, each with its intent before the call and its outcome after. */
export async function apply(context: RunContext, order: Orders): Promise<Applied> {
  const application = new Application(context, order, await Failures.of(context.store, context.now));
  for (const stage of await context.spool.stages()) {
    await application.stage(stage);
    // Now, because the next stage may build on what only the LMS knows to be done.
    await application.settleUncertain();
  }
  application.showUncertain();
  return application.result();
}

type Row = PlannedRow<PlannedChange>;

/** The outcome of a change that is on its way to the disk. It shares one wait there with the next intent of its worker. */
interface OnItsWay {
  readonly written: Promise<void>;
}

type Unsettled = Omit<Settlement, 'outcome' | 'error' | 'at'>;

const NOTHING: OnItsWay = { written: Promise.resolve() };

class Application {
  #done = 0;
  #failed = 0;
  #deferred = 0;
  readonly #stops: Stops;
  readonly #allowance: Allowance;
  readonly #uncertain = new Map<number, Row>();
  /** Whose change in this run did not work: a further one would build on it. */
  readonly #unfinished = new Set<string>();

  constructor(
    private readonly context: RunContext,
    private readonly order: Orders,
    private readonly failures: Failures,
  ) {
    const { policy, reporter } = context;
    this.#allowance = new Allowance(context);
    const tell = (sentence: string) => reporter.note(sentence, { urgent: true });
    this.#stops = new Stops(order.unfit, new FailureWatch(policy.failures, policy.safety.minPopulation, tell));
  }

  async stage(stage: number): Promise<void> {
    for await (const rows of this.context.spool.changes(stage)) {
      const planned = rows.filter((row) => row.outcome === 'planned');
      // Before the workers begin: what is noted of a report must not overwrite what one of them acknowledges.
      for (const { change } of planned) {
        if (!isRefused(this.order.verdict, change)) await outdateReports(this.context, change);
      }
      const queue = planned[Symbol.iterator]();
      const workers = Array.from({ length: this.context.target.concurrency }, () => this.#work(queue));
      await Promise.all(workers);
    }
  }

  /** Asks the LMS at once about changes without a clear answer, so that most are certain before the run ends. */
  async settleUncertain(): Promise<void> {
    if (![...this.#uncertain.values()].some(({ change }) => !this.#stops.stopped(change))) return;
    try {
      for (const { journal, outcome, error, account, unproven } of await recover(this.context)) {
        const row = this.#uncertain.get(journal);
        if (row === undefined || outcome === 'uncertain') continue;
        this.#uncertain.delete(journal);
        if (outcome === 'done') this.#unfinished.delete(row.change.employee.id);
        if (outcome === 'done' && unproven.length > 0) {
          const change = writingAgain(row.change, account, unproven);
          await (await this.#carryOut({ ...row, change, account }, NOTHING)).written;
          continue;
        }
        if (outcome === 'done') this.#done += 1;
        else this.#failed += 1;
        await this.#show(row, outcome, error, account);
      }
    } catch (error) {
      if (!(error instanceof HrsyncError)) throw error;
      this.context.reporter.note('the LMS could not be asked about uncertain changes; the next run asks again');
      this.#stops.add(error);
    }
  }

  /** Tells of what is uncertain still; the next run asks about it. */
  showUncertain(): void {
    for (const row of this.#uncertain.values()) this.context.reporter.changed({ ...row.change, ...row });
  }

  result(): Applied {
    return {
      done: this.#done,
      failed: this.#failed,
      uncertain: this.#uncertain.size,
      deferred: this.#deferred,
      stopped: this.#stops.cause,
      alarm: this.#stops.alarm,
      ranOut: this.#allowance.isUsedUp,
    };
  }

  async #work(queue: Iterator<Row>): Promise<void> {
    let before = NOTHING;
    for (let next = queue.next(); !next.done; next = queue.next()) {
      const reason = this.#reasonToLeave(next.value);
      if (reason === null) before = await this.#carryOut(next.value, before);
      else await this.#defer(next.value, reason);
    }
    await before.written;
  }

  #reasonToLeave({ change }: Row): string | null {
    const ends = isEnding(change.kind);
    if (isRefused(this.order.verdict, change)) return 'refused by safety';
    if (this.context.signal.aborted) return 'the run was interrupted';
    if (this.#stops.stopped(change)) return 'the run stopped before its turn came';
    // An account can end whatever it holds.
    if (!ends && this.#unfinished.has(change.employee.id)) return 'an earlier change of this person did not work';
    if (change.needs !== undefined && this.#unfinished.has(change.needs)) {
      return `the change of #${change.needs}, which it follows, did not work`;
    }
    return this.#allowance.reasonToStop();
  }

  /** Makes the call once this intent and the outcome before it are on the disk. */
  async #carryOut(row: Row, before: OnItsWay): Promise<OnItsWay> {
    const { store, now } = this.context;
    const change = await this.#withAccount(row.change, before);
    if (change === null) {
      await this.#defer(row, 'its account could not be made');
      return NOTHING;
    }
    const intent = intentOf(change, this.order.run, now().toISOString());
    const [[id]] = await Promise.all([store.begin([intent]), before.written]);
    if (id === undefined) throw new Error('the store gave no id for an intent');
    this.#allowance.begun();
    const settled = { id, unlink: null, snapshot: null, invitation: null, failure: null };
    let carriedOut: CarriedOut;
    try {
      carriedOut = await carryOut(this.context, change);
    } catch (error) {
      await this.#settleError(row, settled, error);
      return NOTHING;
    }
    // Outside of the try: what the state cannot take is nobody's failure, and ends the run.
    const written = this.#settle(row, { ...settled, unlink: change.takesOverFrom }, carriedOut);
    // Whose change did not work is to be known before anything else of theirs is begun.
    if (carriedOut.refused.length > 0) await written;
    // Whoever waits for it hears of its failure.
    written.catch(() => undefined);
    return { written };
  }

  async #settle(row: Row, settled: Unsettled, { snapshot, invitation, refused }: CarriedOut): Promise<void> {
    const { store, now } = this.context;
    const error = refused.length > 0 ? `the LMS did not take over ${refused.join(', ')}` : null;
    const failure = error === null ? null : this.failures.add(row.change, error);
    const outcome = error === null ? 'done' : 'failed';
    if (error !== null) this.#stops.failed(row.change, null);
    await store.settle([{ ...settled, outcome, error, at: now().toISOString(), snapshot, invitation, failure }]);
    await this.#count(row, outcome, error, snapshot?.accountId ?? row.account);
  }

  // The second change of somebody whose account is made by the first knows its number only now.
  async #withAccount(change: PlannedChange, before: OnItsWay): Promise<PlannedChange | null> {
    if (change.kind === 'create' || change.account !== null) return change;
    await before.written;
    const [snapshot] = await this.context.store.snapshotsOf([change.employee.id]);
    return snapshot?.state === 'active' ? { ...change, account: snapshot.accountId } : null;
  }

  async #settleError(row: Row, settled: Unsettled, error: unknown): Promise<void> {
    if (!(error instanceof HrsyncError) || error instanceof StateError) throw error;
    const { store, now } = this.context;
    const reason = reasonOf(error, row.change);
    tellWords(this.context, row.change, error);
    const at = now().toISOString();
    if (error instanceof InterruptedError) {
      await store.settle([{ ...settled, outcome: 'failed', error: 'interrupted before it was sent', at }]);
      return this.#defer(row, 'the run was interrupted');
    }
    if (error instanceof BudgetError) {
      this.#allowance.end(error.message);
      await store.settle([{ ...settled, outcome: 'failed', error: `not sent: ${error.message}`, at }]);
      return this.#defer(row, error.message);
    }
    const lost = error instanceof RequestError && error.mayHaveHappened;
    this.#stops.failed(row.change, error);
    // What concerns everybody, and what may have worked, is not this person's failure: they must not rest for it.
    const failure = concernsAll(error) || lost ? null : this.failures.add(row.change, reason);
    // Opening an account and writing it may be two requests: whichever failed, the account may be open now.
    if (lost || row.change.kind === 'reactivate') {
      await store.settle([{ ...settled, outcome: 'uncertain', error: reason, at, failure }]);
      const left: Row = { ...row, outcome: 'uncertain', error: reason };
      this.#uncertain.set(settled.id, left);
      this.#unfinished.add(row.change.employee.id);
      await this.context.spool.setOutcomes([left]);
      return;
    }
    await store.settle([{ ...settled, outcome: 'failed', error: reason, at, failure }]);
    await this.#count(row, 'failed', reason, row.account);
  }

  async #count(row: Row, outcome: 'done' | 'failed', error: string | null, account: string | null): Promise<void> {
    if (outcome === 'done') {
      this.#done += 1;
      this.#stops.succeeded(row.change);
    } else this.#failed += 1;
    await this.#show(row, outcome, error, account);
  }

  async #defer(row: Row, reason: string): Promise<void> {
    this.#deferred += 1;
    await this.#show(row, 'deferred', reason, row.account);
  }

  async #show(row: Row, outcome: Outcome, error: string | null, account: string | null): Promise<void> {
    if (outcome !== 'done') this.#unfinished.add(row.change.employee.id);
    await this.context.spool.setOutcomes([{ sequence: row.sequence, outcome, error, account }]);
    const retryAt = outcome === 'failed' ? this.failures.restsUntil(row.change.employee.id) : null;
    this.context.reporter.changed({ ...row.change, account, outcome, error, retryAt });
    this.context.reporter.applying({ done: this.#done, failed: this.#failed, total: this.order.total });
  }
}
