import { RejectedError } from '../kit/rejected.js';
import type { MoodleClient } from './client.js';
import { Refusal } from './errors.js';

/** Words of an answer that say that no mail leaves; most sites only say that one may have been sent. */
const NOT_SENT = /dataerror|notsent|noemail/;

/**
 * Has Moodle mail a link to choose a password. The answer says no more than that a mail may have been sent, as long as the
 * site protects its user names: https://docs.moodle.org/ (Site security settings).
 *
 * @throws RejectedError when no mail left
 */
export async function mailLink(client: Pick<MoodleClient, 'requestPasswordReset'>, username: string): Promise<void> {
  const status = await client.requestPasswordReset(username).catch((error: unknown) => {
    if (!(error instanceof Refusal)) throw error;
    const why =
      error.code === 'cannotmailconfirm'
        ? 'Moodle could not send the mail (cannotmailconfirm): look at its outgoing mail'
        : `Moodle did not mail the link (${error.code})`;
    throw new RejectedError('other', why, { cause: error });
  });
  if (NOT_SENT.test(status)) throw new RejectedError('other', `Moodle did not mail the link (${status})`);
}
