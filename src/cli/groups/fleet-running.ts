import { InvalidArgumentError } from '@commander-js/extra-typings';
import { runNumber } from '../arguments.js';
import type { AddCommands } from './group.js';
import { use, WITHOUT_PLAN } from './help.js';

const slots = (text: string): number => {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > 1_000)
    throw new InvalidArgumentError('Write a number of slots from 1 to 1000.');
  return value;
};

/** What runs a fleet and looks at it; `fleet` is the command that these stand below. */
export const addFleetRunning: AddCommands = (fleet, run) => {
  fleet
    .command('apply')
    .description("check every connector's file, then write what differs as a new version")
    .option('--dry-run', 'only say what differs')
    .addHelpText(
      'after',
      use('hrsync fleet apply -c fleet.yaml', [0, 1, 2], { 2: 'a file is wrong: nothing was written' }),
    )
    .action((options) => run(import('../commands/fleet/apply.js').then((m) => m.fleetApply(options))));

  fleet
    .command('work')
    .description('carry out runs until a signal or "fleet drain"')
    .option('--name <name>', 'name of this worker (default: HOST-PID)')
    .option('--slots <number>', 'runs at once (default: worker.slots)', slots)
    .option('--once', 'end when nothing is owed')
    .addHelpText('after', use('hrsync fleet work -c fleet.yaml --name eu-1', [0, 1, 2]))
    .action((options) => run(import('../commands/fleet/work.js').then((m) => m.fleetWork(options))));

  fleet
    .command('serve')
    .description('receive webhooks for all connectors, until a signal')
    .addHelpText('after', use('hrsync fleet serve -c fleet.yaml', [0, 1, 2]))
    .action(() => run(import('../commands/fleet/serve.js').then((m) => m.fleetServe())));

  fleet
    .command('status')
    .description('workers, totals, connectors')
    .option('--failing', 'only connectors that are failing or stale')
    .option('--stale <duration>', 'no good run for so long is stale (default: 26h)')
    .addHelpText(
      'after',
      use('hrsync fleet status --failing', [0, 1, 2, 4], { 4: 'something shown is failing or stale' }),
    )
    .action((options) => run(import('../commands/fleet/status.js').then((m) => m.fleetStatus(options))));

  fleet
    .command('runs')
    .argument('[number]', 'how many to show (default: 20)', runNumber)
    .description('the newest runs over all connectors')
    .option('--failing', 'only runs that failed')
    .addHelpText('after', use('hrsync fleet runs 50 --failing', [0, 1, 2]))
    .action((number, options) => run(import('../commands/fleet/runs.js').then((m) => m.fleetRuns(number, options))));

  fleet
    .command('run <name>')
    .description('ask for a run of a connector now, and wait for its end')
    .option('--dry-run', 'show what it would do, in this process')
    .option('--no-wait', 'do not wait for its end')
    .addHelpText('after', use('hrsync fleet run acme', WITHOUT_PLAN, { 2: 'paused or unknown, or usage or config' }))
    .action((name, options) => run(import('../commands/fleet/run.js').then((m) => m.fleetRun(name, options))));

  fleet
    .command('pause <names...>')
    .description('no new runs of these connectors')
    .addHelpText('after', use('hrsync fleet pause acme globex', [0, 1, 2]))
    .action((names) => run(import('../commands/fleet/pause.js').then((m) => m.fleetPause(names, true))));

  fleet
    .command('resume <names...>')
    .description('let these connectors go on; what they owe is done now')
    .addHelpText('after', use('hrsync fleet resume acme', [0, 1, 2]))
    .action((names) => run(import('../commands/fleet/pause.js').then((m) => m.fleetPause(names, false))));

  fleet
    .command('drain <worker>')
    .description('ask a worker to take no more, end its runs and leave')
    .addHelpText('after', use('hrsync fleet drain eu-1', [0, 1, 2]))
    .action((worker) => run(import('../commands/fleet/drain.js').then((m) => m.fleetDrain(worker))));

  fleet
    .command('forget <person>')
    .description('erase a person from one connector (--connector) or all')
    .option('--everywhere', 'from every connector of the fleet')
    .option('--leave-account-open', 'also somebody whose account is open: hrsync will never end it')
    .addHelpText('after', use('hrsync fleet forget ada@acme.example --everywhere', [0, 1, 2, 7]))
    .action((person, options) =>
      run(import('../commands/fleet/forget.js').then((m) => m.fleetForget(person, options))),
    );
};
