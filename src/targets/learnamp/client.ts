import type * as z from 'zod';
import type { HttpAnswer, HttpRequest, Query } from '../../http/client.js';
import type { AdapterWorld } from '../../http/world.js';
import { type Connection, connect } from './connection.js';
import { encoded } from './encode.js';
import type { Concern } from './errors.js';
import { countIn, readPages } from './pages.js';
import { type Team, teamSchema, teamsSchema, type User, userSchema, usersSchema } from './schema.js';
import type { LearnAmpSettings } from './settings.js';

type Body = Readonly<Record<string, unknown>>;

/** The calls of https://developers.learnamp.com/ that a target needs. They throw what `targets/target` promises. */
export interface LearnAmpClient extends Pick<Connection, 'grantedScopes' | 'usedUp'> {
  /** Users of every configured status, in full, page by page; `filters` as documented under "View all users". */
  users(filters?: Query): AsyncGenerator<readonly User[]>;
  /** Anybody with an address, or null where the first page shows nobody. */
  someUser(): Promise<User | null>;
  /** One user, or null when there is none. */
  user(id: string): Promise<User | null>;
  userByExternalId(externalId: string): Promise<User | null>;
  createUser(body: Body): Promise<User>;
  updateUser(id: string, body: Body): Promise<User>;
  deactivateUser(id: string): Promise<void>;
  reactivateUser(id: string): Promise<void>;
  /** Succeeds also when there is no such user. */
  deleteUser(id: string): Promise<void>;
  /** Makes the undocumented call that the settings name. */
  inviteUser(id: string, call: NonNullable<LearnAmpSettings['invite_call']>): Promise<void>;
  /** Every team. */
  teams(): Promise<readonly Team[]>;
  /** Makes a team without a parent and gives its id. */
  createTeam(name: string): Promise<number>;
  removeFromTeam(teamId: number, userId: number): Promise<void>;
  /** How many rows a list has (null where Learn Amp does not say), by reading one. */
  count(list: 'users' | 'teams'): Promise<number | null>;
}

/** Opens the API of one account. */
export function createLearnAmpClient(settings: LearnAmpSettings, world: AdapterWorld): LearnAmpClient {
  const connection = connect(settings, world);
  const { send, parsed } = connection;
  const perPage = settings.per_page;
  const everyStatus: Query = { 'filters[status][]': settings.statuses_to_list };

  async function read<Output>(schema: z.ZodType<Output>, request: HttpRequest, concern: Concern): Promise<Output> {
    return parsed(schema, request, await send(request, concern));
  }

  async function readOrNull(path: string, id: string | null = null): Promise<User | null> {
    const request: HttpRequest = { method: 'GET', path, accept: [404] };
    const answer = await send(request, 'person');
    if (answer.status === 404) return null;
    return id === null ? parsed(userSchema, request, answer) : about(id, request, answer);
  }

  // What a reply says of another account proves nothing of this one.
  function about(id: string, request: HttpRequest, answer: HttpAnswer): User {
    const user = parsed(userSchema, request, answer);
    if (String(user.id) === id) return user;
    throw connection.unreadable(request, answer, `account ${user.id}, and not ${id}`);
  }

  // A PUT or DELETE that is sent twice leaves what it leaves when sent once; two POSTs make two of a thing.
  async function write(method: 'PUT' | 'DELETE', path: string, accept: readonly number[] = []): Promise<void> {
    await send({ method, path, repeatable: true, accept }, 'person');
  }

  return {
    grantedScopes: connection.grantedScopes,
    usedUp: connection.usedUp,
    users: (filters = {}) =>
      readPages(connection, {
        path: '/v1/users',
        query: { ...everyStatus, expanded: true, ...filters },
        perPage,
        schema: usersSchema,
      }),
    async someUser() {
      const request: HttpRequest = { method: 'GET', path: '/v1/users', query: { ...everyStatus, page: 1, perPage: 1 } };
      const users = await read(usersSchema, request, 'everybody');
      return users.find(({ email }) => email) ?? null;
    },
    user: (id) => readOrNull(`/v1/users/${segment(id)}`, id),
    userByExternalId: (externalId) => readOrNull(`/v1/users/by_integration_external_id/${segment(externalId)}`),
    createUser(body) {
      const request: HttpRequest = { method: 'POST', path: '/v1/users', ...encoded(body, settings.body_encoding) };
      return read(userSchema, request, 'person');
    },
    async updateUser(id, body) {
      const path = `/v1/users/${segment(id)}`;
      const request: HttpRequest = { method: 'PUT', path, repeatable: true, ...encoded(body, settings.body_encoding) };
      return about(id, request, await send(request, 'person'));
    },
    deactivateUser: (id) => write('PUT', `/v1/users/${segment(id)}/deactivate`),
    reactivateUser: (id) => write('PUT', `/v1/users/${segment(id)}/reactivate`),
    deleteUser: (id) => write('DELETE', `/v1/users/${segment(id)}`, [404]),
    async inviteUser(id, { method, path }) {
      await send({ method, path: path.replaceAll('{id}', segment(id)) }, 'person');
    },
    async teams() {
      const teams: Team[] = [];
      const list = { path: '/v1/teams', query: {}, perPage, schema: teamsSchema };
      for await (const page of readPages(connection, list)) teams.push(...page);
      return teams;
    },
    async createTeam(name) {
      const path = '/v1/teams';
      const request: HttpRequest = { method: 'POST', path, ...encoded({ name }, settings.body_encoding) };
      return (await read(teamSchema, request, 'person')).id;
    },
    removeFromTeam: (teamId, userId) => write('DELETE', `/v1/teams/${teamId}/users/${userId}`, [404]),
    async count(list) {
      const query = { page: 1, perPage: 1, ...(list === 'users' && everyStatus) };
      const answer = await send({ method: 'GET', path: `/v1/${list}`, query }, 'everybody');
      return countIn(answer.headers['total']);
    },
  };
}

// An employee id with a slash in it must stay one segment: https://developers.learnamp.com/ asks for %2F.
function segment(id: string): string {
  return encodeURIComponent(id);
}
