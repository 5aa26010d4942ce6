import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createRandom } from '../../src/sandbox/company/random.js';
import { createApp } from '../../src/serve/app.js';
import { Metrics } from '../../src/serve/metrics.js';
import { type Job, Worker } from '../../src/serve/worker.js';
import { personioEvents } from '../../src/sources/personio/events.js';
import type { Inbox } from '../../src/store/inbox.js';
import { openInbox } from '../../src/store/open.js';
import { delivery, shuffled, TOKEN } from '../support/server.js';

const EVENTS = 10_000;
/** Deliveries at once, and how long such a batch takes on the virtual clock: as many a second as are taken. */
const BATCH = 100;
const TAKES = 200;

/** A server's receiver, inbox and worker on a virtual clock, which end as a killed process does: without a word. */
class Life {
  readonly #app: ReturnType<typeof createApp>;
  readonly #worker: Worker;
  #isOver = false;
  #wake: { readonly at: number; readonly resolve: () => void } | null = null;

  constructor(
    private readonly inbox: Inbox,
    private readonly clock: { now: number },
    /** Ends a run; whatever a dead process was about never comes to an end. */
    run: (job: Job, isOver: () => boolean) => Promise<'done'>,
  ) {
    const now = () => new Date(clock.now);
    this.#worker = new Worker({
      inbox: {
        waiting: (count) => this.#alive(() => inbox.waiting(count)),
        done: (ids) => this.#alive(() => inbox.done(ids)),
        forget: (before) => this.#alive(() => inbox.forget(before)),
      },
      timetable: { next: () => null },
      run: (job) => this.#alive(() => run(job, () => this.#isOver)),
      now,
      pause: (milliseconds) =>
        new Promise((resolve) => {
          this.#wake = { at: clock.now + milliseconds, resolve };
        }),
      signal: new AbortController().signal,
    });
    this.#app = createApp({
      senders: [{ type: 'personio', title: 'Personio', events: personioEvents, settings: { token: TOKEN } }],
      keep: async (events) => {
        const [isNew = false] = await this.#alive(() => inbox.put(events));
        if (isNew) this.#worker.arrived();
        return isNew;
      },
      waiting: () => inbox.countWaiting(),
      metrics: new Metrics(),
      saw: () => undefined,
      now,
    });
    void this.#worker.work();
  }

  async deliver(event: object): Promise<number> {
    const request = { method: 'POST', body: JSON.stringify(event), headers: { Authorization: TOKEN } };
    return (await this.#app.request('/webhooks/personio', request)).status;
  }

  /** Lets time pass, and the worker do what it has to by then. */
  async pass(milliseconds: number): Promise<void> {
    this.clock.now += milliseconds;
    for (let turns = 0; turns < 20; turns += 1) {
      if (this.#wake !== null && this.#wake.at <= this.clock.now) {
        const { resolve } = this.#wake;
        this.#wake = null;
        resolve();
      }
      await turn();
    }
  }

  async kill(): Promise<void> {
    this.#isOver = true;
    await this.inbox.close();
  }

  #alive<Result>(work: () => Promise<Result>): Promise<Result> {
    return this.#isOver ? new Promise(() => undefined) : work();
  }
}

describe('10,000 events in a burst, each delivered three times and in any order', () => {
  it('are all dealt with, in no more runs than needed, and none is lost when the process is killed', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'hrsync-burst-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const clock = { now: Date.parse('2026-11-24T10:00:00Z') };
    const random = createRandom(11);
    const opened = () =>
      openInbox({
        place: { kind: 'file', file: join(folder, 'acme.db') },
        identity: { name: 'acme', source: 'a', target: 'b' },
        now: () => new Date(clock.now),
      });
    const keptAt = new Map<number, number>();
    const lookedAtAfter = new Map<number, number>();
    let runs = 0;
    const run = async (job: Job, isOver: () => boolean): Promise<'done'> => {
      const began = clock.now;
      runs += 1;
      await turn();
      if (isOver() || random.chance(0.05)) return new Promise(() => undefined);
      if (job.kind === 'events') for (const id of job.ids) lookedAtAfter.set(Number(id), began);
      return 'done';
    };
    const once = Array.from({ length: EVENTS }, (_, index) => index + 1);
    const queue = shuffled([...once, ...once, ...once]);
    let life = new Life(await opened(), clock, run);
    let kills = 0;
    const began = clock.now;
    while (queue.length > 0) {
      const ids = queue.splice(-BATCH);
      const isKilled = random.chance(0.04);
      const answers = ids.map((id) => life.deliver(delivery('person.updated', id)));
      const statuses = isKilled ? ids.map(() => 0) : await Promise.all(answers);
      for (const [index, id] of ids.entries()) {
        if (statuses[index] !== 204) queue.unshift(id);
        else if (!keptAt.has(id)) keptAt.set(id, clock.now);
      }
      if (isKilled) {
        kills += 1;
        await life.kill();
        life = new Life(await opened(), clock, run);
      }
      await life.pass(TAKES);
    }
    // A run that a kill cut off is made up for by the next process.
    for (let time = 0; time < 5; time += 1) {
      await life.kill();
      life = new Life(await opened(), clock, run);
      await life.pass(10_000);
    }
    await life.kill();
    const left = await opened();
    expect(await left.countWaiting()).toBe(0);
    await left.close();
    expect(kills).toBeGreaterThan(5);
    expect(keptAt.size).toBe(EVENTS);
    expect(once.filter((id) => (lookedAtAfter.get(id) ?? 0) < (keptAt.get(id) ?? Infinity))).toEqual([]);
    expect(runs).toBeLessThanOrEqual(Math.ceil((clock.now - began) / 5_000) + 2 * kills + 5);
  }, 60_000);
});
