import { allowance } from '../arguments.js';
import type { AddCommands } from './group.js';
import { use, WITHOUT_PLAN } from './help.js';

/** What holds the LMS to what it acknowledged. */
export const addDrift: AddCommands = (program, run) => {
  program
    .command('verify')
    .description('compare the learning platform with what it last acknowledged, and list what differs')
    .option('--repair', 'bring back what HR wants, through plan and safety')
    .option('--dry-run', 'with --repair: print the plan, send nothing and write nothing')
    .option('--allow <kind=n>', 'with --repair: let this run do up to N changes of a kind (repeatable)', allowance, {})
    .addHelpText(
      'after',
      use('hrsync verify --repair --dry-run', WITHOUT_PLAN, { 3: 'something differs; with --repair as of import-all' }),
    )
    .action((options) => run(import('../commands/verify.js').then((m) => m.verify(options))));
};
