import type { AddCommands } from './group.js';

/** `invite` and what stands below it. */
export const addInvitations: AddCommands = (program, run) => {
  const invite = program
    .command('invite')
    .description('invitations only: send what is due, list what is scheduled, send one by hand');
  invite
    .command('due', { isDefault: true })
    .description('send the invitations that are due')
    .option('--due', 'send what is due (default)')
    .option('--dry-run', 'print what would be sent and send nothing')
    .action((options) => run(import('../commands/invite.js').then((m) => m.inviteDue(options))));
  invite
    .command('list')
    .description('show what is scheduled, and who has an account without an invitation')
    .action(() => run(import('../commands/invite-list.js').then((m) => m.inviteList())));
  invite
    .command('send <person>')
    .description('invite one person now (employee id or e-mail)')
    .option('--dry-run', 'print what would be sent and send nothing')
    .action((person, options) => run(import('../commands/invite.js').then((m) => m.inviteSend(person, options))));
  invite
    .command('resolve <person>')
    .description('write down whether an unclear invitation was mailed (employee id or e-mail)')
    .option('--sent', 'it was mailed')
    .option('--not-sent', 'it was not mailed; invite send may mail it')
    .addHelpText('after', '\nExample:\n  hrsync invite resolve 1004 --not-sent')
    .action((person, options) =>
      run(import('../commands/invite-resolve.js').then((m) => m.inviteResolve(person, options))),
    );
};
