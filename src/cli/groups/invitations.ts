import type { AddCommands } from './group.js';
import { OFFLINE, use, WITHOUT_PLAN } from './help.js';

const INVITING = WITHOUT_PLAN.filter((code) => code !== 3);

/** `invite` and what stands below it. */
export const addInvitations: AddCommands = (program, run) => {
  const invite = program
    .command('invite')
    .description('invitations only: send what is due, list what is scheduled, send one by hand')
    .addHelpText('after', use('hrsync invite list', INVITING));
  invite
    .command('due', { isDefault: true })
    .description('send the invitations that are due')
    .option('--due', 'send what is due (default)')
    .option('--dry-run', 'print what would be sent and send nothing')
    .addHelpText('after', use('hrsync invite due --dry-run', INVITING))
    .action((options) => run(import('../commands/invite.js').then((m) => m.inviteDue(options))));
  invite
    .command('list')
    .description('show what is scheduled, and who has an account without an invitation')
    .addHelpText('after', use('hrsync invite list', OFFLINE))
    .action(() => run(import('../commands/invite-list.js').then((m) => m.inviteList())));
  invite
    .command('send <person>')
    .description('invite one person now (employee id or e-mail)')
    .option('--dry-run', 'print what would be sent and send nothing')
    .addHelpText('after', use('hrsync invite send 1004', INVITING))
    .action((person, options) => run(import('../commands/invite.js').then((m) => m.inviteSend(person, options))));
  invite
    .command('resolve <person>')
    .description('write down whether an unclear invitation was mailed (employee id or e-mail)')
    .option('--sent', 'it was mailed')
    .option('--not-sent', 'it was not mailed; invite send may mail it')
    .addHelpText('after', use('hrsync invite resolve 1004 --not-sent', [...OFFLINE, 7]))
    .action((person, options) =>
      run(import('../commands/invite-resolve.js').then((m) => m.inviteResolve(person, options))),
    );
};
