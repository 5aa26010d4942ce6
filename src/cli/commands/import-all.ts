import { UsageError } from '../../errors.js';
import { type DryRunFlags, dryRunOptions } from '../dry-run.js';
import type { CommandBody } from '../process.js';
import { reportFiles } from '../report-files.js';
import { runSession } from '../session.js';

interface ImportAllFlags extends DryRunFlags {
  readonly dryRun?: true | undefined;
  readonly maxMinutes?: number | undefined;
  readonly metrics?: string | undefined;
}

/** The nightly job. */
export function importAll(flags: ImportAllFlags): CommandBody {
  return async (world) => {
    const options = dryRunOptions(flags);
    if (flags.asOf !== undefined && !flags.dryRun)
      throw new UsageError('--as-of shows what the calendar will do: add --dry-run');
    if (flags.detailedExitcode && !flags.dryRun)
      throw new UsageError('--detailed-exitcode belongs to a dry run: add --dry-run');
    if (flags.metrics !== undefined && flags.dryRun)
      throw new UsageError('--metrics is for real runs: take --dry-run away');
    return runSession(world, {
      ...options,
      command: 'import-all',
      dryRun: flags.dryRun ?? false,
      maxMinutes: flags.maxMinutes,
      files: reportFiles(world, flags),
      metrics: flags.metrics,
    });
  };
}
