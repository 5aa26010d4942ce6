import type { Owed, OwedKind } from '../core/owed.js';
import { cameToItsEnd } from '../exit.js';
import type { Attempted, Candidate, DueConnector, FleetStore, Ticked, WorkerEntry } from '../store/fleet.js';
import { ATTEMPT_EVERY, type Outage, outages, WINDOW } from './breaker.js';
import { type Choice, choose } from './claim.js';
import { clockOffset, MOST_OFFSET } from './clock.js';
import { dueBetween } from './due.js';
import { fulfilledBy } from './owed.js';
import { isFulfilled, pauseAfter, type RetryPolicy } from './retry.js';
import { offsetOf } from './spread.js';

/** How a run ended; null where another process had its turn. `broke`: an error ended it before it had a result. */
export type RunEnd = { readonly exitCode: number; readonly broke: boolean } | null;

/** What a worker is to do for one connector. */
export interface Task {
  readonly candidate: Candidate;
  readonly kind: OwedKind;
  /** What the run fulfils when it ends well. */
  readonly owed: Owed;
}

/** What a worker works with; times in ms. */
export interface WorkerParts {
  readonly store: FleetStore;
  readonly entry: WorkerEntry;
  /** The schema that this hrsync knows. */
  readonly schemaVersion: number;
  readonly policy: {
    readonly spread: number;
    readonly atOnce: number;
    readonly retry: RetryPolicy;
    /** Bytes that the process may hold before it takes no more. */
    readonly memory: number;
  };
  readonly once: boolean;
  readonly run: (task: Task) => Promise<RunEnd>;
  readonly now: () => Date;
  /** Bytes that the process holds. */
  readonly memoryInUse: () => number;
  /** Waits so long, or until something rings. */
  readonly pause: (milliseconds: number) => Promise<void>;
  readonly ring: () => void;
  readonly say: (sentence: string) => void;
  /** Aborted when the worker is to stop. */
  readonly signal: AbortSignal;
}

/** What a worker did. */
export interface Worked {
  readonly runs: number;
  readonly failed: number;
  /** Why it could not work, as a sentence; null: it could. */
  readonly trouble: string | null;
}

const POLL = 1_000;
const BEAT = 5_000;
const TICK = 60_000;
/** Pause after the database could not be reached. */
const TROUBLED = 3_000;

/** Takes what is owed and carries it out, until it is told to stop or to drain. */
export class FleetWorker {
  readonly #running = new Map<string, number>();
  readonly #ends = new Set<Promise<void>>();
  #draining = false;
  #beatAt = Number.NEGATIVE_INFINITY;
  #tickAt = Number.NEGATIVE_INFINITY;
  #runs = 0;
  #failed = 0;
  #said: string | null = null;
  #outages: readonly Outage[] = [];

  constructor(private readonly parts: WorkerParts) {}

  /** Works until the end; a run that is under way then is waited for. */
  async work(): Promise<Worked> {
    const { signal, pause, once } = this.parts;
    let trouble: string | null = null;
    while (!signal.aborted && !(this.#draining && this.#running.size === 0)) {
      try {
        trouble = await this.#round();
        if (once && trouble !== null) break;
        if (once && this.#running.size === 0 && !(await this.parts.store.owesAnything())) break;
        await pause(POLL);
      } catch (error) {
        if (once) throw error;
        this.#sayOnce(error instanceof Error ? error.message : String(error));
        await pause(TROUBLED);
      }
    }
    await Promise.all(this.#ends);
    return { runs: this.#runs, failed: this.#failed, trouble };
  }

  /** One look around; gives why nothing may be taken, or null. */
  async #round(): Promise<string | null> {
    const at = this.parts.now().getTime();
    if (at - this.#beatAt >= BEAT) await this.#beat(at);
    if (this.#draining) return null;
    if (at - this.#tickAt >= TICK) await this.#tick(at);
    const trouble = await this.#clockTrouble();
    if (trouble !== null) {
      this.#sayOnce(trouble);
      return trouble;
    }
    const free = this.parts.entry.slots - [...this.#running.values()].reduce((sum, weight) => sum + weight, 0);
    const isFull = this.#running.size > 0 && this.parts.memoryInUse() > this.parts.policy.memory;
    if (free > 0 && !isFull) await this.#claim(free);
    this.#said = null;
    return null;
  }

  async #beat(at: number): Promise<void> {
    const { store, entry, schemaVersion } = this.parts;
    const beat = await store.beat(entry.name, this.#running.size, this.#draining);
    this.#beatAt = at;
    if (beat.leastVersion > schemaVersion && !this.#draining) {
      this.parts.say(
        `the database needs schema version ${beat.leastVersion}, and this hrsync knows version ${schemaVersion}: it takes no more runs; update hrsync on this host`,
      );
    }
    this.#draining ||= beat.draining || beat.leastVersion > schemaVersion;
  }

  async #tick(at: number): Promise<void> {
    const { store, policy } = this.parts;
    const reckon = (due: readonly DueConnector[], now: Date): readonly Ticked[] =>
      due.map(({ name, nextDueAt, ...times }) => {
        const { owed, next } = dueBetween({ ...times, offset: offsetOf(name, policy.spread) }, nextDueAt, now);
        return { name, owed, nextDueAt: next };
      });
    while (await store.tick(reckon));
    this.#tickAt = at;
    await this.#lookForOutages();
  }

  async #lookForOutages(): Promise<void> {
    const failures = await this.parts.store.failuresSince(WINDOW / 1_000);
    const found = outages(
      failures.flatMap(({ connector, source, target, error }) =>
        [source, target].map((vendor) => ({ connector, vendor, error })),
      ),
    );
    for (const { vendor, error, connectors } of found) {
      if (this.#outages.some((known) => known.vendor === vendor)) continue;
      this.parts.say(
        `${connectors} connectors of ${vendor} failed alike within 5 minutes (${error}): it gets single attempts until one ends well`,
      );
    }
    for (const { vendor } of this.#outages) {
      if (!found.some((outage) => outage.vendor === vendor))
        this.parts.say(`${vendor} is back: its connectors run again`);
    }
    this.#outages = found;
  }

  async #clockTrouble(): Promise<string | null> {
    const { store, now } = this.parts;
    const asked = now().getTime();
    const offset = clockOffset(asked, (await store.now()).getTime(), now().getTime());
    if (Math.abs(offset) <= MOST_OFFSET) return null;
    const side = offset > 0 ? 'behind' : 'ahead of';
    return `the clock of this host is ${Math.round(Math.abs(offset) / 1_000)} s ${side} the database's: nothing is taken until they agree within 5 s`;
  }

  async #claim(free: number): Promise<void> {
    const { store, entry, policy } = this.parts;
    const probed = await this.#vendorsToProbe();
    const mayTry = ({ source, target }: Candidate) =>
      [source, target].every((vendor) => !this.#isOut(vendor) || probed.delete(vendor));
    const choices = await store.claim<Choice>(entry.name, ({ now, candidates, running }) =>
      choose(candidates, { now, slots: entry.slots, free, atOnce: policy.atOnce, running, mayTry }),
    );
    for (const choice of choices) this.#begin(choice);
  }

  async #vendorsToProbe(): Promise<Set<string>> {
    const probed = new Set<string>();
    for (const { vendor } of this.#outages) {
      if (await this.parts.store.mayProbe(vendor, ATTEMPT_EVERY / 1_000)) probed.add(vendor);
    }
    return probed;
  }

  #isOut(vendor: string): boolean {
    return this.#outages.some((outage) => outage.vendor === vendor);
  }

  #begin({ candidate, kind, weight }: Choice): void {
    this.#running.set(candidate.name, weight);
    const end = this.#carryOut({ candidate, kind, owed: fulfilledBy(kind, candidate.owed) }).finally(() => {
      this.#running.delete(candidate.name);
      this.#ends.delete(end);
      this.parts.ring();
    });
    this.#ends.add(end);
  }

  async #carryOut(task: Task): Promise<void> {
    const { store, entry, run, say } = this.parts;
    try {
      await store.settle(entry.name, this.#attempted(task, await run(task)));
    } catch (error) {
      // The claim runs out by itself, and what is owed stays owed.
      say(`${task.candidate.name}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  #attempted({ candidate: { name, attempts }, kind, owed }: Task, end: RunEnd): Attempted {
    if (end === null) return { name, owed, ending: 'put back' };
    // A run that was told to stop has not failed.
    if (this.parts.signal.aborted && !isFulfilled(kind, end)) return { name, owed: {}, ending: 'put back' };
    this.#runs += 1;
    if (!cameToItsEnd(end.exitCode) || end.broke) this.#failed += 1;
    if (isFulfilled(kind, end)) return { name, owed, ending: 'fulfilled' };
    return { name, owed, ending: 'failed', retryIn: pauseAfter(attempts + 1, kind, this.parts.policy.retry) };
  }

  #sayOnce(sentence: string): void {
    if (this.#said !== sentence) this.parts.say(sentence);
    this.#said = sentence;
  }
}
