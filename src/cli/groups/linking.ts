import { unpairedAllowance } from '../arguments.js';
import type { AddCommands } from './group.js';
import { OFFLINE, use } from './help.js';

const CODES = [0, 1, 2, 6, 7, 8, 130];
const REKEY_CODES = [0, 1, 2, 4, 5, 6, 7, 8, 130];
const REKEY_MEANINGS = {
  4: 'the LMS could not be asked about a change whose outcome is not known',
  5: 'fewer than half of the open accounts would be paired; nothing was written',
};

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

  program
    .command('rekey')
    .description(
      'after a change of HR system, pair everybody in HR with the links that there are; writes the state only',
    )
    .requiredOption('--by <field>', 'the HR field that says who is who, such as work_email or employee_number')
    .option('--dry-run', 'show the pairs and write nothing')
    .option('--yes', 'write the pairs without asking')
    .option(
      '--allow <unpaired=n>',
      'write although more than half of the open accounts stay without a pair, up to n',
      unpairedAllowance,
    )
    .addHelpText('after', use('hrsync rekey --by work_email --dry-run', REKEY_CODES, REKEY_MEANINGS))
    .action((options) => run(import('../commands/rekey.js').then((m) => m.rekey(options))));
};
