import type { LimitedKind } from '../../core/safety.js';
import { shownPlace } from '../../core/state-place.js';
import { StateError, UsageError } from '../../errors.js';
import { openSpool } from '../../store/open.js';
import { importOf } from '../../sync/run-kind.js';
import type { Drifted } from '../../sync/verify/find-drift.js';
import { runVerify } from '../../sync/verify/verify.js';
import type { CommandBody } from '../process.js';
import { withSession } from '../session.js';

interface VerifyFlags {
  readonly repair?: true | undefined;
  readonly dryRun?: true | undefined;
  readonly allow: Readonly<Partial<Record<LimitedKind, number>>>;
}

/** Compares the LMS with the snapshot. Without `--repair` it takes no lock and writes nothing. */
export function verify(flags: VerifyFlags): CommandBody {
  const { allow } = flags;
  const [repair, dryRun] = [flags.repair ?? false, flags.dryRun ?? false];
  return async (world) => {
    if (!repair && dryRun)
      throw new UsageError('--dry-run belongs to --repair: without it verify never sends anything');
    if (!repair && Object.keys(allow).length > 0) throw new UsageError('--allow belongs to --repair: add --repair');
    const options = {
      command: 'verify --repair',
      dryRun: dryRun || !repair,
      rehearse: repair,
      kind: importOf([]),
      allow,
      detailedExitCode: dryRun,
    };
    return withSession(world, options, async (context, config) => {
      const { active, deactivated, deleted } = await context.store.countSnapshots();
      const begun = (await context.store.firstImportDay()) !== null || active + deactivated + deleted > 0;
      // Nothing to compare with is no good news: the path may be wrong.
      if (!begun) throw new StateError(shownPlace(config.state), { kind: 'missing' });
      const spool = openSpool<Drifted, never>();
      try {
        return await runVerify(context, spool, { repair });
      } finally {
        await spool.close();
      }
    });
  };
}
