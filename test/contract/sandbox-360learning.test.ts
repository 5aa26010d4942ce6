import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../src/sandbox/index.js';

/** The parts of an answer that these tests look at. */
interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: the tests look into JSON of every shape
  readonly body: any;
}

let clock = Date.parse('2026-11-24T02:00:00Z');
let sandbox: Sandbox;
let bearer: string;

const system = () => sandbox['360learning'];

async function ask(
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const response = await fetch(`${system().url}${path}`, {
    method,
    signal: AbortSignal.timeout(5000),
    headers: {
      ...{ 'Content-Type': 'application/json', Authorization: `Bearer ${bearer}`, '360-api-version': 'v2.0' },
      ...headers,
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === '' ? null : JSON.parse(text) };
}

const token = (changes: object = {}) => {
  const { clientId: client_id, clientSecret: client_secret } = system();
  const body = { grant_type: 'client_credentials', client_id, client_secret, ...changes };
  return ask('POST', '/api/v2/oauth2/token', body);
};
const membership = () => ({ groupId: system().platform.root.id, role: 'learner' });
const invite = (data: object, query = '') =>
  ask('POST', `/api/v2/users${query}`, { membership: membership(), ...data });

beforeEach(async () => {
  clock = Date.parse('2026-11-24T02:00:00Z');
  sandbox = await startSandbox({
    company: { size: 5 },
    staff: { '360learning': [] },
    now: () => new Date(clock),
    '360learning': { readsPerSecond: null, writesPerSecond: null },
  });
  bearer = (await token()).body.access_token;
});
afterEach(() => sandbox.stop());

describe("the stand-in of 360Learning's version 2", () => {
  it('gives tokens for an hour, and refuses in bare texts', async () => {
    expect((await token()).body).toMatchObject({ token_type: 'Bearer', expires_in: 3600 });
    // As the guides show it; the schema has a number.
    system().settings.change({ expiresInAsText: true });
    expect((await token()).body).toMatchObject({ expires_in: '3600' });
    expect(await token({ client_secret: 'wrong' })).toMatchObject({ status: 401, body: { error: 'invalid_client' } });
    expect(await token({ grant_type: 'password' })).toMatchObject({ body: { error: 'unsupported_grant_type' } });
    clock += 3_600_000;
    expect(await ask('GET', '/api/v2/users')).toMatchObject({ status: 401, body: { error: 'invalid_token' } });
  });

  it('wants the version in a header', async () => {
    expect((await ask('GET', '/api/v2/users', undefined, { '360-api-version': '' })).status).toBe(400);
  });

  it('counts reads and writes apart', async () => {
    system().settings.change({ readsPerSecond: 5, writesPerSecond: 2 });
    const statuses = async (method: string, path: string) =>
      (await Promise.all(Array.from({ length: 6 }, () => ask(method, path)))).map(({ status }) => status);
    expect((await statuses('GET', '/api/v2/groups')).filter((status) => status === 429)).toHaveLength(1);
    const writes = await statuses('DELETE', `/api/v2/users/${'0'.repeat(24)}`);
    expect(writes.filter((status) => status === 429)).toHaveLength(4);
    expect((await ask('DELETE', '/api/v2/users/x')).body).toEqual({ error: 'tooManyRequests' });
  });

  it('invites at creation, unless told not to, and leaves unset keys out', async () => {
    const { status, body } = await invite({ mail: 'a@acme.example', firstName: 'A' });
    expect(status).toBe(201);
    expect(Object.keys(body).sort()).toEqual(['_id', 'firstName', 'lang', 'mail', 'status']);
    await invite({ mail: 'b@acme.example' }, '?sendInvitationEmail=false');
    expect(system().platform.mails.map(({ to }) => to)).toEqual(['a@acme.example']);
  });

  it.each([
    [{ mail: 'owner@acme.example' }, 400, 'mailAlreadyUsed'],
    [{ mail: 'no mail' }, 400, 'mailInvalid'],
    [{}, 400, 'mailAndUsernameUndefined'],
    [{ username: 'a.b' }, 400, 'usernameNotAllowed'],
    [{ mail: 'a@acme.example', firstName: '' }, 400, 'invalidInput'],
    [{ mail: 'a@acme.example', nickname: 'x' }, 400, 'invalidInput'],
    [{ mail: 'a@acme.example', lang: 'de-DE' }, 400, 'invalidInput'],
    [{ mail: 'a@acme.example', toBeDeactivatedAt: '2026-01-01T00:00:00.000Z' }, 400, 'deactivationDateInvalid'],
    [{ mail: 'a@acme.example', membership: { groupId: '0'.repeat(24), role: 'learner' } }, 404, 'groupNotFound'],
    [{ mail: 'a@acme.example', membership: { groupId: 'x', role: 'learner' } }, 400, 'invalidInput'],
  ])('refuses to create %j', async (data, status, code) => {
    expect(await invite(data)).toMatchObject({ status, body: { error: { code } } });
    expect(system().platform.users.size).toBe(1);
  });

  it('brings somebody deleted back by the address: with values, without groups, reports and date', async () => {
    const { platform } = system();
    const [boss, report] = [
      (await invite({ mail: 'a@acme.example' })).body,
      (await invite({ mail: 'b@acme.example' })).body,
    ];
    const field = platform.addCustomField('Badge', 'string');
    platform.valuesOf(boss._id).set(field.id, '42');
    await ask('POST', `/api/v2/users/${report._id}/managers/${boss._id}`);
    await ask('PATCH', `/api/v2/users/${boss._id}`, { toBeDeactivatedAt: '2026-12-31T00:00:00.000Z' });
    expect((await ask('DELETE', `/api/v2/users/${boss._id}`)).status).toBe(204);
    const back = await invite({ mail: 'A@acme.example' });
    expect(back).toMatchObject({ status: 200, body: { _id: boss._id, status: 'invited' } });
    expect(back.body).not.toHaveProperty('toBeDeactivatedAt');
    expect(platform.subordinatesOf(boss._id)).toEqual([]);
    expect(platform.valuesOf(boss._id).size).toBe(1);
  });

  it('replaces the whole set of custom values', async () => {
    const { _id } = (await invite({ mail: 'a@acme.example' })).body;
    const [text, date] = [
      await ask('POST', '/api/v2/custom-fields', { name: 'Site', targetType: 'users', type: 'string' }),
      await ask('POST', '/api/v2/custom-fields', { name: 'Since', targetType: 'users', type: 'date' }),
    ].map(({ body }) => body._id);
    const path = `/api/v2/users/${_id}/custom-fields/values`;
    await ask('PUT', path, { customValues: [{ customFieldId: text, type: 'string', value: 'Porto' }] });
    const wrong = await ask('PUT', path, { customValues: [{ customFieldId: date, type: 'date', value: 'soon' }] });
    expect(wrong).toMatchObject({ status: 400, body: { error: { code: 'wrongTypeValue' } } });
    await ask('PUT', path, { customValues: [{ customFieldId: date, type: 'date', value: '2026-01-31' }] });
    expect((await ask('GET', path)).body).toEqual([{ customFieldId: date, type: 'date', value: '2026-01-31' }]);
  });

  it('tells of a bulk operation only once it has run, and completes also when an item fails', async () => {
    const { _id } = (await invite({ mail: 'a@acme.example' })).body;
    const input = [_id, '0'.repeat(24)].map((userId) => ({
      userId,
      groupId: system().platform.root.id,
      role: 'coach',
    }));
    const started = await ask('POST', '/api/v2/bulk/groups/memberships', { input });
    expect(started).toMatchObject({ status: 202, body: null });
    const path = new URL(started.headers.get('Location') ?? '').pathname;
    expect((await ask('GET', `${path}/results`)).body.error.code).toBe('bulkOperationNotRun');
    expect((await ask('GET', path)).body.status).toBe('pending');
    expect((await ask('GET', path)).body.status).toBe('completed');
    const results = (await ask('GET', `${path}/results`)).body;
    expect(results.map((one: Answer['body']) => one.status)).toEqual(['success', 'error']);
  });

  it('shows of a bulk operation the instants of the states that it has passed', async () => {
    system().settings.change({ bulkLooksUntilDone: 3 });
    const started = await ask('POST', '/api/v2/bulk/groups/memberships', { input: [] });
    const path = new URL(started.headers.get('Location') ?? '').pathname;
    const base = ['_id', 'type', 'createdAt', 'status'];
    const running = [...base, 'queuedAt', 'startedAt', 'progress'];
    for (const [status, keys] of [
      ['pending', base],
      ['queued', [...base, 'queuedAt']],
      ['running', running],
      ['completed', [...running, 'endedAt']],
    ] as const) {
      const { body } = await ask('GET', path);
      expect(body.status).toBe(status);
      expect(Object.keys(body).toSorted()).toEqual(keys.toSorted());
    }
  });

  it('takes a learner out of public subgroups too, down to the first private one', async () => {
    const { platform } = system();
    const { _id } = (await invite({ mail: 'a@acme.example' })).body;
    const open = platform.addGroup('Open', platform.root.id);
    const closed = platform.addGroup('Closed', open.id, false);
    const below = platform.addGroup('Below', closed.id);
    for (const { id } of [open, closed, below]) await ask('POST', `/api/v2/groups/${id}/learner/${_id}`);
    await ask('DELETE', `/api/v2/groups/${platform.root.id}/learner/${_id}`);
    expect(platform.rolesOf(_id).map(({ groupId }) => groupId)).toEqual([closed.id, below.id]);
  });

  it('deletes by itself at midnight, and shows the control API what it holds', async () => {
    const { _id } = (await invite({ mail: 'a@acme.example', toBeDeactivatedAt: '2026-12-01T00:00:00.000Z' })).body;
    const control = (path: string, init: RequestInit = {}) => fetch(`${sandbox.control.url}/360learning${path}`, init);
    const midnight = (day: string) => control('/midnight', { method: 'POST', body: JSON.stringify({ day }) });
    await midnight('2026-11-30');
    expect(system().platform.users.get(_id)?.status).toBe('invited');
    await midnight('2026-12-01');
    const { users } = (await (await control('/users')).json()) as Answer['body'];
    expect(users).toContainEqual(expect.objectContaining({ id: _id, status: 'deleted' }));
    expect((await control('/mails')).status).toBe(200);
    expect((await control('/groups')).status).toBe(200);
  });
});
