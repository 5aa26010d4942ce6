import type { Membership } from './bulk-client.js';
import type { Learning360Client } from './client.js';
import type { Gathering } from './gathering.js';
import type { Move } from './memberships.js';
import { groupsIn, type Learning360Settings } from './settings.js';

/** Where people stand in the org chart: the groups that the settings name, and no others. */
export interface Placement {
  /** The group that places somebody; several, when somebody was put into several; null for none. */
  groupOf(userId: string): Promise<string | null>;
  move(userId: string, groupId: string): Promise<void>;
}

export function createPlacement(
  client: Pick<Learning360Client, 'roles'>,
  memberships: Pick<Gathering<Move>, 'ask'>,
  settings: Pick<Learning360Settings, 'group' | 'levels' | 'role'>,
): Placement {
  const managed = groupsIn(settings);
  const { group: top, role } = settings;

  async function held(userId: string): Promise<readonly string[]> {
    const roles = await client.roles(userId);
    return roles.filter((one) => one.role === role && managed.has(one.groupId)).map(({ groupId }) => groupId);
  }

  return {
    async groupOf(userId) {
      const groups = await held(userId);
      const places = groups.filter((id) => id !== top).sort();
      if (places.length > 0) return places.join(', ');
      return groups.includes(top) ? top : null;
    },
    /** Nobody is taken out of the top group: that would take them out of every public group below it as well. */
    async move(userId, groupId) {
      const groups = await held(userId);
      const membership = (id: string): Membership => ({ userId, groupId: id, role });
      const remove = groups.filter((id) => id !== top && id !== groupId).map(membership);
      // Who leaves one group may lose the next one with it, so that is given anew.
      const add = groups.includes(groupId) && remove.length === 0 ? [] : [membership(groupId)];
      if (remove.length + add.length > 0) await memberships.ask({ remove, add });
    },
  };
}
