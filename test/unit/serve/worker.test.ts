import { describe, expect, it } from 'vitest';
import { type Job, type JobOutcome, Worker } from '../../../src/serve/worker.js';
import type { WaitingEvent } from '../../../src/store/inbox.js';

/** A worker with an inbox in memory and a clock that pauses move on; `happen` is called before each pause. */
class Stage {
  clock = 0;
  readonly jobs: (readonly [number, Job])[] = [];
  readonly inbox: WaitingEvent[] = [];
  readonly #stop = new AbortController();
  readonly #done = new Set<number>();
  readonly worker: Worker;
  readonly #happens: { readonly at: number; readonly act: () => void }[] = [];
  onRun: () => void = () => undefined;
  readonly troubles: unknown[] = [];
  readonly forgot: number[] = [];
  /** What the inbox does wrong the next times it is asked. */
  readonly faults: ('waiting' | 'done' | 'forget')[] = [];

  constructor(
    private readonly until: number,
    private readonly endings: (JobOutcome | Error)[] = [],
    nights: readonly number[] = [],
    /** What there is to read at an instant, for a source that can tell. */
    stamp?: (at: number) => string | null,
  ) {
    this.worker = new Worker({
      inbox: {
        waiting: async () => this.#unlessFaulty('waiting') ?? this.inbox.filter(({ id }) => !this.#done.has(id)),
        done: async (ids) => {
          this.#unlessFaulty('done');
          for (const id of ids) this.#done.add(id);
        },
        forget: async () => {
          this.#unlessFaulty('forget');
          this.forgot.push(this.clock);
        },
      },
      timetable: {
        next: (after) => {
          const at = nights.find((night) => night > after.getTime());
          return at === undefined ? null : { at: new Date(at), job: 'import-all' };
        },
      },
      now: () => new Date(this.clock),
      pause: async (milliseconds) => this.#pause(milliseconds),
      run: async (job) => {
        this.jobs.push([this.clock, job]);
        this.onRun();
        const ending = this.endings.shift() ?? 'done';
        if (ending instanceof Error) throw ending;
        return ending;
      },
      failed: (error) => this.troubles.push(error),
      stamp: stamp === undefined ? undefined : async () => stamp(this.clock),
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

  #unlessFaulty(act: 'waiting' | 'done' | 'forget'): undefined {
    if (this.faults[0] !== act) return;
    this.faults.shift();
    throw new Error(`${act}: the disk is full`);
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

describe('whatever goes wrong', () => {
  it('in a run is told, and the events are tried again with growing pauses', async () => {
    const stage = new Stage(400_000, [new RangeError('Invalid string length'), new TypeError('no'), 'done']);
    stage.event(10_000, '7');
    await stage.play();
    expect(stage.jobs.map(([at]) => at)).toEqual([12_000, 42_000, 102_000]);
    expect(stage.troubles.map((error) => (error as Error).name)).toEqual(['RangeError', 'TypeError']);
  });

  it('in a scheduled run is told, and the next one comes when it is due', async () => {
    const stage = new Stage(300_000, [new RangeError('Maximum call stack size exceeded')], [100_000, 200_000]);
    await stage.play();
    expect(stage.jobs.map(([at, { kind }]) => [at, kind])).toEqual([
      [100_000, 'import-all'],
      [200_000, 'import-all'],
    ]);
    expect(stage.troubles).toHaveLength(1);
  });

  it.for([['waiting'], ['done'], ['forget']] as const)(
    'with the inbox (%s) is told, and ends nothing',
    async ([act]) => {
      const stage = new Stage(200_000);
      stage.faults.push(act);
      stage.event(10_000, '7');
      await stage.play();
      expect(stage.troubles).toEqual([new Error(`${act}: the disk is full`)]);
      expect(stage.jobs.flatMap(ids)).toContain('7');
      expect(stage.jobs.length).toBe(act === 'done' ? 2 : 1);
    },
  );
});

describe('the inbox', () => {
  it('forgets what is old after every run, and once an hour without any', async () => {
    const stage = new Stage(2 * 3_600_000 + 30_000);
    stage.event(10_000, '7');
    stage.event(600_000, '8');
    await stage.play();
    expect(stage.forgot.slice(0, 3)).toEqual([0, 12_000, 602_000]);
    expect(stage.forgot).toHaveLength(4);
  });

  it('is told of the events that the run was about, and of no others that came meanwhile', async () => {
    const stage = new Stage(60_000);
    stage.inbox.push({ id: 5, key: '5', kind: 'person', employeeId: '5', receivedAt: '' });
    const late = { id: 4, key: '4', kind: 'person', employeeId: '4', receivedAt: '' } as const;
    stage.onRun = () => {
      if (stage.inbox.length === 1) {
        stage.inbox.unshift(late);
        stage.worker.arrived();
      }
    };
    await stage.play();
    expect(stage.jobs.map(ids)).toEqual([['5'], ['4']]);
  });
});

describe('a source that can tell what there is to read', () => {
  const syncs = ({ jobs }: Stage) => jobs.map(([at, { kind }]) => [at, kind]);

  it('is looked at every ten seconds, and each new file is synced once', async () => {
    const stage = new Stage(60_000, [], [], (at) => (at < 15_000 ? 'monday' : at < 40_000 ? 'tuesday' : 'wednesday'));
    await stage.play();
    expect(syncs(stage)).toEqual([
      [20_000, 'sync'],
      [40_000, 'sync'],
    ]);
  });

  it('is left to the timetable for what lay there at the start, and for what a night has just read', async () => {
    const stage = new Stage(60_000, [], [25_000], (at) => (at < 25_000 ? 'monday' : 'tuesday'));
    await stage.play();
    expect(syncs(stage)).toEqual([[25_000, 'import-all']]);
  });

  it('is synced once a file is there and whole', async () => {
    const stage = new Stage(60_000, [], [], (at) => (at < 30_000 ? null : 'monday'));
    await stage.play();
    expect(syncs(stage)).toEqual([[30_000, 'sync']]);
  });

  it('is tried again only where another process had its turn', async () => {
    const stage = new Stage(70_000, ['locked', 'again'], [], (at) => (at < 5_000 ? 'monday' : 'tuesday'));
    await stage.play();
    expect(syncs(stage)).toEqual([
      [10_000, 'sync'],
      [20_000, 'sync'],
    ]);
  });
});
