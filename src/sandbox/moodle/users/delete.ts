import { MoodleException, unknownRecord } from '../call/refusal.js';
import { type Leaves, list, single } from '../call/shapes.js';
import { type Call, requireCapability, webFunction, work } from '../call/web-function.js';
import { GUEST } from '../site/site.js';
import type { User } from '../site/user.js';

/** `core_user_delete_users`: all or nothing, and final. */
export function deleteUsersFunction({ int }: Leaves) {
  const shape = single({ userids: list(int) });
  return webFunction('core_user_delete_users', 'writes', shape, async ({ userids }, call) => {
    requireCapability(call, 'moodle/user:delete');
    await work(call.settings);
    const users = userids.map((id, index) => deletable(id, userids.slice(0, index), call));
    // Moodle answers success for the guest and keeps it.
    for (const user of users) if (user.id !== GUEST) call.site.remove(user);
    return null;
  });
}

function deletable(id: number, before: readonly number[], { site, user: caller }: Call): User {
  const user = site.users.get(id);
  if (user === undefined || user.deleted || (id !== GUEST && before.includes(id))) throw unknownRecord('user', id);
  if (site.admins.has(id)) throw new MoodleException('useradminodelete', 'Administrator accounts cannot be deleted');
  if (id === caller.id) throw new MoodleException('usernotdeletederror', 'User was not deleted - error');
  return user;
}
