import type { Inbox, WaitingEvent } from '../store/inbox.js';
import type { Due, Timetable } from './timetable.js';

/** What a worker has to do: a command of the timetable, or a look at whom events name. */
export type Job =
  | { readonly kind: Due['job'] }
  | {
      readonly kind: 'events';
      readonly ids: readonly string[];
      readonly deleted: ReadonlySet<string>;
      /** Whether HR said that people changed without naming them. */
      readonly changed: boolean;
    };

/** What became of a job. `again`: nothing came of it. `locked`: another process has its turn. */
export type JobOutcome = 'done' | 'again' | 'locked';

/** What a worker works with. */
export interface WorkerParts {
  readonly inbox: Pick<Inbox, 'waiting' | 'done' | 'forget'>;
  readonly timetable: Timetable;
  readonly run: (job: Job) => Promise<JobOutcome>;
  /** What a sync would read now, or null while there is nothing; absent where only a request could tell. */
  readonly stamp?: (() => Promise<string | null>) | undefined;
  /** Hears of what went wrong outside of a run's own report. The worker goes on. */
  readonly failed?: (error: unknown) => void;
  readonly now: () => Date;
  /** Waits so many milliseconds, or until something rings. */
  readonly pause: (milliseconds: number) => Promise<void>;
  readonly signal: AbortSignal;
}

/** Events are gathered until none has come for so long, and no longer than the cap, in milliseconds. */
const QUIET = 2_000;
const CAP = 5_000;
/** How many events one run deals with at most. */
const MOST = 20_000;
/** While another process runs, it is asked so often whether it still does. */
const LOCKED = 2_000;
const LONGEST_PAUSE = 60_000;
const FIRST_RETRY = 30_000;
const LAST_RETRY = 900_000;
/** How long the inbox remembers events that were dealt with, in ms: longer than senders repeat a delivery. */
export const REMEMBERED = 14 * 86_400_000;
/** Minimum interval between looks at what a sync would read, in ms. */
const LOOK_EVERY = 10_000;
/** Without any run, the inbox forgets what is old so often, in ms. */
const TIDY_EVERY = 3_600_000;

/** Does one job after the other: what the timetable makes due, and what events ask for. Nothing ever runs beside another. */
export class Worker {
  /** When the oldest and the newest event came that no run has dealt with; null: none is known of. */
  #first: number | null;
  #last = 0;
  #failures = 0;
  #notBefore = 0;
  #due: Due | null;
  #tidiedAt = Number.NEGATIVE_INFINITY;
  #lookedAt = Number.NEGATIVE_INFINITY;
  /** What was there when a sync was last due for it; null: nothing, undefined: nobody has looked. */
  #stamp: string | null | undefined;

  constructor(private readonly parts: WorkerParts) {
    const now = parts.now();
    this.#due = parts.timetable.next(now);
    // What came before the process was started may wait in the inbox.
    this.#first = now.getTime();
  }

  /** Notes that an event has come; the caller also ends the pause. */
  arrived(): void {
    this.#last = this.parts.now().getTime();
    this.#first ??= this.#last;
  }

  /** Works until the signal ends it. Nothing that goes wrong on the way ends it. */
  async work(): Promise<void> {
    const { signal, now, pause } = this.parts;
    while (!signal.aborted) {
      const at = now();
      if (at.getTime() - this.#tidiedAt >= TIDY_EVERY) await this.#tidy();
      const wait = await this.#next(at);
      const nextLook = this.parts.stamp === undefined ? LONGEST_PAUSE : this.#lookedAt + LOOK_EVERY - at.getTime();
      if (wait > 0 && !signal.aborted) await pause(Math.min(wait, nextLook, LONGEST_PAUSE));
    }
  }

  /** Does what is due first, and tells how long to wait for what comes next. */
  async #next(at: Date): Promise<number> {
    if (this.#due !== null && this.#due.at <= at) return this.#scheduled(at);
    return (await this.#noticed(at)) ? 0 : this.#events(at.getTime());
  }

  async #run(job: Job): Promise<JobOutcome> {
    return (await this.#attempt(() => this.parts.run(job))) ?? 'again';
  }

  /** Does something; an error is reported and gives undefined. */
  async #attempt<Result>(work: () => Promise<Result>): Promise<Result | undefined> {
    try {
      return await work();
    } catch (error) {
      this.parts.failed?.(error);
      return undefined;
    }
  }

  async #tidy(): Promise<void> {
    const at = this.parts.now().getTime();
    this.#tidiedAt = at;
    await this.#attempt(() => this.parts.inbox.forget(new Date(at - REMEMBERED).toISOString()));
  }

  // Of several runs that came due meanwhile one is enough, and the night does all that the others would.
  async #scheduled(at: Date): Promise<number> {
    const { timetable } = this.parts;
    let kind: Due['job'] = 'sync';
    let due = this.#due;
    for (; due !== null && due.at <= at; due = timetable.next(due.at)) if (due.job === 'import-all') kind = due.job;
    const stamp = await this.#look(at);
    if ((await this.#run({ kind })) === 'locked') {
      this.#due = { at, job: kind };
      return LOCKED;
    }
    this.#stamp = stamp ?? this.#stamp;
    this.#due = due;
    await this.#tidy();
    return 0;
  }

  /** Runs a sync when there is something new to read; true then. What lay there at the start is for the timetable. */
  async #noticed(at: Date): Promise<boolean> {
    if (this.parts.stamp === undefined || at.getTime() - this.#lookedAt < LOOK_EVERY) return false;
    const stamp = await this.#look(at);
    if (this.#stamp === undefined) this.#stamp = stamp;
    if (stamp === null || stamp === this.#stamp) return false;
    if ((await this.#run({ kind: 'sync' })) === 'locked') return false;
    // What a run could not use is not tried again: the next export is another one.
    this.#stamp = stamp;
    return true;
  }

  async #look(at: Date): Promise<string | null> {
    this.#lookedAt = at.getTime();
    const { stamp } = this.parts;
    return stamp === undefined ? null : ((await this.#attempt(stamp)) ?? null);
  }

  /** Deals with the events when they have been gathered, and tells how long to wait for what comes next. */
  async #events(at: number): Promise<number> {
    const next = this.#due === null ? LONGEST_PAUSE : this.#due.at.getTime() - at;
    if (this.#first === null) return next;
    const ready = Math.max(Math.min(this.#last + QUIET, this.#first + CAP), this.#notBefore);
    if (ready > at) return Math.min(next, ready - at);
    const first = this.#first;
    this.#first = null;
    const events = await this.#attempt(() => this.parts.inbox.waiting(MOST));
    if (events?.length === 0) return 0;
    const ending = events === undefined ? 'again' : await this.#dealWith(events);
    if (ending === 'done') {
      this.#failures = 0;
      if (events?.length === MOST) this.#first ??= first;
      return 0;
    }
    this.#first = first;
    this.#notBefore = this.parts.now().getTime() + (ending === 'locked' ? LOCKED : this.#nextRetry());
    return 0;
  }

  async #dealWith(events: readonly WaitingEvent[]): Promise<JobOutcome> {
    const ending = await this.#run(jobOf(events));
    if (ending !== 'done') return ending;
    const isNoted = await this.#attempt(async () => {
      await this.parts.inbox.done(events.map(({ id }) => id));
      return true;
    });
    await this.#tidy();
    return isNoted === true ? 'done' : 'again';
  }

  #nextRetry(): number {
    this.#failures += 1;
    return Math.min(FIRST_RETRY * 2 ** (this.#failures - 1), LAST_RETRY);
  }
}

/** The job that deals with events. */
export function jobOf(events: readonly WaitingEvent[]): Job {
  const ids = new Set<string>();
  const deleted = new Set<string>();
  for (const { kind, employeeId } of events) {
    if (employeeId === null) continue;
    ids.add(employeeId);
    if (kind === 'deleted') deleted.add(employeeId);
  }
  return { kind: 'events', ids: [...ids], deleted, changed: events.some(({ kind }) => kind === 'changed') };
}
