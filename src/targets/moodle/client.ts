import * as z from 'zod';
import { batchesOf } from '../../core/batches.js';
import type { Connection } from './connection.js';
import { Refusal } from './errors.js';
import type { Parameter } from './form.js';
import {
  type Cohort,
  cohortMembersSchema,
  cohortsSchema,
  createdSchema,
  foundSchema,
  resetSchema,
  type SiteInfo,
  siteSchema,
  type User,
  usersSchema,
  type Warning,
  warningsSchema,
} from './schema.js';

/** The parameters by which accounts can be looked up exactly. */
export type LookUpField = 'id' | 'idnumber' | 'username' | 'email';

/** Who is in which cohort, by their ids. */
export interface Membership {
  readonly cohortId: string;
  readonly userId: string;
}

/** The functions of Moodle's web service that a target needs. They throw what `targets/target` promises, and {@link Refusal}. */
export interface MoodleClient {
  siteInfo(): Promise<SiteInfo>;
  /** The users that bear one of up to 500 values, in no order. */
  usersBy(field: LookUpField, values: readonly string[]): Promise<readonly User[]>;
  /** The users of an address in any capitals. */
  usersOfAddress(email: string): Promise<readonly User[]>;
  /** Makes accounts in one transaction and gives their ids in the order of the users. */
  createUsers(users: readonly Parameter[]): Promise<readonly string[]>;
  /** Each user for themselves; gives what was refused. */
  updateUsers(users: readonly Parameter[]): Promise<readonly Warning[]>;
  deleteUser(id: string): Promise<void>;
  /** Mails a link to choose a password. */
  requestPasswordReset(username: string): Promise<string>;
  cohorts(): Promise<readonly Cohort[]>;
  createCohort(idnumber: string): Promise<string>;
  /** Asks for no cohort in particular: only whether cohorts may be seen. */
  searchCohorts(): Promise<void>;
  members(cohortIds: readonly string[]): Promise<readonly Membership[]>;
  addMembers(members: readonly Membership[]): Promise<readonly Warning[]>;
  removeMembers(members: readonly Membership[]): Promise<void>;
}

/** How many values one look-up holds, and how many memberships one call adds or removes. */
export const MOST_VALUES = 500;
export const MOST_MEMBERS = 200;

const SYSTEM = { type: 'system', value: '' };

/** The web service of one site over its connection: https://docs.moodle.org/ (Web service API functions). */
export function createMoodleClient({ call, unreadable }: Connection): MoodleClient {
  return {
    siteInfo: () => call(siteSchema, { name: 'core_webservice_get_site_info', repeatable: true }),
    usersBy: (field, values) =>
      call(usersSchema, { name: 'core_user_get_users_by_field', parameters: { field, values }, repeatable: true }),
    async usersOfAddress(email) {
      // A pattern without case, so its signs must stand for themselves.
      const criteria = [{ key: 'email', value: email.replace(/[\\%_]/g, '\\$&') }];
      return (await call(foundSchema, { name: 'core_user_get_users', parameters: { criteria }, repeatable: true }))
        .users;
    },
    async createUsers(users) {
      const made = await call(createdSchema, { name: 'core_user_create_users', parameters: { users } });
      // PHP drops the fields of a form beyond its limit, so that a part may be made and called a success.
      if (made.length !== users.length)
        throw unreadable(`${made.length} accounts where ${users.length} were asked for`);
      return made.map(({ id }) => id);
    },
    async updateUsers(users) {
      const parameters = { users };
      try {
        const answer = await call(warningsSchema, { name: 'core_user_update_users', parameters, repeatable: true });
        return answer.warnings;
      } catch (error) {
        // Some are written, and which ones only a look at them tells.
        if (error instanceof Refusal && error.code === INVALID_RESPONSE) throw unreadable(`no answer (${error.code})`);
        throw error;
      }
    },
    async deleteUser(id) {
      await call(z.unknown(), { name: 'core_user_delete_users', parameters: { userids: [id] }, repeatable: true });
    },
    requestPasswordReset: async (username) =>
      (await call(resetSchema, { name: 'core_auth_request_password_reset', parameters: { username } })).status,
    cohorts: () => call(cohortsSchema, { name: 'core_cohort_get_cohorts', repeatable: true }),
    async createCohort(idnumber) {
      const cohorts = [{ categorytype: SYSTEM, name: idnumber, idnumber }];
      const [made] = await call(cohortsSchema, { name: 'core_cohort_create_cohorts', parameters: { cohorts } });
      if (made === undefined) throw unreadable('no cohort where one was asked for');
      return made.id;
    },
    async searchCohorts() {
      const parameters = { query: '', context: { contextlevel: 'system', instanceid: 0 }, limitnum: 1 };
      await call(z.unknown(), { name: 'core_cohort_search_cohorts', parameters, repeatable: true });
    },
    async members(cohortIds) {
      const members: Membership[] = [];
      for (const cohortids of batchesOf(cohortIds, MOST_VALUES)) {
        const name = 'core_cohort_get_cohort_members';
        const answer = await call(cohortMembersSchema, { name, parameters: { cohortids }, repeatable: true });
        for (const { cohortid, userids } of answer) {
          members.push(...userids.map((userId) => ({ cohortId: cohortid, userId })));
        }
      }
      return members;
    },
    async addMembers(members) {
      const parameters = {
        members: members.map(({ cohortId, userId }) => ({
          cohorttype: { type: 'id', value: cohortId },
          usertype: { type: 'id', value: userId },
        })),
      };
      // Adding a member twice is reported, not an error, so it may be repeated.
      const answer = await call(warningsSchema, {
        name: 'core_cohort_add_cohort_members',
        parameters,
        repeatable: true,
      });
      return answer.warnings;
    },
    async removeMembers(members) {
      const parameters = { members: members.map(({ cohortId, userId }) => ({ cohortid: cohortId, userid: userId })) };
      await call(z.unknown(), { name: 'core_cohort_delete_cohort_members', parameters, repeatable: true });
    },
  };
}

/** A value of an account does not fit the type that Moodle declares for it, and the whole answer is lost. */
export const INVALID_RESPONSE = 'invalidresponse';
