import { setTimeout as wait } from 'node:timers/promises';
import { InterruptedError, UsageError } from '../../../errors.js';
import { EXIT } from '../../../exit.js';
import { LOST_AFTER } from '../../../fleet/index.js';
import type { FleetStore } from '../../../store/fleet.js';
import { registeredConnector, withFleet } from '../../fleet/with-fleet.js';
import type { CommandBody, CommandWorld } from '../../process.js';
import { importAll } from '../import-all.js';
import { runJson } from './status.js';

/** How often it is looked whether the run has ended, in ms. */
const LOOK = 300;

interface RunFlags {
  readonly dryRun?: true | undefined;
  /** False with `--no-wait`. */
  readonly wait: boolean;
}

/** Asks for a run of one connector now, and waits for its end; a dry run happens in this process. */
export function fleetRun(name: string, flags: RunFlags): CommandBody {
  return async (world) => {
    if (flags.dryRun) {
      const loadConfig = () => world.loadConfig(undefined, name);
      return importAll({ only: [], allow: {}, dryRun: true })({ ...world, loadConfig });
    }
    return withFleet(world, async ({ store }) => {
      const { paused } = await registeredConnector(store, name);
      if (paused)
        throw new UsageError(`connector ${name} is paused`, { next: `"hrsync fleet resume ${name}" lets it go on.` });
      const before = (await lastRunOf(store, name))?.number ?? 0;
      await store.ask(name);
      if (!(await hasWorker(store))) {
        world.reporter.note('no worker is there to carry it out: start one with "hrsync fleet work"', { atOnce: true });
      }
      if (!flags.wait) {
        world.print({ text: `asked for a run of ${name}\n`, json: { format: 1, connector: name, asked: true } });
        return EXIT.done;
      }
      return awaitEnd(world, store, name, before);
    });
  };
}

async function awaitEnd(world: CommandWorld, store: FleetStore, name: string, before: number): Promise<number> {
  while (await store.isAsked(name)) {
    if (world.signal.aborted) throw new InterruptedError();
    await wait(LOOK, undefined, { signal: world.signal }).catch(() => undefined);
  }
  const run = await lastRunOf(store, name);
  if (run === null || run.number <= before || run.exitCode === null)
    throw new UsageError(`the run of ${name} left no trace`, {
      next: '"hrsync fleet runs" shows what happened instead.',
    });
  const text = `${name}: run ${run.number} ended with exit code ${run.exitCode}; "hrsync runs ${run.number} --connector ${name}" shows what it did\n`;
  world.print({ text, json: { format: 1, connector: name, ...runJson(run) } });
  return run.exitCode;
}

async function lastRunOf(store: FleetStore, name: string) {
  return (await store.lastEnded(name)) ?? null;
}

async function hasWorker(store: FleetStore): Promise<boolean> {
  const [workers, now] = await Promise.all([store.workers(), store.now()]);
  return workers.some(({ seenAt, draining }) => !draining && now.getTime() - seenAt.getTime() < LOST_AFTER);
}
