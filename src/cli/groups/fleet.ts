import type { AddCommands } from './group.js';
import { OFFLINE, use } from './help.js';

/** What concerns states in a database. */
export const addFleet: AddCommands = (program, run) => {
  const fleet = program
    .command('fleet')
    .description('states in a PostgreSQL database')
    .addHelpText('after', use('hrsync fleet migrate -c acme.yaml', [...OFFLINE, 7]));

  fleet
    .command('migrate')
    .description('make the tables in the database, or bring them up to date')
    .option('--dry-run', 'only say what would be done')
    .addHelpText('after', use('hrsync fleet migrate -c acme.yaml', OFFLINE))
    .action((options) => run(import('../commands/fleet/migrate.js').then((m) => m.fleetMigrate(options))));

  fleet
    .command('import <name> <file>')
    .description('move the state of a connector from a file into the database')
    .addHelpText('after', use('hrsync fleet import acme ./state/acme.db -c acme.yaml', [...OFFLINE, 7]))
    .action((name, file) => run(import('../commands/fleet/move.js').then((m) => m.fleetImport(name, file))));

  fleet
    .command('export <name> <file>')
    .description('move the state of a connector out of the database into a new file')
    .addHelpText('after', use('hrsync fleet export acme ./state/acme.db -c acme.yaml', [...OFFLINE, 7]))
    .action((name, file) => run(import('../commands/fleet/move.js').then((m) => m.fleetExport(name, file))));
};
