import { Command, Option } from '@commander-js/extra-typings';
import { VERSION } from '../version.js';
import { allowance, minutes, personList, port, size } from './arguments.js';
import type { CommandBody, GlobalFlags, HostProcess } from './process.js';
import { SANDBOX_SOURCES, SANDBOX_TARGETS } from './sandbox-config.js';

/** Runs one command with the global flags. */
export type Invoke = (flags: GlobalFlags, body: Promise<CommandBody>) => Promise<void>;

const EXIT_CODES = `
Exit codes:
    0  done, nothing left undone
    1  unexpected error
    2  usage or config
    3  changes pending: a dry run with --detailed-exitcode, or verify that found drift
    4  partial: some changes failed or wait for a retry; the rest is done
    5  refused by safety; nothing of the refused kind was sent
    6  the HR system's answer was incomplete or implausible; nothing was deactivated
    7  another run holds the lock
    8  credentials or permissions were rejected
    9  the saved plan is stale
   10  time or request budget ended; the next run goes on from there
  130  interrupted; safe to start again`;

/** The command line: names, flags and help; what the commands do is loaded when one is called. */
export function createProgram(host: Pick<HostProcess, 'stdout' | 'stderr'>, invoke: Invoke) {
  const program = new Command('hrsync')
    // First of all: commands take these over when they are added.
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void host.stdout.write(text),
      writeErr: (text) => void host.stderr.write(text),
    })
    .description('Keeps the accounts of a learning platform in step with the HR system')
    .version(VERSION, '--version')
    .option('-c, --config <file>', 'config file (default: ./hrsync.yaml, then $HRSYNC_CONFIG)')
    .option('--json', 'print the result as one JSON document')
    .option('--quiet', 'print only what went wrong')
    .option('--verbose', 'print more, names and e-mail addresses included')
    .option('--no-color', 'print without colour')
    .addHelpText('after', EXIT_CODES);
  const flags = (): GlobalFlags => program.opts();

  program
    .command('import-all')
    .description('the nightly job: read everybody, plan, judge, apply')
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
    .option('--max-minutes <n>', 'begin no further change after so many minutes', minutes)
    .option('--html <file>', 'write the result as a page for HR as well')
    .option('--csv <file>', 'write every changed field for a spreadsheet as well')
    .addHelpText('after', '\nExample:\n  hrsync import-all --dry-run --config acme.yaml')
    .action((options) =>
      invoke(
        flags(),
        import('./commands/import-all.js').then((m) => m.importAll(options)),
      ),
    );

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
    .addHelpText('after', '\nExample:\n  hrsync plan --out plan.json --html plan.html')
    .action((options) =>
      invoke(
        flags(),
        import('./commands/plan.js').then((m) => m.plan(options)),
      ),
    );

  program
    .command('apply <file>')
    .description('carry out exactly a saved plan, or refuse it as stale')
    .option('--checksum <digest>', 'the digest of the plan that was reviewed, as "hrsync plan" printed it')
    .addOption(new Option('--as-of <date>').hideHelp())
    .option('--max-minutes <n>', 'begin no further change after so many minutes', minutes)
    .option('--html <file>', 'write the result as a page for HR as well')
    .option('--csv <file>', 'write every changed field for a spreadsheet as well')
    .addHelpText(
      'after',
      `
A plan that HR or the state has overtaken is refused with exit code 9; nothing is sent then.

Example:
  hrsync apply plan.json --checksum sha256:…`,
    )
    .action((file, options) =>
      invoke(
        flags(),
        import('./commands/apply.js').then((m) => m.apply(file, options)),
      ),
    );

  const invite = program
    .command('invite')
    .description('invitations only: send what is due, list what is scheduled, send one by hand');
  invite
    .command('due', { isDefault: true })
    .description('send the invitations that are due')
    .option('--due', 'send what is due (default)')
    .option('--dry-run', 'print what would be sent and send nothing')
    .action((options) =>
      invoke(
        flags(),
        import('./commands/invite.js').then((m) => m.inviteDue(options)),
      ),
    );
  invite
    .command('list')
    .description('show what is scheduled, and who has an account without an invitation')
    .action(() =>
      invoke(
        flags(),
        import('./commands/invite-list.js').then((m) => m.inviteList()),
      ),
    );
  invite
    .command('send <person>')
    .description('invite one person now (employee id or e-mail)')
    .option('--dry-run', 'print what would be sent and send nothing')
    .action((person, options) =>
      invoke(
        flags(),
        import('./commands/invite.js').then((m) => m.inviteSend(person, options)),
      ),
    );

  invite
    .command('resolve <person>')
    .description('write down whether an unclear invitation was mailed (employee id or e-mail)')
    .option('--sent', 'it was mailed')
    .option('--not-sent', 'it was not mailed; invite send may mail it')
    .addHelpText('after', '\nExample:\n  hrsync invite resolve 1004 --not-sent')
    .action((person, options) =>
      invoke(
        flags(),
        import('./commands/invite-resolve.js').then((m) => m.inviteResolve(person, options)),
      ),
    );

  program
    .command('check')
    .description('look at config, credentials, permissions and mapped fields on both sides; changes nothing')
    .addHelpText('after', '\nExample:\n  hrsync check --config acme.yaml')
    .action(() =>
      invoke(
        flags(),
        import('./commands/check.js').then((m) => m.check()),
      ),
    );

  program
    .command('fields')
    .description('what the HR system offers and the learning platform takes, and a mapping to paste')
    .addHelpText('after', '\nExample:\n  hrsync fields --config acme.yaml')
    .action(() =>
      invoke(
        flags(),
        import('./commands/fields.js').then((m) => m.fields()),
      ),
    );

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
    .action((options) =>
      invoke(
        flags(),
        import('./commands/verify.js').then((m) => m.verify(options)),
      ),
    );

  program
    .command('status')
    .description('the last run, what is scheduled, what keeps failing')
    .option('--max-age <duration>', 'exit with 4 when the last good run is older, such as 26h')
    .addHelpText('after', '\nExample:\n  hrsync status --max-age 26h')
    .action((options) =>
      invoke(
        flags(),
        import('./commands/status.js').then((m) => m.status(options)),
      ),
    );

  program
    .command('forget <person>')
    .description('erase a person from the state (employee id or e-mail)')
    .option('--leave-account-open', 'also somebody whose account is open: hrsync will never end it')
    .addHelpText('after', '\nExample:\n  hrsync forget 1004')
    .action((person, options) =>
      invoke(
        flags(),
        import('./commands/forget.js').then((m) => m.forget(person, options)),
      ),
    );

  program
    .command('prune')
    .description('take history out of the state that is no longer needed')
    .requiredOption('--older-than <duration>', 'what is older than this goes, such as 90d')
    .option('--leavers', 'also everything about people whose account ended before then')
    .option('--dry-run', 'say how much would go and remove nothing')
    .addHelpText('after', '\nExample:\n  hrsync prune --older-than 90d --leavers')
    .action((options) =>
      invoke(
        flags(),
        import('./commands/prune.js').then((m) => m.prune(options)),
      ),
    );

  program
    .command('sandbox')
    .description('a made-up HR system and learning platform on this machine, to rehearse with')
    .option('--people <n>', 'how many people work at the made-up company', size, 400)
    .option('--seed <n>', 'another company for every number', size, 1)
    .option('--port <n>', 'first of the six ports to use (default: free ones)', port)
    .addOption(
      new Option('--source <type>', 'the HR system of that config')
        .choices(SANDBOX_SOURCES)
        .default('personio' as const),
    )
    .addOption(
      new Option('--target <type>', 'the learning platform of that config')
        .choices(SANDBOX_TARGETS)
        .default('learnamp' as const),
    )
    .option('--write-config <file>', 'write a config for the sandbox to this file')
    .action((options) =>
      invoke(
        flags(),
        import('./commands/sandbox.js').then((m) => m.sandbox(options)),
      ),
    );

  program
    .command('demo')
    .description('the whole story on the sandbox: dry run, import, a month at a made-up company, a quiet night')
    .addOption(new Option('--people <n>', 'how many people work at the made-up company').argParser(size).default(400))
    .action((options) =>
      invoke(
        flags(),
        import('./commands/demo.js').then((m) => m.demo(options)),
      ),
    );

  return program;
}
