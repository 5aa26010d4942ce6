import { hostname } from 'node:os';
import { count } from '../../../core/count.js';
import { UsageError } from '../../../errors.js';
import { EXIT } from '../../../exit.js';
import { FleetWorker } from '../../../fleet/index.js';
import { Alarm } from '../../../serve/index.js';
import { VERSION } from '../../../version.js';
import { pacesOf } from '../../fleet/paces-of.js';
import { ConfigCache, runTask } from '../../fleet/run-task.js';
import { type OpenFleet, withFleet } from '../../fleet/with-fleet.js';
import type { CommandBody, CommandWorld } from '../../process.js';

interface WorkFlags {
  readonly name?: string | undefined;
  readonly slots?: number | undefined;
  readonly once?: true | undefined;
}

/** Carries out what connectors owe, until a signal or `fleet drain` ends it, or with `--once` until nothing is owed. */
export function fleetWork(flags: WorkFlags): CommandBody {
  return (world) => withFleet(world, (open) => work(world, open, flags));
}

async function work(world: CommandWorld, { fleet, store }: OpenFleet, flags: WorkFlags): Promise<number> {
  const { reporter, signal } = world;
  const name = flags.name ?? `${hostname()}-${process.pid}`;
  const slots = flags.slots ?? fleet.worker.slots;
  const entry = { name, host: hostname(), process: process.pid, version: VERSION, labels: fleet.worker.labels, slots };
  if (!(await store.register(entry))) {
    throw new UsageError(`a worker called ${name} is at work already`, { next: 'Give this one another --name.' });
  }
  const say = (sentence: string) => reporter.note(sentence, { atOnce: true });
  say(`${name} takes up to ${slots} runs at once`);
  const alarm = new Alarm();
  const place = {
    world,
    store,
    worker: name,
    configs: new ConfigCache(fleet, world),
    pacesOf: pacesOf(fleet.pace, store, world.now),
  };
  const { retry, spread, fairness } = fleet;
  const worker = new FleetWorker({
    store,
    entry,
    schemaVersion: store.schemaVersion,
    policy: { spread, retry, atOnce: fairness.at_once, memory: fleet.worker.memory },
    once: flags.once ?? false,
    run: (task) => runTask(place, task),
    now: world.now,
    memoryInUse: () => process.memoryUsage().rss,
    pause: (milliseconds) => alarm.pause(milliseconds),
    ring: () => alarm.ring(),
    say,
    signal,
  });
  signal.addEventListener('abort', () => alarm.ring(), { once: true });
  try {
    const { runs, failed, trouble } = await untilDrained(worker.work(), signal, fleet.worker.drain, say);
    const sentence = `${name} has ended after ${count(runs, 'run')}, of which ${failed} failed\n`;
    world.print({
      text: sentence,
      json: { format: 1, worker: name, runs, failed },
      troubles: trouble === null ? [] : [trouble],
    });
    return trouble === null ? EXIT.done : EXIT.unexpected;
  } finally {
    // A database that is gone has forgotten the worker half a minute later.
    await store.leave(name).catch(() => undefined);
  }
}

type Worked = Awaited<ReturnType<FleetWorker['work']>>;

// What has not stopped by then is cut off: its lease runs out, and another worker asks the LMS what became of it.
async function untilDrained(
  work: Promise<Worked>,
  signal: AbortSignal,
  drain: number,
  say: (sentence: string) => void,
): Promise<Worked> {
  let timer: NodeJS.Timeout | undefined;
  const cut = new Promise<Worked>((resolve) => {
    const start = () => {
      timer = setTimeout(() => {
        say(
          `runs did not stop within ${drain / 1_000} s: they are cut off, and others go on once their leases have run out`,
        );
        resolve({ runs: 0, failed: 0, trouble: null });
      }, drain);
    };
    if (signal.aborted) start();
    else signal.addEventListener('abort', start, { once: true });
  });
  try {
    return await Promise.race([work, cut]);
  } finally {
    clearTimeout(timer);
  }
}
