import { isDay } from '../../core/day.js';
import type { LimitedKind } from '../../core/safety.js';
import { UsageError } from '../../errors.js';
import type { CommandBody } from '../process.js';
import { reportFiles } from '../report-files.js';
import { runSession } from '../session.js';

interface ImportAllFlags {
  readonly dryRun?: true | undefined;
  readonly only: readonly string[];
  readonly asOf?: string | undefined;
  readonly detailedExitcode?: true | undefined;
  readonly allow: Readonly<Partial<Record<LimitedKind, number>>>;
  readonly maxMinutes?: number | undefined;
  readonly html?: string | undefined;
  readonly csv?: string | undefined;
}

/** The nightly job. */
export function importAll(flags: ImportAllFlags): CommandBody {
  return async (world) => {
    if (flags.asOf !== undefined && !isDay(flags.asOf))
      throw new UsageError(`--as-of takes a day such as 2026-12-01, not ${flags.asOf}`);
    if (flags.asOf !== undefined && !flags.dryRun)
      throw new UsageError('--as-of shows what the calendar will do: add --dry-run');
    if (flags.detailedExitcode && !flags.dryRun)
      throw new UsageError('--detailed-exitcode belongs to a dry run: add --dry-run');
    return runSession(world, {
      command: 'import-all',
      dryRun: flags.dryRun ?? false,
      only: flags.only,
      allow: flags.allow,
      invitationsOnly: false,
      inviteNow: false,
      asOf: flags.asOf,
      detailedExitCode: flags.detailedExitcode ?? false,
      maxMinutes: flags.maxMinutes,
      files: reportFiles(world, flags),
    });
  };
}
