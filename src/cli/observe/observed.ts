import { resolve } from 'node:path';
import type { Config } from '../../config/config.js';
import { readEnvironment } from '../../config/environment.js';
import { HrsyncError } from '../../errors.js';
import { EXIT } from '../../exit.js';
import { silentLog } from '../../http/log.js';
import type { RunResult } from '../../report/reporter.js';
import { realWorld } from '../connector.js';
import type { CommandWorld } from '../process.js';
import { writeMetrics } from './metrics.js';
import { notify } from './notify.js';
import { type Outcome, outcomeOf } from './outcome.js';

/** What is to be observed of a run. */
export interface Observation {
  readonly command: string;
  /** A file for metrics, as the command line gives it, or undefined. */
  readonly metrics: string | undefined;
  /** Whether the run is for everybody: not for single people, and not for invitations alone. */
  readonly forEverybody: boolean;
}

/**
 * Does a run and tells the world of it afterwards: metrics, webhook, heartbeat. Whatever goes wrong with the telling is
 * itself told on stderr, and changes nothing about the run or its exit code.
 */
export async function observed(
  world: CommandWorld,
  { command, metrics, forEverybody }: Observation,
  run: (world: CommandWorld, onOverdue: (count: number) => void) => Promise<number>,
): Promise<number> {
  const startedAt = world.now();
  const seen: { config: Config | null; result: RunResult | null; overdue: number | null } = {
    config: null,
    result: null,
    overdue: null,
  };
  const watching: CommandWorld = {
    ...world,
    reporter: {
      ...world.reporter,
      finished: async (result) => {
        seen.result = result;
        await world.reporter.finished(result);
      },
    },
    loadConfig: async (draft) => {
      seen.config = await world.loadConfig(draft);
      return seen.config;
    },
  };
  const end = async (exitCode: number, error: unknown) => {
    if (seen.config === null) return;
    const facts = { connector: seen.config.name, command, startedAt, finishedAt: world.now(), exitCode };
    const whole = forEverybody && seen.result?.read.complete === true;
    const outcome = outcomeOf({ ...facts, endingsOverdue: seen.overdue, whole }, seen.result, error);
    await tell(world, seen.config, outcome, metrics);
  };
  try {
    const exitCode = await run(watching, (count) => {
      seen.overdue = count;
    });
    await end(exitCode, null);
    return exitCode;
  } catch (error) {
    await end(error instanceof HrsyncError ? error.exitCode : EXIT.unexpected, error);
    throw error;
  }
}

async function tell(world: CommandWorld, config: Config, outcome: Outcome, metrics: string | undefined): Promise<void> {
  const { reporter, host } = world;
  const troubles: string[] = [];
  if (metrics !== undefined) {
    await writeMetrics(resolve(host.cwd(), metrics), outcome).catch((error: unknown) => {
      const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
      troubles.push(`--metrics ${metrics} cannot be written${code}; the run itself is not affected`);
    });
  }
  // A run that was interrupted is told of as well, so its signal must not end this.
  const outside = realWorld(world.now, new AbortController().signal, silentLog, readEnvironment(host.env));
  troubles.push(...(await notify(config.notify, outcome, outside)));
  for (const trouble of troubles) reporter.note(trouble, { urgent: true });
}
