import { TZDate } from '@date-fns/tz';
import { describe, expect, it } from 'vitest';
import { createTimetable } from '../../../src/serve/timetable.js';
import { type Job, Worker } from '../../../src/serve/worker.js';

const BERLIN = 'Europe/Berlin';
const USUAL = { importAll: '0 2 * * *', sync: '0 */3 * * *' };
const MINUTE = 60_000;

interface Ran {
  readonly kind: Job['kind'];
  readonly from: number;
  readonly to: number;
}

/** Lets a worker live through days of a virtual clock; a run takes what `takes` says, in minutes. */
async function live(
  from: string,
  days: number,
  { schedule = USUAL, takes = () => 20 }: { schedule?: typeof USUAL; takes?: (job: Job) => number } = {},
): Promise<readonly Ran[]> {
  let clock = Date.parse(from);
  const end = clock + days * 24 * 60 * MINUTE;
  const stop = new AbortController();
  const ran: Ran[] = [];
  const pass = (milliseconds: number) => {
    clock += milliseconds;
    if (clock >= end) stop.abort();
  };
  const worker = new Worker({
    inbox: { waiting: async () => [], done: async () => undefined, forget: async () => undefined },
    timetable: createTimetable(schedule, BERLIN),
    now: () => new Date(clock),
    pause: async (milliseconds) => pass(milliseconds),
    run: async (job) => {
      const began = clock;
      pass(takes(job) * MINUTE);
      ran.push({ kind: job.kind, from: began, to: clock });
      return 'done';
    },
    signal: stop.signal,
  });
  await worker.work();
  return ran;
}

const hourOf = ({ from }: Ran) => {
  const local = new TZDate(from, BERLIN);
  return `${local.getHours()}:${String(local.getMinutes()).padStart(2, '0')}`;
};
const dayOf = ({ from }: Ran) => new TZDate(from, BERLIN).toISOString().slice(0, 10);

describe('a month of the usual schedule in Berlin', () => {
  it.for([
    ['into summer', '2026-03-10T12:30:00Z', '2026-03-29'],
    ['into winter', '2026-10-10T12:30:00Z', '2026-10-25'],
  ] as const)('%s: every run at its hour, none beside another', async ([, from, change]) => {
    const ran = await live(from, 30);
    const nights = ran.filter(({ kind }) => kind === 'import-all');
    expect(new Set(nights.map(dayOf)).size).toBe(nights.length);
    expect(nights).toHaveLength(30);
    const odd = nights.filter((run) => hourOf(run) !== '2:00');
    // The one night without a two o'clock is made up for right after the gap, when a sync is due, too.
    expect(odd.map((run) => [dayOf(run), hourOf(run)])).toEqual(change === '2026-03-29' ? [[change, '3:00']] : []);
    const syncs = ran.filter(({ kind }) => kind === 'sync');
    expect(new Set(syncs.map(hourOf))).toEqual(
      new Set(['0:00', '3:00', '6:00', '9:00', '12:00', '15:00', '18:00', '21:00']),
    );
    expect(syncs).toHaveLength(30 * 8 - odd.length);
    for (const [index, run] of ran.entries()) {
      const before = ran[index - 1];
      if (before !== undefined) expect(run.from).toBeGreaterThanOrEqual(before.to);
    }
  });

  it('runs what came due during a long run once, right after it', async () => {
    const long = (job: Job) => (job.kind === 'import-all' ? 60 * 8 : 1);
    const ran = await live('2026-06-01T22:30:00Z', 1, { takes: long });
    expect(ran.map((run) => [run.kind, hourOf(run)]).slice(0, 4)).toEqual([
      ['import-all', '2:00'],
      ['sync', '10:00'],
      ['sync', '12:00'],
      ['sync', '15:00'],
    ]);
  });

  it('lets the night do what a sync at the same minute would', async () => {
    const ran = await live('2026-06-01T12:30:00Z', 1, { schedule: { importAll: '0 3 * * *', sync: '0 */3 * * *' } });
    expect(ran.filter((run) => hourOf(run) === '3:00').map(({ kind }) => kind)).toEqual(['import-all']);
  });
});
