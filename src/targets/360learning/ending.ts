import { InterruptedError } from '../../errors.js';
import type { AdapterWorld } from '../../http/world.js';
import { RejectedError } from '../kit/rejected.js';
import type { Learning360Client } from './client.js';
import { brokenOff } from './errors.js';
import { isDeleted } from './record.js';
import type { User } from './schema.js';

/** Ends accounts by soft deletion, which is what 360Learning has for deactivation. */
interface EndingCalls {
  /** The user of that id; without one the account is unknown. */
  existing(id: string): Promise<User>;
  /** Succeeds also when the account has ended already. */
  end(id: string): Promise<void>;
}

/** Pauses before an ended account is read back, in milliseconds: the answer may come before its effect shows. */
const READ_BACK_PAUSES = [0, 1_000, 3_000];

export function createEnding(
  client: Pick<Learning360Client, 'user' | 'deleteUser'>,
  baseUrl: string,
  world: Pick<AdapterWorld, 'sleep'>,
): EndingCalls {
  async function existing(id: string): Promise<User> {
    const user = await client.user(id);
    if (user === null) throw new RejectedError('unknown_account', `360Learning has no user ${id}`);
    return user;
  }

  // The answer to a deletion has no body (v2 reference, "Delete a user"), so the account itself must show it.
  async function proveEnded(id: string): Promise<void> {
    for (const pause of READ_BACK_PAUSES) {
      if (pause > 0) await world.sleep(pause);
      const user = await client.user(id);
      if (user === null || isDeleted(user)) return;
    }
    const detail = `360Learning answered the deletion with success and still shows user ${id} as usable; delete it there by hand if this stays so`;
    throw new RejectedError('other', detail);
  }

  return {
    existing,
    async end(id) {
      if (isDeleted(await existing(id))) return;
      await client.deleteUser(id).catch(async (error: unknown) => {
        if (!(error instanceof RejectedError) || !isDeleted(await existing(id))) throw error;
      });
      await proveEnded(id).catch((error: unknown) => {
        const url = `${baseUrl}/api/v2/users/${id}`;
        throw error instanceof InterruptedError ? brokenOff('DELETE', url, error) : error;
      });
    },
  };
}
