import type { Config } from '../config/config.js';
import { HrsyncError, LockedError } from '../errors.js';
import { cameToItsEnd, EXIT, isDealtWith } from '../exit.js';
import type { Job, JobOutcome, Metrics } from '../serve/index.js';
import { readLock } from '../store/open.js';
import type { RunKind } from '../sync/run-kind.js';
import { withConfig } from './connect.js';
import type { ToldCauses } from './observe/told-causes.js';
import type { CommandWorld } from './process.js';
import { runSession } from './session.js';

/** What a server keeps from one run to the next. */
interface Remembered {
  readonly metrics: Metrics;
  readonly told: ToldCauses;
}

/** Runs one job of a server as the commands do: same pipeline, lock and limits. */
export async function runJob(
  world: CommandWorld,
  config: Config,
  { metrics, told }: Remembered,
  job: Job,
): Promise<JobOutcome> {
  // Asked before the run, so that a lock that is held causes no notification.
  if ((await readLock(config.state)) !== null) return 'locked';
  let isWhole = false;
  const own = world.newReporter();
  const reporter: typeof own = {
    ...own,
    finished: async (result) => {
      isWhole = result.read.complete;
      await own.finished(result);
    },
  };
  const command = job.kind === 'events' ? 'webhook' : job.kind;
  const started = world.now().getTime();
  let exitCode: number;
  metrics.set('hrsync_running', 1);
  try {
    exitCode = await runSession(withConfig({ ...world, reporter }, config), {
      command,
      dryRun: false,
      kind: kindOf(job, config),
      allow: {},
      detailedExitCode: false,
      told,
      onOverdue: (count) => metrics.set('hrsync_endings_overdue', count),
    });
  } catch (error) {
    if (error instanceof LockedError) {
      world.reporter.note(`${command} waits: another run holds the lock`, { detail: true });
      return 'locked';
    }
    reporter.failed(error);
    exitCode = error instanceof HrsyncError ? error.exitCode : EXIT.unexpected;
  } finally {
    metrics.set('hrsync_running', 0);
  }
  const ended = world.now().getTime();
  metrics.add('hrsync_runs_total', { command, exit_code: String(exitCode) });
  metrics.add('hrsync_run_seconds_total', { command }, (ended - started) / 1_000);
  metrics.set('hrsync_last_run_timestamp_seconds', ended / 1_000, { command });
  if (exitCode === EXIT.done) metrics.set('hrsync_last_success_timestamp_seconds', ended / 1_000, { command });
  // Neither events about some people nor a refused night are to look like a good one.
  if (isWhole && cameToItsEnd(exitCode)) metrics.set('hrsync_last_complete_run_timestamp_seconds', ended / 1_000);
  return isDealtWith(exitCode) ? 'done' : 'again';
}

/** What a run for a job is for. */
export function kindOf(job: Job, { sync: { fullEvery } }: Config): RunKind {
  if (job.kind === 'import-all') return { name: 'night' };
  const { changed, ids, deleted } =
    job.kind === 'events' ? job : { changed: true, ids: [], deleted: new Set<string>() };
  return { name: 'between_nights', reads: { changed, ids, deleted, fullEvery }, only: [] };
}
