import { RejectedError } from '../kit/rejected.js';
import type { ManagerAccount } from '../target.js';
import { PATHS } from './catalogue.js';
import type { ScimClient } from './client.js';
import { valueAt } from './path.js';
import type { ScimSettings } from './settings.js';

/** Makes the value that names a manager: null for none, undefined to leave the manager alone. */
export type ManagerReference = (manager: ManagerAccount | null | undefined) => Promise<unknown>;

/**
 * A manager is an object that holds the account id (https://www.rfc-editor.org/rfc/rfc7643#section-4.3). Some servers want
 * the user name, the address or their own number there, and some a bare text.
 */
export function createManagers(
  client: Pick<ScimClient, 'user'>,
  { manager_as }: Pick<ScimSettings, 'manager_as'>,
): ManagerReference {
  // Not remembered: a manager's user name may move in the same run.
  async function shown(path: string, accountId: string): Promise<string> {
    const user = await client.user(accountId);
    const value = user === null ? undefined : valueAt(user, path);
    if (typeof value === 'string' && value !== '') return value;
    const detail = user === null ? 'is unknown to the server' : `bears no ${path}`;
    throw new RejectedError('unknown_reference', `the manager's account ${accountId} ${detail}`);
  }

  return async (manager) => {
    if (manager === null || manager === undefined) return manager;
    const { accountId, email } = manager;
    switch (manager_as) {
      case 'string':
        return accountId;
      case 'email':
        if (email !== null) return { value: email };
        throw new RejectedError('unknown_reference', `the manager's account ${accountId} has no e-mail address`);
      case 'user_name':
        return { value: await shown('userName', accountId) };
      case 'external_id':
        return { value: await shown(PATHS.external_id, accountId) };
      default:
        return { value: accountId };
    }
  };
}
