import { silentLog } from '../../../../src/http/log.js';
import type { MoodleClient } from '../../../../src/targets/moodle/client.js';
import { Refusal } from '../../../../src/targets/moodle/errors.js';
import type { Parameter } from '../../../../src/targets/moodle/form.js';
import { createLookUp } from '../../../../src/targets/moodle/look-up.js';
import type { User } from '../../../../src/targets/moodle/schema.js';
import { type MoodleSettings, moodleSettings } from '../../../../src/targets/moodle/settings.js';

type Users = Pick<MoodleClient, 'usersBy' | 'usersOfAddress' | 'createUsers'>;

/** A Moodle that minds capitals, shows no account that is odd, and makes all accounts of a call or none. */
export function moodleOf(present: readonly Partial<User>[], odd: readonly string[] = []) {
  const users: User[] = present.map((user, index) => ({ ...userWith(user), id: user.id ?? String(index + 10) }));
  const calls: string[] = [];
  const client: Users = {
    async usersBy(field, values) {
      calls.push(`${field} ${values.length}`);
      if (values.some((value) => value.includes(' '))) throw new Refusal('get', 'invalidparameter', null);
      const found = users.filter((user) => values.includes(user[field] ?? ''));
      if (found.some(({ id }) => odd.includes(id))) throw new Refusal('get', 'invalidresponse', null);
      return found;
    },
    async usersOfAddress(email) {
      calls.push(`criteria ${email}`);
      return users.filter((user) => user.email?.toLowerCase() === email.toLowerCase());
    },
    async createUsers(made) {
      const wanted = made.map(asRecord);
      calls.push(`create ${wanted.map(({ username }) => String(username)).join(' ')}`);
      const taken = (key: 'username' | 'email', value: unknown) =>
        users.some((user) => user[key]?.toLowerCase() === String(value).toLowerCase());
      if (
        wanted.some(
          ({ username, email, lang }) => taken('username', username) || taken('email', email) || lang === 'xx',
        )
      ) {
        throw new Refusal('create', 'invalidparameter', null);
      }
      return wanted.map((user) => {
        const id = String(users.length + 100);
        users.push({ ...userWith({}), ...user, id });
        return id;
      });
    },
  };
  const lookUp = createLookUp(client, { concurrency: 2, log: silentLog });
  return { client, lookUp, calls, users };
}

/** A user with an empty value for everything else. */
export function userWith(user: Partial<User>): User {
  return {
    ...{ id: '10', username: null, firstname: null, lastname: null, email: null, idnumber: null, auth: 'manual' },
    ...{ suspended: false, lang: null, timezone: null, city: null, country: null, department: null },
    ...{ institution: null, phone1: null, customfields: [] },
    ...user,
  };
}

export function settingsWith(changes: object = {}): MoodleSettings {
  return moodleSettings.parse({ base_url: 'https://moodle.example', token: 'made-up-token', ...changes });
}

function asRecord(parameter: Parameter): Readonly<Record<string, Parameter>> {
  if (typeof parameter !== 'object' || Array.isArray(parameter)) throw new Error('not a user');
  return Object.fromEntries(Object.entries(parameter));
}
