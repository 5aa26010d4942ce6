import { type CommandUnknownOpts, Option } from '@commander-js/extra-typings';
import { PORTS } from '../../sandbox/ports.js';
import { SYSTEMS } from '../../sandbox/registry.js';
import { assignment, port, size } from '../arguments.js';
import { EXAMPLE } from '../example-pair.js';
import type { AddCommands, Run } from './group.js';
import { OFFLINE, use } from './help.js';

const DRILL_MEANINGS = { 1: 'a fault did not behave as promised, or an unexpected error' };
const CONTROL = ['--control <address>', 'the sandbox that is meant, where several run'] as const;

/** A made-up company to rehearse with. */
export const addRehearsal: AddCommands = (program, run) => {
  const sandbox = program
    .command('sandbox')
    // Its subcommands have flags of the same names.
    .enablePositionalOptions()
    .description('a made-up HR system and learning platform on this machine, to rehearse with')
    .option('--people <n>', 'how many people work at the made-up company', size, 400)
    .option('--seed <n>', 'another company for every number', size, 1)
    .option('--port <n>', `first of the ${PORTS} ports to use (default: free ones)`, port)
    .addOption(sourceOption())
    .addOption(targetOption())
    .option('--write-config <file>', 'write a config for the sandbox to this file')
    .addHelpText('after', use('hrsync sandbox --write-config sandbox.yaml', OFFLINE))
    .action((options) => run(import('../commands/sandbox.js').then((m) => m.sandbox(options))));
  addSandboxParts(sandbox, run);

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
    .description('the whole story on the sandbox: dry run, import, a month at a made-up company, a bad night')
    .addOption(new Option('--people <n>', 'how many people work at the made-up company').argParser(size).default(400))
    .addOption(sourceOption())
    .addOption(targetOption())
    .option('--open', 'open the page for HR in a browser at the end')
    .addHelpText('after', use('hrsync demo --people 100', [...OFFLINE, 130]))
    .action((options) => run(import('../commands/demo.js').then((m) => m.demo(options))));
};

function addSandboxParts(sandbox: CommandUnknownOpts, run: Run): void {
  sandbox
    .command('event')
    .argument('[kind]', 'what happens; without it the list of what can')
    .argument('[person]', 'a number, an e-mail address or a whole name; without it somebody is chosen')
    .description('let something happen in the HR system of a running sandbox')
    .option('--to <text>', 'the new name, address, title, department or manager')
    .option('--on <date>', 'the day (YYYY-MM-DD)')
    .option('--name <name>', 'name of a new employee')
    .option('--department <name>', 'the department that is meant')
    .option(...CONTROL)
    .addHelpText('after', use('hrsync sandbox event leave ada.lovelace@acme.example', OFFLINE))
    .action((kind, person, options) =>
      run(import('../commands/sandbox-event.js').then((m) => m.sandboxEvent(kind, person, options))),
    );
  sandbox
    .command('day')
    .argument('[day]', 'how many days pass, or the day that comes (YYYY-MM-DD); without it the next one')
    .description('move the calendar of a running sandbox on: people join and leave as the days pass')
    .option(...CONTROL)
    .addHelpText('after', use('hrsync sandbox day 7', OFFLINE))
    .action((day, options) => run(import('../commands/sandbox-event.js').then((m) => m.sandboxDay(day, options))));
  sandbox
    .command('config')
    .description('a config for two systems of a running sandbox')
    .addOption(sourceOption())
    .addOption(targetOption())
    .option('--out <file>', 'write it to this file; one that exists is never overwritten')
    .option(...CONTROL)
    .addHelpText('after', use('hrsync sandbox config --out sandbox.yaml', OFFLINE))
    .action((options) => run(import('../commands/sandbox-config.js').then((m) => m.sandboxConfigFor(options))));
  const fault = sandbox
    .command('fault')
    .description('what can go wrong in a running sandbox, and what does')
    .option(...CONTROL)
    .addHelpText('after', use('hrsync sandbox fault', OFFLINE))
    .action((options) => run(import('../commands/sandbox-fault.js').then((m) => m.sandboxFaults(options))));
  fault
    .command('add <system> <kind>')
    .description('let one system of a running sandbox go wrong, until that is cleared')
    .option('--times <n>', 'hit so many requests only', size)
    .option('--route <name>', 'hit one call only, as GET …/SYSTEM/requests of the control API names it')
    .option('--path <pattern>', 'hit requests only whose path and query match a regular expression')
    .option('--method <method>', 'hit one HTTP method only, such as POST')
    .option('--set <key=value>', 'a further key of the fault, such as status=429 (repeatable)', assignment, {})
    .addHelpText('after', use(`hrsync sandbox fault add ${EXAMPLE.source} short_list`, OFFLINE))
    .action((system, kind, options, command) =>
      run(
        import('../commands/sandbox-fault.js').then((m) =>
          m.sandboxFaultAdd(system, kind, { ...options, control: controlOf(command) }),
        ),
      ),
    );
  fault
    .command('clear [system]')
    .description('end the faults of one system of a running sandbox, or all')
    .addHelpText('after', use('hrsync sandbox fault clear', OFFLINE))
    .action((system, _, command) =>
      run(
        import('../commands/sandbox-fault.js').then((m) =>
          m.sandboxFaultClear(system, { control: controlOf(command) }),
        ),
      ),
    );
}

// The command above takes the flag, wherever it stands.
function controlOf({ parent }: CommandUnknownOpts): string | undefined {
  const control: unknown = parent?.opts()['control'];
  return typeof control === 'string' ? control : undefined;
}

function sourceOption() {
  return new Option('--source <type>', 'the HR system')
    .choices(Object.keys(SYSTEMS.sources))
    .default<string>(EXAMPLE.source);
}

function targetOption() {
  return new Option('--target <type>', 'the learning platform')
    .choices(Object.keys(SYSTEMS.targets))
    .default<string>(EXAMPLE.target);
}
