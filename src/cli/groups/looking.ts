import { runNumber } from '../arguments.js';
import { EXAMPLE } from '../example-pair.js';
import type { AddCommands } from './group.js';
import { LOOKING, OFFLINE, use } from './help.js';

/** What only looks. */
export const addLooking: AddCommands = (program, run) => {
  program
    .command('check')
    .description('look at config, credentials, permissions and mapped fields on both sides; changes nothing')
    .option(
      '--offline',
      'look at the config alone: keys, references, patterns, names, the rights of files; asks nobody',
    )
    .addHelpText('after', use('hrsync check --config acme.yaml', LOOKING))
    .action((options) => run(import('../commands/check.js').then((m) => m.check(options))));

  program
    .command('explain <person>')
    .description('one person: HR record, scope, mapping, match, changes, calendar, history; changes nothing')
    .option('--fresh', 'read the HR system too, and tell what a run would do')
    .addHelpText(
      'after',
      use('hrsync explain ada@acme.example --fresh', LOOKING, { 2: 'usage or config, or nobody is called so' }),
    )
    .action((person, options) => run(import('../commands/explain.js').then((m) => m.explain(person, options))));

  program
    .command('status')
    .description('overdue endings, the last run, what is scheduled, what keeps failing')
    .option('--max-age <duration>', 'exit with 4 when the last good run for everybody is older, such as 26h')
    .addHelpText(
      'after',
      use('hrsync status --max-age 26h', [...OFFLINE, 4], {
        4: 'with --max-age: no run for everybody came to its end in that time',
      }),
    )
    .action((options) => run(import('../commands/status.js').then((m) => m.status(options))));

  program
    .command('fields')
    .description('what the HR system offers and the learning platform takes, and a mapping to paste')
    .addHelpText('after', use('hrsync fields --config acme.yaml', LOOKING))
    .action(() => run(import('../commands/fields.js').then((m) => m.fields())));

  program
    .command('runs')
    .argument('[number]', 'the run to show whole', runNumber)
    .description('the last 10 runs, or what one run did to whom and why')
    .addHelpText('after', use('hrsync runs 17', OFFLINE))
    .action((number) => run(import('../commands/runs.js').then((m) => m.runs(number))));

  program
    .command('errors')
    .argument('[kind]', 'the error to explain, as its message names it, or an exit code')
    .description('what each error and exit code means and what to do about it; reads no config')
    .addHelpText('after', use('hrsync errors LockedError', OFFLINE))
    .action((kind) => run(import('../commands/errors.js').then((m) => m.errors(kind))));

  program
    .command('guide')
    .argument('[topic]', 'what to read about, such as night, or the type of a source or target')
    .description('guides to read offline: set-up, operation, recovery, and one for each system; reads no config')
    .addHelpText('after', use(`hrsync guide ${EXAMPLE.source}`, OFFLINE))
    .action((topic) => run(import('../commands/guide.js').then((m) => m.guide(topic))));
};
