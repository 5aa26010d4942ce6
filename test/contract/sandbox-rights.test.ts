import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../src/sandbox/index.js';

/** The parts of an answer that these tests look at. */
interface Answer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: the tests look into JSON of every shape
  readonly body: any;
}

let sandbox: Sandbox;

async function ask(url: string, method: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
  const response = await fetch(url, {
    method,
    headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? null : JSON.parse(text) };
}

const control = (method: string, path: string, body?: unknown) => ask(`${sandbox.control.url}${path}`, method, body);

async function learnAmp(): Promise<(method: string, path: string, body?: unknown) => Promise<Answer>> {
  const { url, clientId: client_id, clientSecret: client_secret } = sandbox.learnamp;
  const grant = { grant_type: 'client_credentials', client_id, client_secret };
  const token = (await ask(`${url}/oauth/token`, 'POST', grant)).body.access_token;
  return (method, path, body) => ask(`${url}/v1${path}`, method, body, { authorization: `Bearer ${token}` });
}

async function learning360(): Promise<(method: string, path: string, body?: unknown) => Promise<Answer>> {
  const { url, clientId: client_id, clientSecret: client_secret } = sandbox['360learning'];
  const grant = { grant_type: 'client_credentials', client_id, client_secret };
  const token = (await ask(`${url}/api/v2/oauth2/token`, 'POST', grant)).body.access_token;
  const headers = { authorization: `Bearer ${token}`, '360-api-version': 'v2.0' };
  return (method, path, body) => ask(`${url}/api/v2${path}`, method, body, headers);
}

function learnUpon(method: string, path: string, body?: unknown): Promise<Answer> {
  const { url, username, password } = sandbox.learnupon;
  const text = Buffer.from(`${username}:${password}`).toString('base64');
  return ask(`${url}${path}`, method, body, { authorization: `Basic ${text}` });
}

beforeEach(async () => {
  sandbox = await startSandbox({
    company: { size: 5 },
    '360learning': { readsPerSecond: null, writesPerSecond: null },
  });
});
afterEach(() => sandbox.stop());

describe('rights in the learning platforms', () => {
  it('Learn Amp has an owner and an admin from the start, and takes accounts of any role by hand', async () => {
    const person = { firstName: 'Cora', lastName: 'Curator', email: 'cora@acme.example', role: 'curator' };
    const { body } = await control('POST', '/learnamp/accounts', person);
    await control('PATCH', `/learnamp/accounts/${body.id}`, { role: 'super_admin' });
    const { users } = (await (await learnAmp())('GET', '/users')).body;
    const roles = users.map(({ email, role }: Record<string, string>) => [email, role]);
    expect(roles).toEqual([
      ['owner@acme.example', 'owner'],
      ['admin@acme.example', 'admin'],
      ['cora@acme.example', 'super_admin'],
    ]);
  });

  it('360Learning has an owner and an administrator, and says of users and groups who has which role', async () => {
    const call = await learning360();
    const { platform } = sandbox['360learning'];
    const group = [...platform.groups.values()].find((one) => one !== platform.root);
    const person = { mail: 'cora@acme.example', role: 'coach', group: group?.name };
    const { id } = (await control('POST', '/360learning/users', person)).body;
    await control('PUT', `/360learning/users/${id}/roles`, { role: 'userAdmin' });
    expect((await call('GET', `/users/${id}/roles`)).body).toEqual([
      { groupId: group?.id, role: 'coach' },
      { groupId: platform.root.id, role: 'userAdmin' },
    ]);
    const members = (await call('GET', `/groups/${platform.root.id}/roles`)).body;
    expect(members.map(({ role }: Record<string, string>) => role)).toEqual(['owner', 'admin', 'userAdmin']);
    expect((await call('DELETE', `/users/${platform.owner.id}`)).body.error.code).toBe('userIsCompanyOwner');
  });

  it('LearnUpon has an admin, and shows and takes the type of a user', async () => {
    const { id } = (await control('POST', '/learnupon/users', { email: 'c@acme.example', user_type: 'instructor' }))
      .body;
    const types = async () => (await learnUpon('GET', '/users')).body.user.map((one: Answer['body']) => one.user_type);
    expect(await types()).toEqual(['admin', 'instructor']);
    expect((await learnUpon('PUT', `/users/${id}`, { User: { user_type: 'manager' } })).status).toBe(200);
    expect(await types()).toEqual(['admin', 'manager']);
    await control('PATCH', `/learnupon/users/${id}`, { enabled: false });
    expect((await learnUpon('GET', `/users/${id}`)).body.user[0]).toMatchObject({
      enabled: false,
      user_type: 'manager',
    });
  });

  it('who is there from the start can be chosen', async () => {
    await sandbox.stop();
    sandbox = await startSandbox({
      company: { size: 5 },
      staff: {
        learnamp: [{ email: 'o@x.example', firstName: 'O', lastName: 'O', role: 'owner' }],
        '360learning': [{ mail: 'b@x.example', firstName: 'B', lastName: 'B', role: 'editor' }],
        learnupon: [],
      },
    });
    expect(sandbox.lms.list().map(({ email }) => email)).toEqual(['o@x.example']);
    expect([...sandbox['360learning'].platform.users.values()].map(({ mail }) => mail)).toContain('b@x.example');
    expect(sandbox.portal.list()).toEqual([]);
  });
});

describe('addresses that differ by capitals alone', () => {
  it('stand in the list of Learn Amp both, and the filter minds capitals where told to', async () => {
    const call = await learnAmp();
    const person = { firstName: 'P', lastName: 'P' };
    expect((await control('POST', '/learnamp/accounts', { ...person, email: 'p@acme.example' })).status).toBe(201);
    expect((await control('POST', '/learnamp/accounts', { ...person, email: 'P@acme.example' })).status).toBe(201);
    expect((await control('POST', '/learnamp/accounts', { ...person, email: 'P@acme.example' })).status).toBe(400);
    const found = async (email: string) =>
      (await call('GET', `/users?filters[email]=${email}`)).body.users.map((one: Answer['body']) => one.email);
    expect(await found('p@acme.example')).toEqual(['p@acme.example', 'P@acme.example']);
    await control('PATCH', '/learnamp/settings', { emailFilterMindsCase: true });
    expect(await found('P@acme.example')).toEqual(['P@acme.example']);
    expect((await call('GET', '/users')).body.users).toHaveLength(4);
    expect((await call('POST', '/users', { ...person, email: 'P@Acme.example' })).status).toBe(400);
  });

  it('are found in LearnUpon and 360Learning the same way', async () => {
    const call = await learning360();
    for (const email of ['p@acme.example', 'P@acme.example']) {
      expect((await control('POST', '/360learning/users', { mail: email })).status).toBe(201);
      expect((await control('POST', '/learnupon/users', { email })).status).toBe(201);
    }
    const inPortal = async () => (await learnUpon('GET', '/users/search?email=P@acme.example')).body.user.length;
    const inPlatform = async () => (await call('GET', '/users?mail[eq]=P@acme.example')).body.length;
    expect([await inPortal(), await inPlatform()]).toEqual([2, 1]);
    sandbox.learnupon.settings.change({ searchMindsCase: true });
    sandbox['360learning'].settings.change({ mailFilterMindsCase: false });
    expect([await inPortal(), await inPlatform()]).toEqual([1, 2]);
  });
});

describe('endings', () => {
  it('are answered with success and do nothing where told so', async () => {
    for (const name of ['learnamp', '360learning', 'learnupon']) {
      await control('PATCH', `/${name}/settings`, { ignoresEndings: true });
    }
    const [amp, platform] = [await learnAmp(), await learning360()];
    const account = sandbox.lms.add({ email: 'a@acme.example', firstName: 'A', lastName: 'A' }, 'confirmed');
    const user = sandbox['360learning'].platform.add({ mail: 'a@acme.example' }, 'active');
    const portalUser = sandbox.portal.add({ email: 'a@acme.example' });
    expect((await amp('PUT', `/users/${account.id}/deactivate`)).status).toBe(204);
    expect((await platform('DELETE', `/users/${user.id}`)).status).toBe(204);
    expect((await learnUpon('PUT', `/users/${portalUser.id}`, { User: { enabled: false } })).status).toBe(200);
    expect((await learnUpon('DELETE', `/users/${portalUser.id}`)).status).toBe(200);
    expect([account.status, user.status, portalUser.enabled]).toEqual(['confirmed', 'active', true]);
    expect(sandbox.portal.users.has(portalUser.id)).toBe(true);
  });

  it('at 360Learning leave a user who says so to whoever updates them, and a group that nobody can join', async () => {
    const call = await learning360();
    const { platform } = sandbox['360learning'];
    const user = platform.add({ mail: 'a@acme.example' }, 'active');
    const group = platform.addGroup('Gone', platform.root.id);
    await control('DELETE', `/360learning/groups/${group.id}`);
    expect((await call('POST', `/groups/${group.id}/learner/${user.id}`)).body.error.code).toBe('groupNotFound');
    expect((await control('DELETE', `/360learning/groups/${platform.root.id}`)).status).toBe(400);
    await control('DELETE', `/360learning/users/${user.id}`);
    expect(await call('PATCH', `/users/${user.id}`, { job: 'Lead' })).toMatchObject({
      status: 200,
      body: { status: 'deleted', job: 'Lead' },
    });
  });

  it('at 360Learning wait while the bulk queue is busy', async () => {
    const call = await learning360();
    sandbox['360learning'].settings.change({ bulkHeldByOthers: 3 });
    const busy = await call('POST', '/bulk/groups/memberships', { input: [] });
    expect([busy.status, busy.body.error.code]).toEqual([429, 'bulkOperationsConcurrencyLimitReached']);
    sandbox['360learning'].settings.change({ bulkHeldByOthers: 2 });
    expect((await call('POST', '/bulk/groups/memberships', { input: [] })).status).toBe(202);
  });
});
