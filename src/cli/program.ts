import { Command, Help, Option } from '@commander-js/extra-typings';
import { VERSION } from '../version.js';
import { addDrift } from './groups/drift.js';
import { addErasing } from './groups/erasing.js';
import type { AddCommands } from './groups/group.js';
import { ALL_CODES, exitCodes } from './groups/help.js';
import { addInvitations } from './groups/invitations.js';
import { addLinking } from './groups/linking.js';
import { addLooking } from './groups/looking.js';
import { addNightly } from './groups/nightly.js';
import { addRehearsal } from './groups/rehearsal.js';
import { addReview } from './groups/review.js';
import { addServing } from './groups/serving.js';
import { addSetup } from './groups/setup.js';
import type { CommandBody, GlobalFlags, HostProcess } from './process.js';

/** Runs one command with the global flags. */
export type Invoke = (flags: GlobalFlags, body: Promise<CommandBody>) => Promise<void>;

/** The tasks that the help groups the commands by, in its order. */
const GROUPS: readonly (readonly [task: string, add: AddCommands])[] = [
  ['Every night:', addNightly],
  ['Webhooks and the schedule:', addServing],
  ['Review, apply, take back:', addReview],
  ['Invitations:', addInvitations],
  ['Find out:', addLooking],
  ['Whose account is whose:', addLinking],
  ['Changes by hand in the learning platform:', addDrift],
  ['Set up:', addSetup],
  ['Erase and tidy up:', addErasing],
  ['Rehearse:', addRehearsal],
];

/** The command line: names, flags and help; what the commands do is loaded when one is called. */
export function createProgram(host: Pick<HostProcess, 'stdout' | 'stderr'>, invoke: Invoke) {
  const program = new Command('hrsync')
    // First of all: commands take these over when they are added.
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void host.stdout.write(text),
      writeErr: (text) => void host.stderr.write(text),
      // What is wrong is told in the form of all other errors.
      outputError: () => undefined,
    })
    .configureHelp({ showGlobalOptions: true, optionDescription: describeOption })
    .description('Keeps the accounts of a learning platform in step with the HR system')
    .version(VERSION, '--version')
    .option('-c, --config <file>', 'config file (default: $HRSYNC_CONFIG, then ./hrsync.yaml)')
    .option('--json', 'print the result as one JSON document')
    .option('--quiet', 'print only what went wrong')
    .option('--verbose', 'print more, names and e-mail addresses included')
    .option('--no-color', 'print without colour')
    .addOption(
      new Option('--log-format <format>', 'how the log on stderr is written; json: one object a line').choices([
        'text',
        'json',
      ] as const),
    )
    .addHelpText('after', exitCodes(ALL_CODES));
  const flags = (): GlobalFlags => program.opts();
  for (const [task, add] of GROUPS) {
    program.commandsGroup(task);
    add(program, (body) => invoke(flags(), body));
  }
  program.commandsGroup('Help:');
  return program;
}

// An empty list tells nobody anything.
function describeOption(option: Option): string {
  const { defaultValue } = option;
  const isPlain = typeof defaultValue !== 'object' || defaultValue === null;
  const shown = isPlain ? option : Object.assign(new Option(option.flags), option, { defaultValue: undefined });
  return new Help().optionDescription(shown);
}
