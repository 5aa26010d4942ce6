import { UsageError } from '../../errors.js';
import type { RunKind } from '../../sync/run-kind.js';
import type { CommandBody } from '../process.js';
import { runSession, type SessionOptions } from '../session.js';
import { refuseImpossibleInvitation } from './invite-by-hand.js';

interface InviteFlags {
  readonly dryRun?: true | undefined;
}

/** Sends the invitations that are due; where the LMS mails only at creation, that makes these accounts. */
export function inviteDue(flags: InviteFlags): CommandBody {
  return (world) => runSession(world, invitationRun(flags, { name: 'invitations' }));
}

/** Invites one person now, whatever the calendar says. */
export function inviteSend(person: string, flags: InviteFlags): CommandBody {
  if (person.trim() === '') throw new UsageError('name a person by employee id or e-mail address');
  return async (world) => {
    await refuseImpossibleInvitation(world, person.trim());
    return runSession(world, invitationRun(flags, { name: 'invite_now', only: [person.trim()] }));
  };
}

function invitationRun(flags: InviteFlags, kind: RunKind): SessionOptions {
  return {
    command: 'invite',
    dryRun: flags.dryRun ?? false,
    kind,
    allow: {},
    detailedExitCode: false,
  };
}
