import { allowance, minutes, personList } from '../arguments.js';
import type { AddCommands } from './group.js';
import { use, WITHOUT_PLAN } from './help.js';

type Program = Parameters<AddCommands>[0];

/** What changes the LMS for everybody. */
export const addNightly: AddCommands = (program, run) => {
  withRunFlags(program, 'import-all')
    .description('the nightly job: read everybody, plan, judge, apply')
    .addHelpText('after', use('hrsync import-all --dry-run --config acme.yaml', WITHOUT_PLAN))
    .action((options) => run(import('../commands/import-all.js').then((m) => m.importAll(options))));

  withRunFlags(program, 'sync')
    .description('between nights: who changed, and whoever the calendar makes due; concludes nothing from absence')
    .addHelpText('after', use('hrsync sync --max-minutes 60', WITHOUT_PLAN))
    .action((options) => run(import('../commands/sync.js').then((m) => m.sync(options))));
};

function withRunFlags(program: Program, name: string) {
  return program
    .command(name)
    .option('--dry-run', 'print the plan and send nothing')
    .option('--only <person>', 'only this person (employee id or e-mail; repeatable)', personList, [])
    .option('--as-of <date>', 'plan as if today were this day (YYYY-MM-DD; dry runs only)')
    .option('--detailed-exitcode', 'exit with 3 when a dry run finds changes')
    .option(
      '--allow <kind=n>',
      'let this run do up to N changes of a kind, such as deactivate=31 (repeatable)',
      allowance,
      {},
    )
    .option('--max-minutes <n>', 'stop reading and begin no further change after so many minutes', minutes)
    .option('--html <file>', 'write the result as a page for HR as well')
    .option('--csv <file>', 'write every changed field for a spreadsheet as well')
    .option('--metrics <file>', 'write the counts of the run for Prometheus (textfile collector)');
}
