import { INVITE_PREFIX as PREFIX } from '../../core/account.js';
import { emailKey } from '../../core/email.js';
import { isEmpty } from '../../core/value.js';
import { RejectedError } from '../kit/rejected.js';
import type { AccountDraft, Acknowledged, Target } from '../target.js';
import { bodyOf, type WriteOptions } from './body.js';
import type { LearnUponClient } from './client.js';
import type { CustomFields } from './definitions.js';
import type { LearnUponSettings } from './settings.js';

/** Whether an account id stands for an invitation that nobody has accepted yet. */
export function isInvite(accountId: string): boolean {
  return accountId.startsWith(PREFIX);
}

/**
 * Mails an invitation to the portal. There is no user, and no id but the invitation's, until the person accepts:
 * https://docs.learnupon.com/api/ (Portal Invites).
 */
export async function sendInvite(
  client: Pick<LearnUponClient, 'invite'>,
  draft: AccountDraft,
  custom: CustomFields,
  settings: LearnUponSettings,
): Promise<Acknowledged> {
  const filled = Object.entries(draft.fields).filter(([, value]) => !isEmpty(value));
  const writing: WriteOptions = { fields: Object.fromEntries(filled), manager: draft.manager ?? undefined };
  const { email, username, first_name, last_name, CustomData } = bodyOf(writing, custom, settings);
  const identity = settings.identifier === 'username' && username !== undefined ? { username } : { email };
  try {
    const id = await client.invite({ ...identity, first_name, last_name, CustomData });
    return { accountId: `${PREFIX}${id}`, refused: [], pending: true };
  } catch (error) {
    // Somebody sent one by hand: the person has what they need, and whose number it is nobody tells.
    if (!(error instanceof RejectedError) || !settings.invited_pattern.test(error.words ?? error.detail)) throw error;
    return { accountId: `${PREFIX}of:${String(draft.fields['external_id'] ?? email)}`, refused: [], pending: true };
  }
}

/** Looking for invitations and taking them back, where the portal lists them. */
export function listedInvites(
  client: Pick<LearnUponClient, 'groupInvites' | 'groupInvite' | 'deleteGroupInvite'>,
): Required<Pick<Target, 'withdraw' | 'invited'>> {
  async function invited(email: string): Promise<string | null> {
    for await (const invites of client.groupInvites()) {
      const own = invites.find((invite) => isOpen(invite) && isFor(invite, email));
      if (own !== undefined) return `${PREFIX}${own.id}`;
    }
    return null;
  }
  return {
    invited,
    async withdraw(accountId, email) {
      const named = accountId.slice(PREFIX.length);
      const id = /^\d+$/.test(named) ? named : (await invited(email))?.slice(PREFIX.length);
      const invite = id === undefined ? null : await client.groupInvite(id);
      if (id === undefined || invite === null || !isOpen(invite)) return;
      // The number might be that of somebody else's invitation to a group.
      if (!isFor(invite, email)) throw byHand(`invitation ${id} is for another address`);
      await client.deleteGroupInvite(id);
      const left = await client.groupInvite(id);
      if (left !== null && isOpen(left)) throw byHand(`LearnUpon answered success and kept invitation ${id}`);
    },
  };
}

/** Nothing is documented that takes an invitation to the portal back. */
export async function cannotWithdraw(): Promise<void> {
  throw byHand('LearnUpon documents no call that takes it back (portal_invites_listed: false)');
}

function byHand(why: string): RejectedError {
  return new RejectedError('by_hand', `the invitation must be withdrawn by hand in LearnUpon: ${why}`);
}

function isOpen({ invite_status }: { readonly invite_status?: string | null | undefined }): boolean {
  return invite_status == null || invite_status.toLowerCase() === 'sent';
}

function isFor(invite: { readonly invite_email_address?: string | null | undefined }, email: string): boolean {
  return invite.invite_email_address != null && emailKey(invite.invite_email_address) === emailKey(email);
}
