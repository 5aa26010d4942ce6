import { count } from '../../core/count.js';
import { duration } from '../../core/duration.js';
import { UsageError } from '../../errors.js';
import { EXIT } from '../../exit.js';
import type { Erased } from '../../store/retention.js';
import type { CommandBody } from '../process.js';
import { withState } from '../with-state.js';

interface PruneFlags {
  readonly olderThan: string;
  readonly leavers?: true | undefined;
  readonly dryRun?: true | undefined;
}

const DAY = 86_400_000;

/** Takes history out of the state that is older than a duration. */
export function prune(flags: PruneFlags): CommandBody {
  const age = duration(flags.olderThan);
  if (age === null) throw new UsageError(`--older-than takes a duration such as 90d, not ${flags.olderThan}`);
  return (world) =>
    withState(world, flags.dryRun ? 'read' : 'write', async (store, { deactivation: { deleteAfter } }) => {
      if (deleteAfter !== null && age < deleteAfter * DAY) world.reporter.note(lostProof(deleteAfter));
      const before = new Date(world.now().getTime() - age).toISOString();
      const retention = { before, leavers: flags.leavers ?? false };
      const erased = await store.prune(retention, { rehearse: flags.dryRun ?? false });
      const text = `${flags.dryRun ? 'would remove' : 'removed'} what is older than ${before}: ${sayErased(erased)}\n`;
      world.print({ text, json: { format: 1, dry_run: flags.dryRun ?? false, before, erased } });
      return EXIT.done;
    });
}

function lostProof(days: number): string {
  return `deactivation.delete_after is ${days}d: accounts whose ending is older than what is kept here are never deleted, since only the journal proves it`;
}

function sayErased({ attempts, runs, invitations, accounts }: Erased): string {
  const parts = [count(attempts, 'attempt'), count(runs, 'run'), count(invitations, 'invitation')];
  return [...parts, `the links of ${count(accounts, 'leaver')}`].join(', ');
}
