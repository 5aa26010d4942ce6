import { afterEach, beforeEach } from 'vitest';
import { makeCompany } from '../../src/sandbox/company/make-company.js';
import { type ScimSystem, scim } from '../../src/sandbox/scim/index.js';
import type { ScimSettingsInput } from '../../src/sandbox/scim/settings.js';

export const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
export const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group';
export const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
export const EXTENSION = 'urn:ietf:params:scim:schemas:extension:sandbox:2.0:User';
export const PATCH_OP = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

/** The parts of an answer that these tests look at. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: the tests look into JSON of every shape
  readonly body: any;
}

/** A portal without anybody in it, for each test anew, and short words for the calls. */
export function stageScim() {
  let clock = 0;
  let portal: ScimSystem;
  const directory = () => portal.directory;

  beforeEach(async () => {
    clock = Date.parse('2026-11-24T02:00:00Z');
    const now = () => new Date(clock);
    const company = makeCompany({ size: 1, seed: 1, today: '2026-11-24' });
    portal = await scim.start({ company, now, port: 0 }, {}, []);
  });
  afterEach(() => portal.stop());

  const ask = async (
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer> => {
    const sent = {
      Authorization: 'Bearer sandbox-token',
      ...(body !== undefined && { 'Content-Type': 'application/scim+json' }),
      ...headers,
    };
    const url = path.startsWith('http') ? path : `${portal.url}${path}`;
    const response = await fetch(url, {
      ...{ method, headers: sent, signal: AbortSignal.timeout(5000) },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: text === '' ? null : JSON.parse(text) };
  };

  const post = (userName: string, values: object = {}) =>
    ask('POST', '/Users', { schemas: [USER, ENTERPRISE, EXTENSION], userName, ...values });
  const at = (id: string, endpoint = 'Users') => `/${endpoint}/${encodeURIComponent(id)}`;

  return {
    ask,
    at,
    post,
    directory,
    portal: () => portal,
    set: (settings: ScimSettingsInput) => portal.settings.change(settings),
    pass: (milliseconds: number) => {
      clock += milliseconds;
    },
    /** Makes a user and gives the answered resource. */
    user: async (userName: string, values: object = {}) => (await post(userName, values)).body,
    group: async (displayName: string, members: readonly string[] = []) =>
      (
        await ask('POST', '/Groups', {
          ...{ schemas: [GROUP], displayName, members: members.map((value) => ({ value })) },
        })
      ).body,
    get: async (id: string, endpoint = 'Users') => (await ask('GET', at(id, endpoint))).body,
    patch: (id: string, operations: readonly object[], endpoint = 'Users') =>
      ask('PATCH', at(id, endpoint), { schemas: [PATCH_OP], Operations: operations }),
    find: (filter: string, endpoint = 'Users') => ask('GET', `/${endpoint}?filter=${encodeURIComponent(filter)}`),
  };
}

/** An error as RFC 7644 words it. */
export function refusal(status: number, scimType?: string): object {
  return { status, body: { status: String(status), ...(scimType !== undefined && { scimType }) } };
}
