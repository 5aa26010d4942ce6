import { EXAMPLE } from '../example-pair.js';
import type { AddCommands } from './group.js';
import { LOOKING, use } from './help.js';

const ASKING = LOOKING.filter((code) => code !== 6);

/** What goes on by itself. */
export const addServing: AddCommands = (program, run) => {
  program
    .command('serve')
    .description('receive webhooks and keep the schedule of the config, until a signal ends it')
    .addHelpText('after', use('hrsync serve --config acme.yaml', [0, 1, 2], { 0: 'ended by a signal' }))
    .action(() => run(import('../commands/serve.js').then((m) => m.serve())));

  const webhook = program
    .command('webhook')
    .description('subscriptions to the events of the HR system, where its API manages them')
    .addHelpText('after', use('hrsync webhook list', ASKING));
  webhook
    .command('register')
    .description('subscribe the address of this server, with the secret in serve.TYPE; again: bring it up to date')
    .requiredOption('--url <url>', 'where others reach POST /webhooks/TYPE of this server')
    .addHelpText(
      'after',
      use(`hrsync webhook register --url https://hr.acme.example/webhooks/${EXAMPLE.source}`, ASKING),
    )
    .action((options) => run(import('../commands/webhook.js').then((m) => m.webhookRegister(options))));
  webhook
    .command('list')
    .description('show every subscription')
    .addHelpText('after', use('hrsync webhook list', ASKING))
    .action(() => run(import('../commands/webhook.js').then((m) => m.webhookList())));
  webhook
    .command('test <id>')
    .description('have the HR system send a ping')
    .addHelpText('after', use('hrsync webhook test 4711', ASKING))
    .action((id) => run(import('../commands/webhook.js').then((m) => m.webhookTest(id))));
  webhook
    .command('remove <id>')
    .description('end a subscription')
    .addHelpText('after', use('hrsync webhook remove 4711', ASKING))
    .action((id) => run(import('../commands/webhook.js').then((m) => m.webhookRemove(id))));
};
