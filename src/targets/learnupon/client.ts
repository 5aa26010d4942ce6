import { emailKey } from '../../core/email.js';
import type { HttpRequest } from '../../http/client.js';
import type { Connection } from './connection.js';
import { readPages } from './pages.js';
import {
  type Definition,
  definitionsSchema,
  type Group,
  type GroupInvite,
  groupInvitesSchema,
  groupsSchema,
  madeSchema,
  membershipsSchema,
  portalInviteSchema,
  type User,
  usersSchema,
} from './schema.js';

type Body = Readonly<Record<string, unknown>>;

/** The calls of https://docs.learnupon.com/api/ that a target needs. They throw what `targets/target` promises. */
export interface LearnUponClient {
  /** Every user, disabled ones included, page by page. */
  users(): AsyncGenerator<readonly User[]>;
  /** One user, or null when there is none. */
  user(id: string): Promise<User | null>;
  /** The users of that address. Only those who bear it count: unknown filters answer with everybody. */
  usersByEmail(email: string): Promise<readonly User[]>;
  definitions(): Promise<readonly Definition[]>;
  createUser(body: Body): Promise<number>;
  updateUser(id: string, body: Body): Promise<void>;
  /** Succeeds also when there is no such user. */
  deleteUser(id: string): Promise<void>;
  /** Mails an invitation to the portal and gives its id. */
  invite(body: Body): Promise<number>;
  groupInvites(): AsyncGenerator<readonly GroupInvite[]>;
  groupInvite(id: string): Promise<GroupInvite | null>;
  deleteGroupInvite(id: string): Promise<void>;
  groups(): AsyncGenerator<readonly Group[]>;
  createGroup(title: string): Promise<number>;
  groupsOf(userId: string): Promise<readonly Group[]>;
  addToGroup(userId: string, groupId: number, processEnrollments: boolean): Promise<void>;
  removeFromGroup(userId: string, groupId: number, processUnenrollments: boolean): Promise<void>;
}

/** Version of the user's shape that shows time zones. */
const VERSION = '1.2';

/** The API of one portal over its connection. */
export function createLearnUponClient(connection: Connection): LearnUponClient {
  const { read, send, parsed } = connection;

  async function usersAt(path: string, query: HttpRequest['query']): Promise<readonly User[]> {
    const request: HttpRequest = { method: 'GET', path, query: { ...query, version_id: VERSION }, accept: [404] };
    const answer = await send(request, 'person');
    return answer.status === 404 ? [] : parsed(usersSchema, request, answer);
  }

  const list = (path: string) => ({ path, query: {} });

  return {
    users: () => readPages(connection, { path: '/users', query: { version_id: VERSION }, schema: usersSchema }),
    async user(id) {
      const users = await usersAt(`/users/${segment(id)}`, {});
      return users.find((user) => String(user.id) === id) ?? null;
    },
    async usersByEmail(email) {
      const users = await usersAt('/users/search', { email });
      return users.filter((user) => user.email != null && emailKey(user.email) === emailKey(email));
    },
    definitions: () => read(definitionsSchema, { method: 'GET', path: '/users/customuserdata' }, 'everybody'),
    createUser: async (body) =>
      (await read(madeSchema, { method: 'POST', path: '/users', json: { User: body } }, 'person')).id,
    async updateUser(id, body) {
      // Sent twice it leaves what it leaves when sent once.
      const path = `/users/${segment(id)}`;
      await read(madeSchema, { method: 'PUT', path, json: { User: body }, repeatable: true }, 'person');
    },
    async deleteUser(id) {
      await send({ method: 'DELETE', path: `/users/${segment(id)}`, repeatable: true, accept: [404] }, 'person');
    },
    invite: async (body) =>
      (await read(portalInviteSchema, { method: 'POST', path: '/portal_invite', json: { Invite: body } }, 'person')).id,
    groupInvites: () => readPages(connection, { ...list('/group_invites'), schema: groupInvitesSchema }),
    async groupInvite(id) {
      const request: HttpRequest = { method: 'GET', path: `/group_invites/${segment(id)}`, accept: [404] };
      const answer = await send(request, 'person');
      const invites = answer.status === 404 ? [] : parsed(groupInvitesSchema, request, answer);
      return invites.find((invite) => String(invite.id) === id) ?? null;
    },
    async deleteGroupInvite(id) {
      const path = `/group_invites/${segment(id)}`;
      await send({ method: 'DELETE', path, repeatable: true, accept: [404] }, 'person');
    },
    groups: () => readPages(connection, { ...list('/groups'), schema: groupsSchema }),
    createGroup: async (title) =>
      (await read(madeSchema, { method: 'POST', path: '/groups', json: { Group: { title } } }, 'person')).id,
    async groupsOf(userId) {
      const query = { user_id: userId };
      const memberships = { path: '/group_memberships', query, schema: membershipsSchema, concern: 'person' } as const;
      const groups: Group[] = [];
      for await (const page of readPages(connection, memberships)) groups.push(...page);
      return groups;
    },
    async addToGroup(userId, groupId, processEnrollments) {
      const GroupMembership = {
        group_id: groupId,
        user_id: Number(userId),
        process_enrollments: processEnrollments,
      };
      const request = { method: 'POST', path: '/group_memberships', json: { GroupMembership } } as const;
      // Adding twice is refused, so it may be tried twice.
      await send({ ...request, repeatable: true }, 'person');
    },
    async removeFromGroup(userId, groupId, processUnenrollments) {
      const GroupMembership = {
        group_id: groupId,
        user_id: Number(userId),
        process_unenrollments: processUnenrollments,
      };
      const request = { method: 'DELETE', path: '/group_memberships/0', json: { GroupMembership } } as const;
      await send({ ...request, repeatable: true, accept: [404] }, 'person');
    },
  };
}

function segment(id: string): string {
  return encodeURIComponent(id);
}
