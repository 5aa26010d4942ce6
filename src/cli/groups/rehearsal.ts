import { Option } from '@commander-js/extra-typings';
import { PORTS } from '../../sandbox/ports.js';
import { SYSTEMS } from '../../sandbox/registry.js';
import { port, size } from '../arguments.js';
import { EXAMPLE } from '../example-pair.js';
import type { AddCommands } from './group.js';
import { OFFLINE, use } from './help.js';

const DRILL_MEANINGS = { 1: 'a fault did not behave as promised, or an unexpected error' };

/** A made-up company to rehearse with. */
export const addRehearsal: AddCommands = (program, run) => {
  program
    .command('sandbox')
    .description('a made-up HR system and learning platform on this machine, to rehearse with')
    .option('--people <n>', 'how many people work at the made-up company', size, 400)
    .option('--seed <n>', 'another company for every number', size, 1)
    .option('--port <n>', `first of the ${PORTS} ports to use (default: free ones)`, port)
    .addOption(
      new Option('--source <type>', 'the HR system of that config')
        .choices(Object.keys(SYSTEMS.sources))
        .default<string>(EXAMPLE.source),
    )
    .addOption(
      new Option('--target <type>', 'the learning platform of that config')
        .choices(Object.keys(SYSTEMS.targets))
        .default<string>(EXAMPLE.target),
    )
    .option('--write-config <file>', 'write a config for the sandbox to this file')
    .addHelpText('after', use('hrsync sandbox --write-config sandbox.yaml', OFFLINE))
    .action((options) => run(import('../commands/sandbox.js').then((m) => m.sandbox(options))));

  program
    .command('drill')
    .description(
      'run this config against stand-ins under each fault and show what would have happened; nothing leaves this machine',
    )
    .option('--people <n>', 'how many people work at the made-up company (default: enough for the limits)', size)
    .option(
      '--only <fault>',
      'only this fault, as --json names it (repeatable)',
      (id: string, before: string[]) => [...before, id],
      [] as string[],
    )
    .addHelpText('after', use('hrsync drill -c hrsync.yaml', [...OFFLINE, 130], DRILL_MEANINGS))
    .action((options) => run(import('../commands/drill.js').then((m) => m.drill(options))));

  program
    .command('demo')
    .description('the whole story on the sandbox: dry run, import, a month at a made-up company, a quiet night')
    .addOption(new Option('--people <n>', 'how many people work at the made-up company').argParser(size).default(400))
    .addHelpText('after', use('hrsync demo --people 100', [...OFFLINE, 130]))
    .action((options) => run(import('../commands/demo.js').then((m) => m.demo(options))));
};
