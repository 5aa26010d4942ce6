import { isClean, type ParameterType } from '../call/parameter-types.js';
import { invalidResponse } from '../call/refusal.js';
import { type Call, can } from '../call/web-function.js';
import { customFieldsOf } from '../custom/field-view.js';
import type { User } from '../site/user.js';

/** A user as it appears in an answer. */
export type UserView = Readonly<Record<string, unknown>>;

/** The declared types of an answer. Country, language, theme and phone take any text. */
const DECLARED: Readonly<Record<string, ParameterType>> = {
  username: 'username',
  firstname: 'noTags',
  lastname: 'noTags',
  fullname: 'noTags',
  email: 'rawTrimmed',
  department: 'text',
  institution: 'text',
  city: 'text',
  address: 'text',
  auth: 'auth',
  timezone: 'timezone',
};

/** Fields that appear even when empty. All others are left out when they are empty or `0`. */
const KEPT_EMPTY: ReadonlySet<string> = new Set(['department', 'lang', 'theme']);

/** The fields of a user that the caller may see; null when the caller may not see the user. Nothing says what is missing. */
export function userView(user: User, call: Call): UserView | null {
  const { settings, wwwroot } = call;
  const isOwn = user.id === call.user.id;
  if (!isOwn && !can(call, 'moodle/user:viewdetails')) return null;
  const isHidden = (key: string): boolean =>
    !isOwn && settings.hiddenUserFields.some((one) => one === key) && !can(call, 'moodle/user:viewhiddendetails');
  const identity = new Set<string>(can(call, 'moodle/site:viewuseridentity') ? settings.showUserIdentity : []);
  const seesNames = can(call, 'moodle/site:viewfullnames');
  const names = settings.nameFormat.map((key) => user[key]);
  const custom = customFieldsOf(user, call);
  const fields: Readonly<Record<string, unknown>> = {
    id: user.id,
    ...(isOwn || can(call, 'moodle/user:viewalldetails') ? details(user) : {}),
    ...((seesNames || settings.nameFormat.includes('firstname')) && { firstname: user.firstname }),
    ...((seesNames || settings.nameFormat.includes('lastname')) && { lastname: user.lastname }),
    fullname: names.join(' '),
    ...((isOwn || identity.has('email') || user.maildisplay === 1) && { email: user.email }),
    ...(identity.has('phone1') && { phone1: user.phone1 }),
    ...(identity.has('phone2') && { phone2: user.phone2 }),
    address: user.address,
    interests: user.interests,
    firstaccess: user.firstaccess,
    lastaccess: user.lastaccess,
    suspended: user.suspended,
    timezone: user.timezone,
    city: user.city,
    country: user.country,
    profileimageurlsmall: `${wwwroot}/theme/image.php/boost/core/1/u/f2`,
    profileimageurl: `${wwwroot}/theme/image.php/boost/core/1/u/f1`,
    ...(custom.length > 0 && { customfields: custom }),
  };
  const isShown = ([key, value]: readonly [string, unknown]) =>
    !isHidden(key) && (KEPT_EMPTY.has(key) || (value !== '' && value !== '0'));
  return Object.fromEntries(Object.entries(fields).filter(isShown));
}

/** @throws MoodleException `invalidresponse` when one value of one user does not fit its type */
export function requireDeclared(views: readonly UserView[], { settings }: Call): void {
  for (const view of views) {
    for (const [key, type] of Object.entries(DECLARED)) {
      const value = view[key];
      if (typeof value === 'string' && !isClean(type, value, settings))
        throw invalidResponse(`${key} of ${view['id']}`);
    }
  }
}

/** The fields that need `moodle/user:viewalldetails`, except on the caller's own account. */
function details(user: User): object {
  const { username, idnumber, auth, confirmed, lang, theme, department, institution, mailformat } = user;
  return { username, idnumber, auth, confirmed, lang, theme, department, institution, mailformat };
}
