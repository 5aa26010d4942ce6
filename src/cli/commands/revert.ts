import { resolve } from 'node:path';
import type { LimitedKind } from '../../core/safety.js';
import { withConfig } from '../connect.js';
import { findRun } from '../find-run.js';
import type { CommandBody } from '../process.js';
import { reportFiles } from '../report-files.js';
import { runSession } from '../session.js';
import { withState } from '../with-state.js';

interface RevertFlags {
  readonly dryRun?: true | undefined;
  readonly out?: string | undefined;
  readonly only: readonly string[];
  readonly allow: Readonly<Partial<Record<LimitedKind, number>>>;
  readonly detailedExitcode?: true | undefined;
  readonly maxMinutes?: number | undefined;
  readonly html?: string | undefined;
  readonly csv?: string | undefined;
  readonly metrics?: string | undefined;
}

/** Takes back what a run did, by the journal and through plan, limits and journal. With `--out` it saves the plan instead. */
export function revert(number: number, flags: RevertFlags): CommandBody {
  return async (world) => {
    const config = await world.loadConfig();
    const known = withConfig(world, config);
    // Before there is a run of its own: a number that is not there yet must not come to mean that run.
    await withState(known, 'read', (store) => findRun(store, number));
    return runSession(known, {
      command: `revert ${number}`,
      dryRun: flags.dryRun === true || flags.out !== undefined,
      kind: { name: 'reversal', run: number, only: flags.only },
      allow: flags.allow,
      detailedExitCode: flags.detailedExitcode ?? false,
      maxMinutes: flags.maxMinutes,
      metrics: flags.metrics,
      files: reportFiles(world, flags),
      savePlanTo: flags.out === undefined ? undefined : resolve(world.host.cwd(), flags.out),
    });
  };
}
