import { UsageError } from '../../errors.js';
import { type DryRunFlags, dryRunOptions } from '../dry-run.js';
import type { CommandBody, CommandWorld } from '../process.js';
import { reportFiles } from '../report-files.js';
import { runSession, type SessionOptions } from '../session.js';

/** The flags of a run that reads, plans and carries out. */
export interface RunFlags extends DryRunFlags {
  readonly dryRun?: true | undefined;
  readonly maxMinutes?: number | undefined;
  readonly metrics?: string | undefined;
}

/** The nightly job. */
export function importAll(flags: RunFlags): CommandBody {
  return async (world) => runSession(world, { command: 'import-all', ...optionsOf(world, flags) });
}

/**
 * What flags ask of a run.
 *
 * @throws UsageError where they do not fit together
 */
export function optionsOf(world: CommandWorld, flags: RunFlags): Omit<SessionOptions, 'command'> {
  const options = dryRunOptions(flags);
  if (flags.asOf !== undefined && !flags.dryRun)
    throw new UsageError('--as-of shows what the calendar will do: add --dry-run');
  if (flags.detailedExitcode && !flags.dryRun)
    throw new UsageError('--detailed-exitcode belongs to a dry run: add --dry-run');
  if (flags.metrics !== undefined && flags.dryRun)
    throw new UsageError('--metrics is for real runs: take --dry-run away');
  return {
    ...options,
    dryRun: flags.dryRun ?? false,
    maxMinutes: flags.maxMinutes,
    files: reportFiles(world, flags),
    metrics: flags.metrics,
  };
}
