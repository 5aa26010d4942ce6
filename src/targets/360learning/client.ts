import * as z from 'zod';
import type { HttpRequest } from '../../http/client.js';
import type { AdapterWorld } from '../../http/world.js';
import { type BulkCalls, bulkCalls, type Membership } from './bulk-client.js';
import { type Connection, connect } from './connection.js';
import {
  authorisedSchema,
  type CustomField,
  type CustomValue,
  customFieldSchema,
  customValueSchema,
  type Group,
  groupSchema,
  type HeldCustomValue,
  type IdMapping,
  mappingSchema,
  roleSchema,
  type User,
  userSchema,
} from './schema.js';
import type { Learning360Settings } from './settings.js';

type Body = Readonly<Record<string, unknown>>;

/** The calls of https://360learning.readme.io/ (v2) that a target needs. They throw what `targets/target` promises. */
export interface Learning360Client extends BulkCalls, Pick<Connection, 'authorize' | 'send' | 'usedUp'> {
  users(filters?: Readonly<Record<string, string>>): AsyncGenerator<readonly User[]>;
  /** Null when there is none. */
  user(id: string): Promise<User | null>;
  /** `restored`: somebody who was deleted is back under the old id. */
  createUser(body: Body, invite: boolean): Promise<{ readonly user: User; readonly restored: boolean }>;
  /** Gives the user as the answer shows it; null where the answer is no user. */
  updateUser(id: string, body: Body): Promise<User | null>;
  activateUser(id: string): Promise<User | null>;
  deleteUser(id: string): Promise<void>;
  managers(id: string): Promise<readonly string[]>;
  addManager(id: string, manager: string): Promise<void>;
  removeManager(id: string, manager: string): Promise<void>;
  roles(id: string): Promise<readonly Omit<Membership, 'userId'>[]>;
  groups(): Promise<readonly Group[]>;
  addMembership(membership: Membership): Promise<void>;
  removeMembership(membership: Membership): Promise<void>;
  customFields(): Promise<readonly CustomField[]>;
  createCustomField(name: string, type: 'string' | 'date'): Promise<CustomField>;
  /** The closed list of a custom field; empty when it has none. */
  authorisedValues(fieldId: string): Promise<readonly string[]>;
  customValues(id: string): Promise<readonly HeldCustomValue[]>;
  /** Replaces the whole set. */
  putCustomValues(id: string, values: readonly CustomValue[]): Promise<void>;
  externalIds(filters?: Readonly<Record<string, string>>): AsyncGenerator<readonly IdMapping[]>;
  createExternalId(userId: string, value: string): Promise<void>;
  replaceExternalId(mappingId: string, userId: string, value: string): Promise<void>;
}

const person = (scope: string) => ({ scope, about: 'person' }) as const;
const everybody = (scope: string) => ({ scope, about: 'everybody' }) as const;

/** Opens the API of one company. */
export function createLearning360Client(settings: Learning360Settings, world: AdapterWorld): Learning360Client {
  const connection = connect(settings, world);
  const { send, read, pages } = connection;
  const platform = settings.external_id_platform;

  async function write(method: HttpRequest['method'], path: string, json: unknown, scope: string): Promise<void> {
    await send({ method, path, repeatable: true, ...(json !== undefined && { json }) }, person(scope));
  }

  async function writeUser(method: HttpRequest['method'], path: string, json?: unknown): Promise<User | null> {
    const request: HttpRequest = { method, path, repeatable: true, ...(json !== undefined && { json }) };
    const user = userSchema.safeParse((await send(request, person('users:write'))).body);
    return user.success ? user.data : null;
  }

  async function all<Row>(schema: z.ZodType<Row>, path: string, scope: string, filters = {}): Promise<readonly Row[]> {
    const rows: Row[] = [];
    for await (const page of pages(z.array(schema), { path, filters }, person(scope))) rows.push(...page);
    return rows;
  }

  return {
    ...bulkCalls(connection),
    send,
    authorize: connection.authorize,
    usedUp: connection.usedUp,
    users: (filters = {}) => pages(z.array(userSchema), { path: '/api/v2/users', filters }, everybody('users:read')),
    async user(id) {
      const request: HttpRequest = { method: 'GET', path: userPath(id), accept: [404] };
      const answer = await send(request, person('users:read'));
      if (answer.status === 404) return null;
      const user = userSchema.safeParse(answer.body);
      if (user.success) return user.data;
      throw connection.unreadable(request, answer, 'a body that is no user');
    },
    async createUser(json, invite) {
      const query = { sendInvitationEmail: invite };
      const request: HttpRequest = { method: 'POST', path: '/api/v2/users', query, json };
      const answer = await send(request, person('users:write'));
      const user = userSchema.safeParse(answer.body);
      if (user.success) return { user: user.data, restored: answer.status === 200 };
      throw connection.unreadable(request, answer, 'a body that is no user');
    },
    updateUser: (id, json) => writeUser('PATCH', userPath(id), json),
    activateUser: (id) => writeUser('PUT', `${userPath(id)}/activate`),
    async deleteUser(id) {
      // What a second one is answered with is not documented, so it is not repeated blindly.
      await send({ method: 'DELETE', path: userPath(id) }, person('users:write'));
    },
    managers: (id) => all(z.string(), `${userPath(id)}/managers`, 'users:read'),
    addManager: (id, manager) => write('POST', `${userPath(id)}/managers/${manager}`, undefined, 'users:write'),
    removeManager: (id, manager) => write('DELETE', `${userPath(id)}/managers/${manager}`, undefined, 'users:write'),
    roles: (id) => all(roleSchema, `${userPath(id)}/roles`, 'users:read'),
    async groups() {
      const groups: Group[] = [];
      const list = { path: '/api/v2/groups' };
      for await (const page of pages(z.array(groupSchema), list, everybody('groups:read'))) groups.push(...page);
      return groups;
    },
    addMembership: (one) => write('POST', membershipPath(one), undefined, 'groups:write'),
    removeMembership: (one) => write('DELETE', membershipPath(one), undefined, 'groups:write'),
    customFields: () =>
      all(customFieldSchema, '/api/v2/custom-fields', 'customFields:read', { 'targetType[eq]': 'users' }),
    createCustomField(name, type) {
      const request: HttpRequest = {
        method: 'POST',
        path: '/api/v2/custom-fields',
        json: { name, targetType: 'users', type },
      };
      return read(customFieldSchema, request, person('customFields:write'));
    },
    authorisedValues: (fieldId) =>
      all(authorisedSchema, `/api/v2/custom-fields/${fieldId}/authorized-values`, 'customFields:read'),
    customValues: (id) => all(customValueSchema, `${userPath(id)}/custom-fields/values`, 'users:read'),
    putCustomValues: (id, customValues) =>
      write('PUT', `${userPath(id)}/custom-fields/values`, { customValues }, 'users:write'),
    async *externalIds(filters = {}) {
      const list = {
        path: '/api/v2/external-ids',
        filters: { 'type[eq]': 'user', 'platform[eq]': platform, ...filters },
      };
      for await (const page of pages(z.array(mappingSchema), list, everybody('externalIds:read'))) {
        // A filter that is not understood gives the ids of other systems too.
        yield page.filter((mapping) => (mapping.platform ?? platform) === platform);
      }
    },
    createExternalId: (targetId, value) =>
      write('POST', '/api/v2/external-ids', { platform, targetType: 'user', targetId, value }, 'externalIds:write'),
    replaceExternalId: (id, targetId, value) =>
      write(
        'PUT',
        `/api/v2/external-ids/${id}`,
        { platform, targetType: 'user', targetId, value },
        'externalIds:write',
      ),
  };
}

function userPath(id: string): string {
  return `/api/v2/users/${encodeURIComponent(id)}`;
}

// In this path alone a role is spelled with a hyphen.
function membershipPath({ userId, groupId, role }: Membership): string {
  return `/api/v2/groups/${groupId}/${role === 'userAdmin' ? 'user-admin' : role}/${encodeURIComponent(userId)}`;
}
