import type { AddCommands } from './group.js';
import { OFFLINE, use } from './help.js';

const CODES = [0, 1, 2, 6, 7, 8, 130];

/** What a person decides about whose account is whose. */
export const addLinking: AddCommands = (program, run) => {
  program
    .command('link <person> <account>')
    .description('link an account by hand, after both sides were shown; writes the state only')
    .option('--dry-run', 'show both sides and write nothing')
    .option('--yes', 'link without asking')
    .addHelpText('after', use('hrsync link 1001 77', CODES, { 2: 'usage or config, or either is linked elsewhere' }))
    .action((person, account, options) =>
      run(import('../commands/link.js').then((m) => m.link(person, account, options))),
    );

  program
    .command('unlink <person>')
    .description('end the link of a person; the account stays as it is, and the next import looks for one again')
    .option('--dry-run', 'show the link and write nothing')
    .option('--yes', 'end it without asking')
    .addHelpText('after', use('hrsync unlink 1001', [...OFFLINE, 7]))
    .action((person, options) => run(import('../commands/link.js').then((m) => m.unlink(person, options))));
};
