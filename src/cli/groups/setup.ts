import type { AddCommands } from './group.js';

/** What helps to write a config. */
export const addSetup: AddCommands = (program, run) => {
  program
    .command('schema')
    .description('the JSON Schema of the config, for editors')
    .action(() => run(import('../commands/schema.js').then((m) => m.schema())));
};
