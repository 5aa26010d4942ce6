import { Argument } from '@commander-js/extra-typings';
import { setting } from '../arguments.js';
import { EXAMPLE } from '../example-pair.js';
import type { AddCommands } from './group.js';
import { LOOKING, OFFLINE, use } from './help.js';

/** What helps to write a config. */
export const addSetup: AddCommands = (program, run) => {
  program
    .command('init')
    .description('write a new config with comments; asks for what no flag gives')
    .option('--source <type>', `the HR system, such as ${EXAMPLE.source}`)
    .option('--target <type>', `the learning platform, such as ${EXAMPLE.target}`)
    .option('--name <name>', 'name of the connector, for logs and the state file')
    .option('--timezone <zone>', 'what "today" means, such as Europe/Berlin')
    .option('--out <file>', 'the file to write; one that exists is never overwritten', 'hrsync.yaml')
    .option(
      '--set <key=value>',
      'a setting of either end, such as target.base_url=https://… (repeatable); secrets as references only',
      setting,
      {},
    )
    .option('--check', 'try both sides first, and fit the mapping to what they offer and take')
    .addHelpText(
      'after',
      use(
        `hrsync init --source ${EXAMPLE.source} --target ${EXAMPLE.target} --name acme --timezone Europe/Berlin`,
        LOOKING,
      ),
    )
    .action((options) => run(import('../commands/init.js').then((m) => m.init(options))));

  program
    .command('schema')
    .description('the JSON Schema of the config, for editors')
    .addHelpText('after', use('hrsync schema > hrsync.schema.json', [0, 1]))
    .action(() => run(import('../commands/schema.js').then((m) => m.schema())));

  program
    .command('completion')
    .addArgument(new Argument('<shell>', 'bash, zsh or fish').choices(['bash', 'zsh', 'fish'] as const))
    .description('a script that completes commands and flags in your shell')
    .addHelpText('after', use('source <(hrsync completion bash)', OFFLINE))
    .action((shell) => run(import('../commands/completion.js').then((m) => m.completion(shell, program))));
};
