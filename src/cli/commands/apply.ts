import { resolve } from 'node:path';
import { UsageError } from '../../errors.js';
import { SavedPlanError, StalePlanError } from '../../errors-plan.js';
import { openSavedPlan } from '../../report/saved-plan/read.js';
import { importOf } from '../../sync/run-kind.js';
import type { CommandBody } from '../process.js';
import { reportFiles } from '../report-files.js';
import { runSession } from '../session.js';

interface ApplyFlags {
  readonly checksum?: string | undefined;
  readonly asOf?: string | undefined;
  readonly maxMinutes?: number | undefined;
  readonly html?: string | undefined;
  readonly csv?: string | undefined;
}

/** Carries out a saved plan and nothing else; that somebody applies it is what allows the number of its changes. */
export function apply(name: string, flags: ApplyFlags): CommandBody {
  return async (world) => {
    if (flags.asOf !== undefined)
      throw new UsageError('apply works for today alone: --as-of belongs to "hrsync plan"; apply the plan on its day');
    const savedPlan = await openSavedPlan(resolve(world.host.cwd(), name));
    const { file, digest, head } = savedPlan;
    if (flags.checksum !== undefined && flags.checksum !== digest)
      throw new SavedPlanError(file, { kind: 'checksum', expected: flags.checksum, actual: digest });
    if (Date.parse(head.expires_at) <= world.now().getTime())
      throw new StalePlanError(file, [`it was made at ${head.made_at} and expired at ${head.expires_at}`], [], 0);
    return runSession(world, {
      command: 'apply',
      dryRun: false,
      kind: head.reverts === undefined ? importOf(head.only) : { name: 'reversal', run: head.reverts, only: head.only },
      allow: head.counts,
      detailedExitCode: false,
      maxMinutes: flags.maxMinutes,
      files: reportFiles(world, flags),
      savedPlan,
    });
  };
}
