import { resolve } from 'node:path';
import { type DryRunFlags, dryRunOptions } from '../dry-run.js';
import type { CommandBody } from '../process.js';
import { reportFiles } from '../report-files.js';
import { runSession } from '../session.js';

interface PlanFlags extends DryRunFlags {
  readonly out?: string | undefined;
}

/** Shows what import-all would do, as its dry run does, and keeps it in a file that `apply` takes. */
export function plan(flags: PlanFlags): CommandBody {
  return async (world) =>
    runSession(world, {
      ...dryRunOptions(flags),
      command: 'plan',
      dryRun: true,
      files: reportFiles(world, flags),
      savePlanTo: flags.out === undefined ? undefined : resolve(world.host.cwd(), flags.out),
    });
}
