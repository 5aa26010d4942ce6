import { UsageError } from '../../errors.js';
import { connect } from '../connect.js';
import { findSnapshot } from '../find-person.js';
import type { CommandWorld } from '../process.js';
import { withState } from '../with-state.js';

/**
 * Holds an invitation by hand to what the LMS can do and to what the ledger knows.
 *
 * @throws UsageError when this LMS mails nothing to this person, or when they may have been invited already
 */
export async function refuseImpossibleInvitation(world: CommandWorld, person: string): Promise<void> {
  await withState(world, 'read', async (store, config) => {
    const { target } = connect(config, world);
    const { inviteByHand, mails = 'when_asked' } = target.capabilities;
    const mailsAccounts = inviteByHand || mails === 'on_request';
    if (!mailsAccounts && (mails === 'never' || mails === 'at_reactivation')) {
      throw new UsageError(
        `${target.title} mails no invitations, says the config: tell the person how to log in yourself`,
      );
    }
    const snapshot = await findSnapshot(store, person);
    if (snapshot === null || snapshot.state !== 'active') return;
    if (!mailsAccounts) {
      throw new UsageError(
        `${target.title} can only mail an invitation when an account is made, and #${snapshot.employeeId} has account ${snapshot.accountId} already: resend the invitation in ${target.title} itself`,
      );
    }
    if ((await store.invitations([snapshot.employeeId])).at(-1)?.state === 'uncertain') {
      throw new UsageError(
        `#${snapshot.employeeId} may have been invited already: find out, then hrsync invite resolve ${snapshot.employeeId} --sent or --not-sent`,
      );
    }
  });
}
