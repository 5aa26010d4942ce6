import { literally } from '../../../pattern.js';
import { shapePage } from '../../faults/shape-page.js';
import { isClean, type ParameterType } from '../call/parameter-types.js';
import { codingError, invalidParameter, MoodleException } from '../call/refusal.js';
import { type Leaves, list, single } from '../call/shapes.js';
import { type Call, webFunction } from '../call/web-function.js';
import type { User } from '../site/user.js';
import { requireDeclared, type UserView, userView } from './view.js';

const BY_FIELD: Readonly<Record<string, ParameterType>> = {
  id: 'int',
  idnumber: 'raw',
  username: 'username',
  email: 'rawTrimmed',
};

/** `core_user_get_users_by_field`: exact matches, each user once, ordered by id. */
export function usersByFieldFunction({ text }: Leaves) {
  const shape = single({ field: text('alpha'), values: list(text('raw')) });
  return webFunction('core_user_get_users_by_field', 'reads', shape, ({ field, values }, call) => {
    const type = BY_FIELD[field];
    if (type === undefined) throw codingError(`invalid field parameter: ${field}`);
    const odd = values.find((value) => !isClean(type, value, call.settings));
    if (odd !== undefined) throw invalidParameter(`invalid value: ${odd}`);
    return viewsOf(new Set(values.flatMap((value) => holdersOf(field, value, call))), [field], call);
  });
}

/** `core_user_get_users`: users that match all criteria, without the deleted ones. */
export function usersFunction({ text }: Leaves) {
  const shape = single({ criteria: list(single({ key: text('alpha'), value: text('raw') })) });
  return webFunction('core_user_get_users', 'reads', shape, ({ criteria }, call) => {
    const keys = criteria.map(({ key }) => key);
    if (new Set(keys).size < keys.length) throw new MoodleException('keyalreadyset', 'The key has already been set');
    const known = criteria.filter(({ key }) => Object.hasOwn(CRITERIA, key));
    const tests = known.map(({ key, value }) => CRITERIA[key]?.(value) ?? (() => true));
    const found = call.site.list().filter((user) => !user.deleted && tests.every((test) => test(user)));
    const { rows: users } = shapePage(found, { offset: 0, limit: found.length }, call.faults);
    const warnings = keys.filter((key) => !Object.hasOwn(CRITERIA, key));
    return {
      users: viewsOf(
        users,
        known.map(({ key }) => key),
        call,
      ),
      warnings: warnings.map((item) => ({
        ...{ item, warningcode: 'invalidfieldparameter' },
        message: `The search key '${item}' is not supported, look at the web service documentation`,
      })),
    };
  });
}

const CRITERIA: Readonly<Record<string, (value: string) => (user: User) => boolean>> = {
  id: (value) => (user) => String(user.id) === value,
  idnumber: (value) => (user) => user.idnumber === value,
  username: (value) => (user) => user.username === value.toLowerCase(),
  auth: (value) => (user) => user.auth === value,
  email: (value) => like(value, 'email'),
  firstname: (value) => like(value, 'firstname'),
  lastname: (value) => like(value, 'lastname'),
};

/** A case-insensitive SQL LIKE: `%` and `_` are wildcards, a backslash escapes them. */
function like(value: string, field: 'email' | 'firstname' | 'lastname'): (user: User) => boolean {
  const parts = value.match(/\\.|[^\\]|\\$/gsu) ?? [];
  const source = parts.map((part) => {
    if (part === '%') return '.*';
    return part === '_' ? '.' : literally(part.replace(/^\\(?=.)/s, ''));
  });
  const pattern = new RegExp(`^${source.join('')}$`, 'is');
  return (user) => pattern.test(user[field]);
}

/** Users with a value in a field. By id this includes deleted users; their other fields were rewritten. */
function holdersOf(field: string, value: string, { site, settings }: Call): readonly User[] {
  const folded = value.toLowerCase();
  switch (field) {
    case 'id':
      return [site.users.get(Number(value))].filter((user) => user !== undefined);
    case 'username':
      return [site.findByUsername(value)].filter((user) => user !== null);
    case 'email':
      return site.findByEmail(value).filter(({ email }) => !settings.lookUpsMindCase || email === value);
    default:
      if (settings.lookUpsMindCase) return site.findByIdnumber(value);
      return site.list().filter(({ idnumber }) => idnumber.toLowerCase() === folded);
  }
}

/** Views of users, ordered by id. Users whose looked-up field the caller may not see are left out silently. */
function viewsOf(users: Iterable<User>, fields: readonly string[], call: Call): readonly UserView[] {
  const views = [...users]
    .toSorted((one, other) => one.id - other.id)
    .map((user) => userView(user, call))
    .filter((view) => view !== null)
    .filter((view) => fields.every((field) => view[field] !== undefined));
  requireDeclared(views, call);
  return views;
}
