import type { ManagerAccount } from '../target.js';
import type { Learning360Client } from './client.js';
import { codeOf } from './errors.js';
import type { ExternalIds } from './external-ids.js';

/** Whom people report to. 360Learning lets somebody have several managers; those who are nobody's employee are not ours. */
export interface Managers {
  /** The account of the manager, several with commas between them, or null. */
  of(userId: string): Promise<string | null>;
  set(userId: string, manager: ManagerAccount | null, isNew: boolean): Promise<void>;
}

export function createManagers(
  client: Pick<Learning360Client, 'managers' | 'addManager' | 'removeManager'>,
  externalIds: Pick<ExternalIds, 'ofUser'>,
): Managers {
  async function employeesAmong(ids: readonly string[]): Promise<readonly string[]> {
    const marked = await Promise.all(ids.map(async (id) => ((await externalIds.ofUser(id)) === null ? [] : [id])));
    return marked.flat();
  }

  async function unless(code: string, call: Promise<void>): Promise<void> {
    await call.catch((error: unknown) => {
      if (codeOf(error) !== code) throw error;
    });
  }

  return {
    async of(userId) {
      const employees = await employeesAmong(await client.managers(userId));
      return employees.length === 0 ? null : employees.toSorted().join(', ');
    },
    async set(userId, manager, isNew) {
      const current = isNew ? [] : await client.managers(userId);
      if (manager !== null && !current.includes(manager.accountId)) await client.addManager(userId, manager.accountId);
      const others = await employeesAmong(current.filter((id) => id !== manager?.accountId));
      for (const other of others) await unless('managerNotAssignedToUser', client.removeManager(userId, other));
    },
  };
}
