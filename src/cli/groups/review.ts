import { Option } from '@commander-js/extra-typings';
import { allowance, minutes, personList, runNumber } from '../arguments.js';
import type { AddCommands } from './group.js';
import { ALL_CODES, LOOKING, use, WITHOUT_PLAN } from './help.js';

/** Plans that are saved, reviewed, and carried out as they are. */
export const addReview: AddCommands = (program, run) => {
  program
    .command('plan')
    .description('show what import-all would do, and save it for review; sends nothing')
    .option('--out <file>', 'save the plan to this file, for "hrsync apply"')
    .option('--only <person>', 'only this person (employee id or e-mail; repeatable)', personList, [])
    .option('--as-of <date>', 'plan as if today were this day (YYYY-MM-DD)')
    .option('--detailed-exitcode', 'exit with 3 when there are changes')
    .option('--allow <kind=n>', 'judge the plan as if up to N changes of a kind were allowed', allowance, {})
    .option('--html <file>', 'write the plan as a page for HR as well')
    .option('--csv <file>', 'write every changed field for a spreadsheet as well')
    .addHelpText(
      'after',
      use('hrsync plan --out plan.json --html plan.html', [...LOOKING.slice(0, 3), 3, 5, ...LOOKING.slice(3)]),
    )
    .action((options) => run(import('../commands/plan.js').then((m) => m.plan(options))));

  program
    .command('apply <file>')
    .description('carry out exactly a saved plan, or refuse it as stale')
    .option('--checksum <digest>', 'the digest of the plan that was reviewed, as "hrsync plan" printed it')
    .addOption(new Option('--as-of <date>').hideHelp())
    .option('--max-minutes <n>', 'stop reading and begin no further change after so many minutes', minutes)
    .option('--html <file>', 'write the result as a page for HR as well')
    .option('--csv <file>', 'write every changed field for a spreadsheet as well')
    .addHelpText(
      'after',
      use(
        'hrsync apply plan.json --checksum sha256:…',
        ALL_CODES.filter((code) => code !== 3),
        { 9: 'the saved plan is stale: HR or the state has overtaken it; nothing was sent' },
      ),
    )
    .action((file, options) => run(import('../commands/apply.js').then((m) => m.apply(file, options))));

  program
    .command('impact <new-config>')
    .description('what a changed config would do to whom, against the present one; sends nothing and writes nothing')
    .option('--as-of <date>', 'plan as if today were this day (YYYY-MM-DD)')
    .option('--detailed-exitcode', 'exit with 3 when the new config does anything else than the present one')
    .option('--allow <kind=n>', 'judge both plans as if up to N changes of a kind were allowed', allowance, {})
    .addHelpText(
      'after',
      use('hrsync impact new.yaml -c hrsync.yaml', [...LOOKING.slice(0, 3), 3, ...LOOKING.slice(3)], {
        2: 'usage or config: the new config is not valid, or it is one of another company',
        3: 'with --detailed-exitcode: the new config does something else',
      }),
    )
    .action((file, options) => run(import('../commands/impact.js').then((m) => m.impact(file, options))));

  program
    .command('revert')
    .argument('<run>', 'the run to take back, as "hrsync runs" numbers it', runNumber)
    .description('take back what a run did to accounts, by the journal: values and states as they were; never mails')
    .option('--dry-run', 'print the plan and send nothing')
    .option('--out <file>', 'send nothing and save the plan to this file, for "hrsync apply"')
    .option('--only <person>', 'only this person (employee id or e-mail; repeatable)', personList, [])
    .option('--detailed-exitcode', 'exit with 3 when a dry run finds changes')
    .option('--allow <kind=n>', 'let this run do up to N changes of a kind (repeatable)', allowance, {})
    .option('--max-minutes <n>', 'stop reading and begin no further change after so many minutes', minutes)
    .option('--html <file>', 'write the result as a page for HR as well')
    .option('--csv <file>', 'write every changed field for a spreadsheet as well')
    .option('--metrics <file>', 'write the counts of the run for Prometheus (textfile collector)')
    .addHelpText(
      'after',
      use(
        'hrsync revert 17 --dry-run',
        WITHOUT_PLAN.filter((code) => code !== 6),
        {
          2: 'usage or config, or there is no such run',
          3: 'a dry run with --detailed-exitcode: there is something to take back',
          4: 'partial: something was changed since or cannot be taken back, or changes failed; the rest is done',
          10: 'time or request budget ended; the same command goes on from there',
        },
      ),
    )
    .action((number, options) => run(import('../commands/revert.js').then((m) => m.revert(number, options))));
};
