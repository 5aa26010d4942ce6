import { describe, expect, it } from 'vitest';
import { type Ending, type Job, Worker } from '../../../src/serve/worker.js';
import type { WaitingEvent } from '../../../src/store/inbox.js';

/** A worker with an inbox in memory and a clock that pauses move on; `happen` is called before each pause. */
class Stage {
  clock = 0;
  readonly jobs: (readonly [number, Job])[] = [];
  readonly inbox: WaitingEvent[] = [];
  readonly #stop = new AbortController();
  #done = 0;
  readonly worker: Worker;
  readonly #happens: { readonly at: number; readonly act: () => void }[] = [];
  due: { readonly at: Date; readonly job: 'sync' | 'import-all' } | null = null;

  constructor(
    private readonly until: number,
    private readonly endings: Ending[] = [],
  ) {
    this.worker = new Worker({
      inbox: {
        waiting: async () => this.inbox.filter(({ id }) => id > this.#done),
        done: async (id) => {
          this.#done = id;
        },
        forget: async () => undefined,
      },
      timetable: { next: () => this.due },
      now: () => new Date(this.clock),
      pause: async (milliseconds) => this.#pause(milliseconds),
      run: async (job) => {
        this.jobs.push([this.clock, job]);
        return this.endings.shift() ?? 'done';
      },
      signal: this.#stop.signal,
    });
  }

  event(at: number, employeeId: string | null, kind: WaitingEvent['kind'] = 'person'): void {
    this.#happens.push({
      at,
      act: () => {
        const id = this.inbox.length + 1;
        this.inbox.push({ id, key: String(id), kind, employeeId, receivedAt: new Date(at).toISOString() });
        this.worker.arrived();
      },
    });
  }

  async play(): Promise<void> {
    await this.worker.work();
  }

  #pause(milliseconds: number): void {
    const end = this.clock + milliseconds;
    const next = this.#happens.toSorted((a, b) => a.at - b.at)[0];
    if (next !== undefined && next.at <= end) {
      this.#happens.splice(this.#happens.indexOf(next), 1);
      this.clock = Math.max(this.clock, next.at);
      next.act();
    } else this.clock = end;
    if (this.clock >= this.until) this.#stop.abort();
  }
}

const ids = ([, job]: readonly [number, Job]) => (job.kind === 'events' ? job.ids : []);

describe('events', () => {
  it('that come close together become one run, soon after the last', async () => {
    const stage = new Stage(60_000);
    for (const at of [10_000, 10_500, 11_000]) stage.event(at, String(at));
    stage.event(11_200, '10000');
    await stage.play();
    expect(stage.jobs.map((one) => [one[0], ids(one)])).toEqual([[13_200, ['10000', '10500', '11000']]]);
  });

  it('that never stop coming do not wait for ever', async () => {
    const stage = new Stage(30_000);
    for (let at = 10_000; at < 22_000; at += 500) stage.event(at, String(at));
    await stage.play();
    expect(stage.jobs[0]?.[0]).toBe(15_000);
    expect(stage.jobs.flatMap(ids)).toHaveLength(24);
  });

  it('of a run that came to nothing are tried again, with growing pauses', async () => {
    const stage = new Stage(400_000, ['again', 'again', 'done']);
    stage.event(10_000, '7');
    await stage.play();
    expect(stage.jobs.map(([at]) => at)).toEqual([12_000, 42_000, 102_000]);
  });

  it('wait while another process has its turn', async () => {
    const stage = new Stage(60_000, ['locked', 'locked', 'done']);
    stage.event(10_000, '7');
    await stage.play();
    expect(stage.jobs.map(([at]) => at)).toEqual([12_000, 14_000, 16_000]);
  });

  it('tell who is said to be deleted, and whether somebody changed of whom nobody says who', async () => {
    const stage = new Stage(60_000);
    stage.event(10_000, '7', 'deleted');
    stage.event(10_000, null, 'changed');
    await stage.play();
    expect(stage.jobs[0]?.[1]).toEqual({ kind: 'events', ids: ['7'], deleted: new Set(['7']), changed: true });
  });

  it('that waited in the inbox when the process was started are dealt with', async () => {
    const stage = new Stage(60_000);
    stage.inbox.push({ id: 1, key: '1', kind: 'person', employeeId: '7', receivedAt: '' });
    await stage.play();
    expect(stage.jobs.flatMap(ids)).toEqual(['7']);
  });
});
