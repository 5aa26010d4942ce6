import { allowance } from '../arguments.js';
import type { AddCommands } from './group.js';

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
      `
Exits with 0 when nothing differs, with 3 when something does; with --repair as import-all does.

Examples:
  hrsync verify
  hrsync verify --repair --dry-run`,
    )
    .action((options) => run(import('../commands/verify.js').then((m) => m.verify(options))));
};
