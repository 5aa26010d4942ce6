import type { ScimParts } from '../parts.js';
import type { User, Values } from '../resource.js';
import { userType } from '../schema/resource-type.js';
import { wholeUser } from '../show/whole.js';
import type { Collection } from './collection.js';
import { settleActive, settleUser } from './settle-user.js';

/** The users that SCIM sees, and what becomes of them. */
export function userCollection(parts: ScimParts): Collection<User> {
  const { directory, settings } = parts;
  const isVisible = ({ deleted, reconciled }: User) => !deleted && (reconciled || !settings.hidesUnreconciled);
  const mailOn = (user: User, opened: boolean, isNew: boolean, hadBeenActive: boolean): void => {
    const { mailsOn } = settings;
    if (isNew && mailsOn.includes('create')) directory.mail(user, 'creation');
    if (opened && !hadBeenActive && mailsOn.includes('activate')) directory.mail(user, 'activation');
    if (opened && hadBeenActive && mailsOn.includes('reactivate')) directory.mail(user, 'reactivation');
  };
  return {
    type: () => userType(settings),
    list: () => [...directory.users.values()].filter(isVisible),
    find: (id) => {
      const user = directory.users.get(id);
      return user !== undefined && isVisible(user) ? user : null;
    },
    whole: (user, type, base) => wholeUser(user, type, parts, base),
    create: (values) => {
      const settled = settleUser(null, values, parts);
      const { opened } = settleActive(null, settled, settings);
      const user = directory.addUser(settled, { ids: settings.ids, reconciled: true });
      mailOn(user, opened, true, false);
      return { resource: user, echo: {} };
    },
    change: (user, values) => {
      const standing = settleActive(user, settleUser(user, values, parts), settings);
      const { hasBeenActive } = user;
      directory.change(user, standing.values);
      Object.assign(user, { canSignIn: standing.canSignIn, hasBeenActive: hasBeenActive || standing.opened });
      mailOn(user, standing.opened, false, hasBeenActive);
      if (standing.closed && settings.endings === 'delete') directory.removeUser(user, settings.deletedAccounts);
      return { resource: user, echo: standing.echo };
    },
    replaced: (user, values) => withActive(user, values, settings.putWithoutActive),
    remove: (user) => directory.removeUser(user, settings.deletedAccounts),
  };
}

/** The values of a PUT, with the `active` that the portal reads out of its absence. */
function withActive(user: User, values: Values, how: 'activate' | 'keep' | 'suspend'): Values {
  const held = user.values['active'];
  if ('active' in values || how === 'activate' || (how === 'keep' && held === undefined)) return values;
  return { ...values, active: how === 'suspend' ? false : held };
}
