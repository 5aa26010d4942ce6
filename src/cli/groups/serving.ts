import type { AddCommands } from './group.js';
import { use } from './help.js';

/** What goes on by itself. */
export const addServing: AddCommands = (program, run) => {
  program
    .command('serve')
    .description('receive webhooks and keep the schedule of the config, until a signal ends it')
    .addHelpText('after', use('hrsync serve --config acme.yaml', [0, 1, 2], { 0: 'ended by a signal' }))
    .action(() => run(import('../commands/serve.js').then((m) => m.serve())));
};
