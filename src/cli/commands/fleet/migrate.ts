import { shownPlace } from '../../../core/state-place.js';
import { EXIT } from '../../../exit.js';
import { migrateDatabase } from '../../../store/open.js';
import type { CommandBody } from '../../process.js';
import { databaseOf } from './database.js';

interface MigrateFlags {
  readonly dryRun?: true | undefined;
}

/** Makes the tables of the database that the config names, or brings them up to date. */
export function fleetMigrate(flags: MigrateFlags): CommandBody {
  const dryRun = flags.dryRun ?? false;
  return async (world) => {
    const place = databaseOf(await world.loadConfig());
    const { before, after } = await migrateDatabase(place, { dryRun });
    const what = sayStep(before, after, dryRun);
    const json = { format: 1, dry_run: dryRun, before, after, changed: before !== after };
    world.print({ text: `${shownPlace(place)}: ${what}\n`, json });
    return EXIT.done;
  };
}

function sayStep(before: number, after: number, dryRun: boolean): string {
  if (before >= after) return `the tables are up to date (version ${before})`;
  const verb = dryRun ? 'would be' : 'were';
  return before === 0
    ? `the tables ${verb} made (version ${after})`
    : `the tables ${verb} brought from version ${before} to ${after}`;
}
