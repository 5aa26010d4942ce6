import { sayMinute } from '../../../core/instant.js';
import { EXIT } from '../../../exit.js';
import { columns, renderTable } from '../../../report/table.js';
import { withFleet } from '../../fleet/with-fleet.js';
import type { CommandBody } from '../../process.js';
import { runJson } from './status.js';

const LATEST = 20;

/** The newest runs over all connectors. */
export function fleetRuns(number: number | undefined, flags: { readonly failing?: true | undefined }): CommandBody {
  return (world) =>
    withFleet(world, async ({ store }) => {
      const runs = await store.fleetRuns(number ?? LATEST, flags.failing ?? false);
      const rows = runs.map(({ connector, number, command, startedAt, finishedAt, exitCode, worker, error }) => [
        ...[connector, String(number), command, sayMinute(startedAt), finishedAt === null ? '' : sayMinute(finishedAt)],
        ...[exitCode === null ? '' : String(exitCode), worker ?? '', error ?? ''],
      ]);
      const titles = columns('connector', 'run', 'command', 'started', 'ended', 'exit code', 'worker', 'error');
      world.print({
        text: rows.length === 0 ? 'No runs yet.\n' : renderTable(titles, rows, world.width),
        json: {
          format: 1,
          runs: runs.map(({ connector, error, ...run }) => ({ connector, ...runJson(run), error })),
        },
      });
      return EXIT.done;
    });
}
