import { resolve } from 'node:path';
import type { Config } from '../../config/config.js';
import { readEnvironment } from '../../config/environment.js';
import { HrsyncError } from '../../errors.js';
import { EXIT } from '../../exit.js';
import { silentLog } from '../../http/log.js';
import { type RunFacts, runFacts } from '../../report/mail/run-facts.js';
import type { RunResult } from '../../report/reporter.js';
import type { OverdueEnding } from '../../store/endings.js';
import { realWorld } from '../connector.js';
import type { CommandWorld } from '../process.js';
import { tellByMail } from './mails.js';
import { writeMetrics } from './metrics.js';
import { notify } from './notify.js';
import { type Outcome, outcomeOf } from './outcome.js';
import type { MailedRun, ToldCauses } from './told-causes.js';

/** What is to be observed of a run. */
export interface Observation {
  readonly command: string;
  /** A file for metrics, as the command line gives it, or undefined. */
  readonly metrics: string | undefined;
  /** Whether the run is for everybody: not for single people, and not for invitations alone. */
  readonly forEverybody: boolean;
  /** What a server has told of already. */
  readonly told?: ToldCauses | undefined;
}

/** What comes to be known of a run on its way. */
interface Seen {
  config: Config | null;
  result: RunResult | null;
  facts: RunFacts | null;
  overdue: readonly OverdueEnding[] | null;
  /** What stopped the run early although it had a result. */
  stopped: unknown;
}

/**
 * Does a run and tells the world of it afterwards: metrics, webhook, heartbeat, mail. Whatever goes wrong with the telling
 * is itself told on stderr, and changes nothing about the run or its exit code.
 */
export async function observed(
  world: CommandWorld,
  { command, metrics, forEverybody, told }: Observation,
  run: (world: CommandWorld, onOverdue: (endings: readonly OverdueEnding[]) => void) => Promise<number>,
): Promise<number> {
  const startedAt = world.now();
  const seen: Seen = { config: null, result: null, facts: null, overdue: null, stopped: null };
  const end = async (exitCode: number, error: unknown) => {
    if (seen.config === null) return;
    const facts = { connector: seen.config.name, command, startedAt, finishedAt: world.now(), exitCode };
    const whole = forEverybody && seen.result?.read.complete === true;
    const endingsOverdue = seen.overdue?.length ?? null;
    const outcome = outcomeOf({ ...facts, endingsOverdue, whole }, seen.result, error);
    const mailed = { outcome, facts: seen.facts, error: error ?? seen.stopped, overdue: seen.overdue ?? [] };
    await tell(world, seen.config, mailed, { metrics, told });
  };
  try {
    const exitCode = await run(watching(world, seen), (endings) => {
      seen.overdue = endings;
    });
    await end(exitCode, null);
    return exitCode;
  } catch (error) {
    await end(error instanceof HrsyncError ? error.exitCode : EXIT.unexpected, error);
    throw error;
  }
}

function watching(world: CommandWorld, seen: Seen): CommandWorld {
  return {
    ...world,
    reporter: {
      ...world.reporter,
      finished: async (result) => {
        seen.result = result;
        // Now, because the lists of the result end with the run.
        if (seen.config?.notify.mail) seen.facts = await runFacts(result);
        await world.reporter.finished(result);
      },
      failed: (error) => {
        seen.stopped ??= error;
        world.reporter.failed(error);
      },
    },
    loadConfig: async (draft) => {
      seen.config = await world.loadConfig(draft);
      return seen.config;
    },
  };
}

async function tell(
  world: CommandWorld,
  config: Config,
  mailed: MailedRun & { readonly outcome: Outcome },
  { metrics, told }: Pick<Observation, 'metrics' | 'told'>,
): Promise<void> {
  const { reporter, host } = world;
  const troubles: string[] = [];
  if (metrics !== undefined) {
    await writeMetrics(resolve(host.cwd(), metrics), mailed.outcome).catch((error: unknown) => {
      const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
      troubles.push(`--metrics ${metrics} cannot be written${code}; the run itself is not affected`);
    });
  }
  // A run that was interrupted is told of as well, so its signal must not end this.
  const outside = realWorld(world.now, new AbortController().signal, silentLog, readEnvironment(host.env));
  troubles.push(...(await notify(config.notify, mailed.outcome, outside)));
  troubles.push(...(await tellByMail(world, config, mailed, outside, told)));
  for (const trouble of troubles) reporter.note(trouble, { urgent: true });
}
