import { isEnding, type Outcome, type PlannedChange } from '../../core/change.js';
import { isRefused, type Verdict } from '../../core/safety.js';
import { BudgetError, HrsyncError, InterruptedError, RequestError, StateError } from '../../errors.js';
import type { PlannedRow } from '../../store/spool.js';
import type { Settlement } from '../../store/store.js';
import type { RunContext } from '../context.js';
import { outdateReports } from '../manager-address.js';
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

class Application {
  #done = 0;
  #failed = 0;
  #deferred = 0;
  readonly #stops: Stops;
  /** What of this run's time or budget is used up, as a sentence; null while there is some left. */
  #usedUp: string | null = null;
  #hasBegun = false;
  readonly #uncertain = new Map<number, Row>();
  /** Whose change in this run did not work: a further one would build on it. */
  readonly #unfinished = new Set<string>();

  constructor(
    private readonly context: RunContext,
    private readonly order: Orders,
    private readonly failures: Failures,
  ) {
    const { policy, reporter } = context;
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
          await this.#carryOut({ ...row, change: writingAgain(row.change, account, unproven), account });
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
      ranOut: this.#usedUp !== null,
    };
  }

  async #work(queue: Iterator<Row>): Promise<void> {
    for (let next = queue.next(); !next.done; next = queue.next()) {
      const reason = this.#reasonToLeave(next.value);
      if (reason === null) await this.#carryOut(next.value);
      else await this.#defer(next.value, reason);
      this.context.reporter.applying({ done: this.#done, failed: this.#failed, total: this.order.total });
    }
  }

  #reasonToLeave({ change }: Row): string | null {
    const { signal, options, now } = this.context;
    const ends = isEnding(change.kind);
    if (isRefused(this.order.verdict, change)) return 'refused by safety';
    if (signal.aborted) return 'the run was interrupted';
    if (this.#stops.stopped(change)) return 'the run stopped before its turn came';
    // An account can end whatever it holds.
    if (!ends && this.#unfinished.has(change.employee.id)) return 'an earlier change of this person did not work';
    if (change.needs !== undefined && this.#unfinished.has(change.needs)) {
      return `the change of #${change.needs}, which it follows, did not work`;
    }
    const isLate = options.deadline !== null && now().getTime() >= options.deadline;
    const spent = isLate ? 'the time of this run was used up' : this.#budgetSpent();
    return spent === null ? this.#usedUp : this.#end(spent);
  }

  // Told once, whatever further reasons come.
  #end(reason: string): string {
    if (this.#usedUp === null) this.context.reporter.note(`nothing further is begun: ${reason}`);
    this.#usedUp ??= reason;
    return this.#usedUp;
  }

  #budgetSpent(): string | null {
    const spent = this.context.target.usedUp();
    if (spent === null) return null;
    return this.#hasBegun ? spent.message : `${spent.message} before the first change: raise target.${spent.setting}`;
  }

  async #carryOut(row: Row): Promise<void> {
    const { store, now } = this.context;
    const change = await this.#withAccount(row.change);
    if (change === null) return this.#defer(row, 'its account could not be made');
    const [id] = await store.begin([intentOf(change, this.order.run, now().toISOString())]);
    if (id === undefined) throw new Error('the store gave no id for an intent');
    this.#hasBegun = true;
    const settled = { id, unlink: null, snapshot: null, invitation: null, failure: null };
    let carriedOut: CarriedOut;
    try {
      carriedOut = await carryOut(this.context, change);
    } catch (error) {
      return this.#settleError(row, settled, error);
    }
    // Outside of the try: what the state cannot take is nobody's failure, and ends the run.
    const { snapshot, invitation, refused } = carriedOut;
    const at = now().toISOString();
    const error = refused.length > 0 ? `the LMS did not take over ${refused.join(', ')}` : null;
    const failure = error === null ? null : this.failures.add(change, error);
    const outcome = error === null ? 'done' : 'failed';
    if (error !== null) this.#stops.failed(change, null);
    await store.settle([
      { ...settled, outcome, error, at, snapshot, unlink: change.takesOverFrom, invitation, failure },
    ]);
    await this.#count(row, outcome, error, snapshot?.accountId ?? row.account);
  }

  // The second change of somebody whose account is made by the first knows its number only now.
  async #withAccount(change: PlannedChange): Promise<PlannedChange | null> {
    if (change.kind === 'create' || change.account !== null) return change;
    const [snapshot] = await this.context.store.snapshotsOf([change.employee.id]);
    return snapshot?.state === 'active' ? { ...change, account: snapshot.accountId } : null;
  }

  async #settleError(row: Row, settled: Omit<Settlement, 'outcome' | 'error' | 'at'>, error: unknown): Promise<void> {
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
      this.#end(error.message);
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
  }
}
