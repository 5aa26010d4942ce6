import type * as z from 'zod';
import { invalidResponse, MoodleException, writeFailed } from '../call/refusal.js';
import { type Leaves, list, single } from '../call/shapes.js';
import { type Call, requireCapability, webFunction, work } from '../call/web-function.js';
import { withCustomFields } from '../custom/field-view.js';
import { GUEST } from '../site/site.js';
import type { User } from '../site/user.js';
import { isEmail, requireFit } from './limits.js';
import { requirePolicy } from './password.js';
import { columnsOf, userShape, withPreferences } from './user-shape.js';

/** `core_user_update_users`: a user that cannot be changed becomes a warning; the others are committed. */
export function updateUsersFunction(leaves: Leaves) {
  const shape = changedUserShape(leaves);
  return webFunction('core_user_update_users', 'writes', single({ users: list(shape) }), async ({ users }, call) => {
    requireCapability(call, 'moodle/user:update');
    await work(call.settings);
    const warnings = users.flatMap((sent) => warningsOf(sent.id, () => update(sent, call)));
    // A weak password gives HTML as its code, and a warning code may not contain HTML.
    if (warnings.some(({ warningcode }) => !/^[\w-]*$/.test(warningcode))) throw invalidResponse('warningcode');
    return { warnings };
  });
}

function changedUserShape(leaves: Leaves) {
  const { text, int, bool } = leaves;
  return single({
    id: int,
    username: text('username').optional(),
    firstname: text('noTags').optional(),
    lastname: text('noTags').optional(),
    email: text('rawTrimmed').optional(),
    suspended: bool.optional(),
    ...userShape(leaves),
  });
}

function warningsOf(itemid: number, change: () => void) {
  try {
    change();
    return [];
  } catch (error) {
    if (!(error instanceof MoodleException)) throw error;
    return [{ item: 'user', itemid, warningcode: error.errorcode, message: error.message }];
  }
}

/** Changes one user completely, or throws and changes nothing. */
function update(
  { id, customfields = [], preferences, ...sent }: z.output<ReturnType<typeof changedUserShape>>,
  call: Call,
): void {
  const { site, settings } = call;
  const user = changeable(id, call);
  const { email, username, password } = sent;
  if (email !== undefined && email !== user.email) {
    if (!isEmail(email)) throw new MoodleException('useremailinvalid', 'Invalid email address');
    const isTaken = site.findByEmail(email).some((other) => other !== user);
    if (isTaken && !settings.allowAccountsSameEmail) {
      throw new MoodleException('useremailduplicate', 'Duplicate email address');
    }
  }
  if (password !== undefined) requirePolicy(password, settings);
  const columns = columnsOf(sent);
  requireFit(columns);
  const holder = username === undefined ? null : site.findByUsername(username);
  if (holder !== null && holder !== user) throw writeFailed('Duplicate username');
  site.change(user, {
    ...columns,
    custom: withCustomFields(user.custom, customfields, call),
    preferences: withPreferences(user.preferences, preferences),
  });
}

/** The user, if the service may change it. The caller's own account may be changed, even suspended. */
function changeable(id: number, { site, user: caller }: Call): User {
  const user = site.users.get(id);
  if (user === undefined) throw new MoodleException('invaliduserid', 'Invalid user ID');
  const isProtected = site.admins.has(id) && id !== caller.id && !site.admins.has(caller.id);
  if (isProtected) throw new MoodleException('usernotupdatedadmin', 'Cannot update an admin account');
  if (user.deleted) throw new MoodleException('usernotupdateddeleted', 'User is deleted');
  if (user.isRemote) throw new MoodleException('usernotupdatedremote', 'Cannot update a remote user');
  if (id === GUEST) throw new MoodleException('usernotupdatedguest', 'Cannot update the guest account');
  return user;
}
