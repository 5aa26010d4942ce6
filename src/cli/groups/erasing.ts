import type { AddCommands } from './group.js';
import { OFFLINE, use } from './help.js';

/** What takes people and history out of the state. */
export const addErasing: AddCommands = (program, run) => {
  program
    .command('forget <person>')
    .description('erase a person from the state (employee id or e-mail)')
    .option('--leave-account-open', 'also somebody whose account is open: hrsync will never end it')
    .addHelpText('after', use('hrsync forget 1004', [...OFFLINE, 7]))
    .action((person, options) => run(import('../commands/forget.js').then((m) => m.forget(person, options))));

  program
    .command('prune')
    .description('take history out of the state that is no longer needed')
    .requiredOption('--older-than <duration>', 'what is older than this goes, such as 90d')
    .option('--leavers', 'also everything about people whose account ended before then')
    .option('--dry-run', 'say how much would go and remove nothing')
    .addHelpText('after', use('hrsync prune --older-than 90d --leavers', [...OFFLINE, 7]))
    .action((options) => run(import('../commands/prune.js').then((m) => m.prune(options))));
};
