import type { MoodleClient } from './client.js';
import { Refusal } from './errors.js';

/** Text that no site takes for an e-mail address: a change to it is refused after the account itself was looked at. */
const NO_ADDRESS = 'hrsync-look';

/** The warning about an account that only an administrator may change: https://moodledev.io/ (core_user_update_users). */
const ADMIN = 'usernotupdatedadmin';

/**
 * Which of these accounts are site administrators. Nothing that Moodle shows of an account says so; only a change tells, and
 * this one changes nobody. Where Moodle takes no such question, nobody is known to be one.
 */
export async function administratorsAmong(
  client: Pick<MoodleClient, 'updateUsers'>,
  accountIds: readonly string[],
): Promise<ReadonlySet<string>> {
  if (accountIds.length === 0) return new Set();
  try {
    const warnings = await client.updateUsers(accountIds.map((id) => ({ id, email: NO_ADDRESS })));
    const admins = warnings.filter(({ warningcode }) => warningcode === ADMIN);
    return new Set(admins.flatMap(({ itemid }) => itemid ?? []));
  } catch (error) {
    if (error instanceof Refusal) return new Set();
    throw error;
  }
}
