import type { HttpAnswer, HttpRequest } from '../../http/client.js';
import type { Connection } from './connection.js';
import type { Concern } from './errors.js';
import type { Operation } from './patch.js';
import type { Resource } from './path.js';
import {
  answeredSchema,
  type Provider,
  pageSchema,
  providerSchema,
  resourceSchema,
  type ScimResource,
  schemasSchema,
} from './schema.js';

export type Kind = 'Users' | 'Groups';

/** One page of a list. */
export interface Page {
  readonly resources: readonly ScimResource[];
  /** How many there are in all; null where the server does not say. */
  readonly total: number | null;
  readonly nextCursor: string | null;
}

/** The parameters of https://www.rfc-editor.org/rfc/rfc7644#section-3.4.2 and https://www.rfc-editor.org/rfc/rfc9865 */
export type PageQuery = Readonly<
  Partial<Record<'filter' | 'startIndex' | 'count' | 'cursor' | 'excludedAttributes', string | number>>
>;

/** The calls of https://www.rfc-editor.org/rfc/rfc7644 that a target needs. They throw what `targets/target` promises. */
export interface ScimClient extends Pick<Connection, 'usedUp'> {
  page(kind: Kind, query: PageQuery): Promise<Page>;
  /** What a filter finds; null where the server does not take it. */
  filtered(kind: Kind, filter: string): Promise<readonly ScimResource[] | null>;
  /** One user, or null when there is none. */
  user(id: string): Promise<ScimResource | null>;
  /** Makes a user and gives its id. */
  createUser(body: Resource): Promise<string>;
  patchUser(id: string, operations: readonly Operation[]): Promise<void>;
  putUser(id: string, body: Resource): Promise<void>;
  /** Succeeds also when there is no such user. */
  deleteUser(id: string): Promise<void>;
  /** Makes a group without members and gives its id. */
  createGroup(displayName: string): Promise<string>;
  patchGroup(id: string, operations: readonly Operation[]): Promise<void>;
  /** What the server says of itself; null where it says nothing. */
  provider(): Promise<Provider | null>;
  /** The names of all attributes by schema; null where the server does not tell them. */
  schemas(): Promise<ReadonlyMap<string, readonly string[]> | null>;
}

const PATCH = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';
const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group';
/** Members may be many thousands, and nothing here needs to know them. */
const WITHOUT_MEMBERS: PageQuery = { excludedAttributes: 'members' };
/** How servers say that they do not know a filter or an endpoint. */
const NOT_OFFERED = [400, 404, 405, 501];

/** The service over its connection. */
export function createScimClient({ send, parsed, unreadable, usedUp }: Connection): ScimClient {
  async function make(kind: Kind, json: Resource, concern: Concern): Promise<string> {
    const request: HttpRequest = { method: 'POST', path: `/${kind}`, json };
    const answer = await send(request, concern);
    const body = answeredSchema.safeParse(answer.body);
    const id = (body.success ? body.data?.id : undefined) ?? idIn(answer.headers['location']);
    if (id === undefined) throw unreadable(request, answer, 'neither an id nor a Location of what was made');
    return id;
  }

  // An operation that sets or removes leaves the same when it is sent twice; adding a member again is ignored.
  async function patch(kind: Kind, id: string, Operations: readonly Operation[], concern: Concern): Promise<void> {
    const json = { schemas: [PATCH], Operations };
    await send({ method: 'PATCH', path: `/${kind}/${encodeURIComponent(id)}`, json, repeatable: true }, concern);
  }

  async function offered(path: string): Promise<HttpAnswer | null> {
    const answer = await send({ method: 'GET', path, accept: NOT_OFFERED }, 'everybody');
    return NOT_OFFERED.includes(answer.status) ? null : answer;
  }

  return {
    usedUp,
    async page(kind, query) {
      const request = listRequest(kind, query);
      return pageFrom(await send(request, 'everybody'), request);
    },
    async filtered(kind, filter) {
      const request = { ...listRequest(kind, { filter }), accept: NOT_OFFERED };
      const answer = await send(request, 'everybody');
      return NOT_OFFERED.includes(answer.status) ? null : pageFrom(answer, request).resources;
    },
    async user(id) {
      const request: HttpRequest = { method: 'GET', path: `/Users/${encodeURIComponent(id)}`, accept: [404] };
      const answer = await send(request, 'account');
      if (answer.status === 404) return null;
      const user = parsed(resourceSchema, request, answer);
      // What a reply says of another account proves nothing of this one.
      if (user.id !== id) throw unreadable(request, answer, `account ${user.id}, and not ${id}`);
      return user;
    },
    createUser: (body) => make('Users', body, 'creation'),
    patchUser: (id, operations) => patch('Users', id, operations, 'account'),
    async putUser(id, json) {
      await send({ method: 'PUT', path: `/Users/${encodeURIComponent(id)}`, json, repeatable: true }, 'account');
    },
    async deleteUser(id) {
      const path = `/Users/${encodeURIComponent(id)}`;
      await send({ method: 'DELETE', path, repeatable: true, accept: [404] }, 'account');
    },
    createGroup: (displayName) => make('Groups', { schemas: [GROUP], displayName }, 'group'),
    patchGroup: (id, operations) => patch('Groups', id, operations, 'group'),
    async provider() {
      const answer = await offered('/ServiceProviderConfig');
      const read = providerSchema.safeParse(answer?.body);
      return read.success ? read.data : null;
    },
    async schemas() {
      const answer = await offered('/Schemas');
      const read = schemasSchema.safeParse(answer?.body);
      if (!read.success) return null;
      return new Map(read.data.Resources.map(({ id, attributes }) => [id, attributes.map(({ name }) => name)]));
    },
  };

  function pageFrom(answer: HttpAnswer, request: HttpRequest): Page {
    const { Resources, totalResults = null, nextCursor = null } = parsed(pageSchema, request, answer);
    return { resources: Resources ?? [], total: totalResults, nextCursor };
  }
}

/** A filter with one comparison, which is all that servers have in common; the value is a JSON string. */
export function equals(attribute: string, value: string): string {
  return `${attribute} eq ${JSON.stringify(value)}`;
}

// Everything is percent-encoded: a space as "+" is not understood everywhere.
function listRequest(kind: Kind, query: PageQuery): HttpRequest {
  const pairs = Object.entries(kind === 'Groups' ? { ...query, ...WITHOUT_MEMBERS } : query);
  const writtenQuery = pairs.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&');
  return { method: 'GET', path: `/${kind}`, writtenQuery };
}

function idIn(location: string | undefined): string | undefined {
  const last = location
    ?.split(/[?#]/)[0]
    ?.split('/')
    .filter((part) => part !== '')
    .at(-1);
  if (last === undefined) return undefined;
  try {
    return decodeURIComponent(last);
  } catch {
    return last;
  }
}
