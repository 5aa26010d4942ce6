import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { type Sandbox, startSandbox } from '../../src/sandbox/index.js';

type Send = (method: string, path: string, body?: unknown, headers?: Record<string, string>) => Promise<Response>;

/** A call that is refused: what is wrong with it, the call, and the status that it comes to. */
type Row = readonly [what: string, method: string, path: string, body: unknown, status: number];

let sandbox: Sandbox;
const NOBODY = '0'.repeat(24);

/** Sends JSON, or a text as it is under the type that the headers give it. */
function sender(base: string, usual: Record<string, string>): Send {
  return (method, path, body, headers = {}) => {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const type = body === undefined ? {} : { 'content-type': 'application/json' };
    return fetch(`${base}${path}`, {
      method,
      headers: { ...type, ...usual, ...headers },
      ...(body !== undefined && { body: text }),
    });
  };
}

async function tokenOf(url: string, form: Record<string, string>, isJson = false): Promise<string> {
  const body = isJson ? JSON.stringify(form) : new URLSearchParams(form);
  const headers = isJson ? { 'content-type': 'application/json' } : {};
  const answer = await fetch(url, { method: 'POST', body, headers });
  return z.object({ access_token: z.string() }).parse(await answer.json()).access_token;
}

const grant = ({ clientId, clientSecret }: { readonly clientId: string; readonly clientSecret: string }) => ({
  ...{ grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret },
});

beforeAll(async () => {
  sandbox = await startSandbox({
    company: { size: 20, seed: 1, today: '2026-11-24' },
    '360learning': { readsPerSecond: null, writesPerSecond: null },
    personio: { employeesPerSecond: null, employeesPerMinute: null, otherRefillPerSecond: null },
  });
});
afterAll(() => sandbox.stop());

describe("the stand-in of 360Learning's version 2 refuses", () => {
  const system = () => sandbox['360learning'];
  let send: Send;
  let field: string;
  let user: string;
  beforeAll(async () => {
    const token = await tokenOf(`${system().url}/api/v2/oauth2/token`, grant(system()), true);
    send = sender(`${system().url}/api/v2`, { authorization: `Bearer ${token}`, '360-api-version': 'v2.0' });
    field = system().platform.addCustomField('Badge', 'string').id;
    user = system().platform.add({ mail: 'a@acme.example' }, 'active').id;
  });
  const fill = (value: unknown): unknown =>
    JSON.parse(
      JSON.stringify(value)
        .replaceAll('FIELD', field)
        .replaceAll('USER', user)
        .replaceAll('GROUP', system().platform.root.id),
    );
  const one = { customFieldId: 'FIELD', type: 'string', value: '42' };
  const values = '/users/USER/custom-fields/values';
  const membership = { groupId: 'GROUP', role: 'learner' };
  const mapping = { platform: 'hr', targetType: 'user', targetId: 'USER', value: '1' };
  const item = { userId: 'USER', groupId: 'GROUP', role: 'learner' };

  const rows: readonly (readonly [...Row, code: string])[] = [
    [
      'a custom value without its type',
      'PUT',
      values,
      { customValues: [{ ...one, type: undefined }] },
      400,
      'invalidInput',
    ],
    [
      'a custom value without its field',
      'PUT',
      values,
      { customValues: [{ ...one, customFieldId: undefined }] },
      400,
      'invalidInput',
    ],
    ['an empty custom value', 'PUT', values, { customValues: [{ ...one, value: '' }] }, 400, 'invalidInput'],
    ['a custom value of null', 'PUT', values, { customValues: [{ ...one, value: null }] }, 400, 'invalidInput'],
    ['a custom value that is a number', 'PUT', values, { customValues: [{ ...one, value: 42 }] }, 400, 'invalidInput'],
    ['a type that does not exist', 'PUT', values, { customValues: [{ ...one, type: 'number' }] }, 400, 'invalidInput'],
    [
      "a type that is not the field's own",
      'PUT',
      values,
      { customValues: [{ ...one, type: 'date', value: '2026-01-31' }] },
      400,
      'wrongTypeValue',
    ],
    [
      'an unknown custom field',
      'PUT',
      values,
      { customValues: [{ ...one, customFieldId: NOBODY }] },
      404,
      'customFieldNotFound',
    ],
    ['more than 300 custom values', 'PUT', values, { customValues: Array(301).fill(one) }, 400, 'invalidInput'],
    ['custom values without the list', 'PUT', values, {}, 400, 'invalidInput'],
    ['an update with an empty name', 'PATCH', '/users/USER', { firstName: '' }, 400, 'invalidInput'],
    ['an update with a name that is a number', 'PATCH', '/users/USER', { firstName: 7 }, 400, 'invalidInput'],
    ['an update with an unknown language', 'PATCH', '/users/USER', { lang: 'de-DE' }, 400, 'invalidInput'],
    ['an update that clears the language', 'PATCH', '/users/USER', { lang: null }, 400, 'invalidInput'],
    ['an update with a key that does not exist', 'PATCH', '/users/USER', { customFields: [] }, 400, 'invalidInput'],
    [
      'an update with a day for an instant',
      'PATCH',
      '/users/USER',
      { toBeDeactivatedAt: '2030-01-01' },
      400,
      'invalidInput',
    ],
    [
      'a primary group that the user is not in',
      'PATCH',
      '/users/USER',
      { primaryGroupId: NOBODY },
      400,
      'notMemberOfPrimaryGroup',
    ],
    ['a new user without membership', 'POST', '/users', { mail: 'b@acme.example' }, 400, 'invalidInput'],
    [
      'a new user without role',
      'POST',
      '/users',
      { mail: 'b@acme.example', membership: { groupId: 'GROUP' } },
      400,
      'invalidInput',
    ],
    [
      'a new user with an unknown role',
      'POST',
      '/users',
      { mail: 'b@acme.example', membership: { ...membership, role: 'trainer' } },
      400,
      'invalidInput',
    ],
    [
      'a new user with a null name',
      'POST',
      '/users',
      { mail: 'b@acme.example', membership, firstName: null },
      400,
      'invalidInput',
    ],
    [
      'an invitation that is neither sent nor not',
      'POST',
      '/users?sendInvitationEmail=no',
      { mail: 'b@acme.example', membership },
      400,
      'invalidInput',
    ],
    [
      'an external id without platform',
      'POST',
      '/external-ids',
      { ...mapping, platform: undefined },
      400,
      'invalidInput',
    ],
    ['an external id that is a number', 'POST', '/external-ids', { ...mapping, value: 1 }, 400, 'invalidInput'],
    [
      'an external id of an unknown kind',
      'POST',
      '/external-ids',
      { ...mapping, targetType: 'person' },
      400,
      'invalidInput',
    ],
    ['an external id of nobody', 'POST', '/external-ids', { ...mapping, targetId: NOBODY }, 404, 'resourceNotFound'],
    [
      'a custom field without name',
      'POST',
      '/custom-fields',
      { targetType: 'users', type: 'string' },
      400,
      'invalidName',
    ],
    [
      'a custom field without type',
      'POST',
      '/custom-fields',
      { name: 'Site', targetType: 'users' },
      400,
      'invalidInput',
    ],
    [
      'a custom field of a type that does not exist',
      'POST',
      '/custom-fields',
      { name: 'Site', targetType: 'users', type: 'list' },
      400,
      'invalidInput',
    ],
    ['memberships without list', 'POST', '/bulk/groups/memberships', {}, 400, 'invalidInput'],
    [
      'a membership without role',
      'POST',
      '/bulk/groups/memberships',
      { input: [{ ...item, role: undefined }] },
      400,
      'invalidInput',
    ],
    ['a filter that does not exist', 'GET', '/users?email%5Beq%5D=a@acme.example', undefined, 400, 'invalidInput'],
    ['an operator that does not exist', 'GET', '/users?mail[like]=a', undefined, 400, 'invalidInput'],
    ['a status that does not exist', 'GET', '/users?status[eq]=deactivated', undefined, 400, 'invalidInput'],
    ['a page size', 'GET', '/users?limit=10', undefined, 400, 'invalidInput'],
    [
      'a member for a group that is not there',
      'POST',
      `/groups/${NOBODY}/learner/USER`,
      undefined,
      404,
      'groupNotFound',
    ],
    ['an update that comes as PUT', 'PUT', '/users/USER', { job: 'Lead' }, 404, 'notFound'],
  ];
  it.each(rows)('%s', async (_, method, path, body, status, code) => {
    const before = JSON.stringify([...system().platform.users.values()]);
    const answer = await send(method, String(fill(path)), body === undefined ? undefined : fill(body));
    expect([answer.status, await answer.json()]).toMatchObject([status, { error: { code } }]);
    expect(JSON.stringify([...system().platform.users.values()])).toBe(before);
    expect(system().platform.valuesOf(user).size).toBe(0);
  });

  it('a body that is no JSON, or not said to be', async () => {
    const form = await send('PATCH', `/users/${user}`, 'job=Lead', {
      'content-type': 'application/x-www-form-urlencoded',
    });
    expect([form.status, await form.json()]).toMatchObject([415, { error: { code: 'badMediaType' } }]);
    expect((await send('PATCH', `/users/${user}`, '{')).status).toBe(400);
  });
});

describe('the stand-in of Learn Amp refuses', () => {
  let send: Send;
  let id: number;
  beforeAll(async () => {
    const { url } = sandbox.learnamp;
    const token = await tokenOf(`${url}/oauth/token`, grant(sandbox.learnamp));
    send = sender(`${url}/v1`, { authorization: `Bearer ${token}` });
    id = sandbox.lms.add({ email: 'a@acme.example', firstName: 'A', lastName: 'B' }, 'confirmed').id;
  });
  const person = { email: 'n@acme.example', firstName: 'N', lastName: 'N' };

  const rows: readonly (readonly [...Row, error: string])[] = [
    [
      'a user without last name',
      'POST',
      '/users',
      { ...person, lastName: undefined },
      400,
      'lastName is missing, lastName is empty',
    ],
    ['a name that is a list', 'POST', '/users', { ...person, firstName: ['N'] }, 400, 'firstName is invalid'],
    [
      'an unknown language',
      'POST',
      '/users',
      { ...person, language: 'de-DE' },
      400,
      'language does not have a valid value',
    ],
    ['the role of an owner', 'POST', '/users', { ...person, role: 'owner' }, 400, 'role does not have a valid value'],
    ['an unknown role', 'PUT', '/users/ID', { ...person, role: 'learner' }, 400, 'role does not have a valid value'],
    ['a day of another form', 'POST', '/users', { ...person, hireDate: '31.12.2020' }, 400, 'hireDate is invalid'],
    [
      'a team that is no number',
      'POST',
      '/users',
      { ...person, primaryTeamId: 'Sales' },
      400,
      'primaryTeamId is invalid',
    ],
    [
      'secondary teams that are no list',
      'POST',
      '/users',
      { ...person, secondaryTeamIds: 1 },
      400,
      'secondaryTeamIds is invalid',
    ],
    [
      'custom fields by key',
      'POST',
      '/users',
      { ...person, customFields: { Badge: '1' } },
      400,
      'customFields is invalid',
    ],
    [
      'a custom field without name',
      'POST',
      '/users',
      { ...person, customFields: [{ value: '1' }] },
      400,
      'customFields.0.name is missing',
    ],
    [
      'a key that is not documented',
      'POST',
      '/users',
      { ...person, leaveDate: '2026-12-31' },
      400,
      'leaveDate is not a documented parameter',
    ],
    [
      'a skills role while creating',
      'POST',
      '/users',
      { ...person, occupationRole: 'Engineer' },
      400,
      'occupationRole is not a documented parameter',
    ],
    [
      'a reactivation that is no flag',
      'PUT',
      '/users/ID',
      { ...person, reactivate: 'yes' },
      400,
      'reactivate is invalid',
    ],
    ['a team without name', 'POST', '/teams', { tags: 'x' }, 400, 'name is missing, name is empty'],
    [
      'an unknown filter',
      'GET',
      '/users?filters[mail]=a@acme.example',
      undefined,
      400,
      'filters[mail] is not a documented parameter',
    ],
    [
      'an unknown status',
      'GET',
      '/users?filters[status][]=active',
      undefined,
      400,
      'filters[status][] does not have a valid value',
    ],
    ['a deactivation that comes as POST', 'POST', '/users/ID/deactivate', undefined, 404, 'Not found'],
  ];
  it.each(rows)('%s', async (_, method, path, body, status, error) => {
    const before = JSON.stringify(sandbox.lms.list());
    const answer = await send(method, path.replace('ID', String(id)), body);
    expect([answer.status, await answer.json()]).toMatchObject([status, { error }]);
    expect(JSON.stringify(sandbox.lms.list())).toBe(before);
  });

  it('a body of another type', async () => {
    expect((await send('POST', '/users', JSON.stringify(person), { 'content-type': 'text/plain' })).status).toBe(415);
  });

  it('nothing that is undocumented where the settings say so', async () => {
    sandbox.learnamp.settings.change({ undocumented: 'ignore' });
    expect((await send('PUT', `/users/${id}`, { ...person, avatar: 'x' })).status).toBe(200);
    expect((await send('GET', '/users?filters[mail]=x')).status).toBe(200);
    sandbox.learnamp.settings.change({ undocumented: 'refuse' });
  });
});

describe('the stand-in of LearnUpon refuses', () => {
  let send: Send;
  let id: number;
  beforeAll(() => {
    const { url, username, password } = sandbox.learnupon;
    const text = Buffer.from(`${username}:${password}`).toString('base64');
    send = sender(url, { authorization: `Basic ${text}` });
    id = sandbox.portal.add({ email: 'a@acme.example' }).id;
  });
  const user = { email: 'n@acme.example', password: 'secret-1' };

  const rows: readonly (readonly [...Row, message: string])[] = [
    [
      'a user without password',
      'POST',
      '/users',
      { User: { email: user.email } },
      422,
      'Password is too short (minimum is 6 characters)',
    ],
    ['a user without e-mail', 'POST', '/users', { User: { password: user.password } }, 422, 'email is missing'],
    [
      'an unknown type of user',
      'POST',
      '/users',
      { User: { ...user, user_type: 'owner' } },
      422,
      'user_type is not included in the list',
    ],
    [
      'an unknown language',
      'POST',
      '/users',
      { User: { ...user, language: 'de-DE' } },
      422,
      'Language is not included in the list',
    ],
    ['a flag that is a number', 'PUT', '/users/ID', { User: { enabled: 1 } }, 422, 'enabled is invalid'],
    [
      'a day of another form',
      'PUT',
      '/users/ID',
      { User: { account_expires: '31.12.2026' } },
      422,
      'account_expires is invalid',
    ],
    ['a name that is a list', 'PUT', '/users/ID', { User: { first_name: ['N'] } }, 422, 'first_name is invalid'],
    [
      'a key that is not documented',
      'PUT',
      '/users/ID',
      { User: { job_title: 'Lead' } },
      422,
      'job_title is not a documented parameter',
    ],
    [
      'a new e-mail while creating',
      'POST',
      '/users',
      { User: { ...user, new_email: 'x@acme.example' } },
      422,
      'new_email is not a documented parameter',
    ],
    [
      'custom data that is a text',
      'PUT',
      '/users/ID',
      { User: { CustomData: 'Badge=1' } },
      422,
      'CustomData is invalid',
    ],
    ['a body without wrapper', 'POST', '/users', user, 404, 'Invalid user parameters provided'],
    ['a group without title', 'POST', '/groups', { Group: {} }, 422, 'title is missing'],
    [
      'a membership without user',
      'POST',
      '/group_memberships',
      { GroupMembership: { group_id: 1 } },
      422,
      'group_id and user_id are required',
    ],
    ['an invitation without e-mail', 'POST', '/portal_invite', { Invite: {} }, 422, 'email is missing'],
    [
      'an invitation to an unknown membership',
      'POST',
      '/portal_invite',
      { Invite: { email: 'i@acme.example', portal_membership_type_id: 9 } },
      422,
      'portal_membership_type_id is invalid',
    ],
    [
      'group invitations without addresses',
      'POST',
      '/group_invites',
      { GroupInvite: {} },
      422,
      'email_addresses is missing',
    ],
    [
      'an update that comes as PATCH',
      'PATCH',
      '/users/ID',
      { User: { enabled: false } },
      404,
      'Request failed with 404',
    ],
  ];
  it.each(rows)('%s', async (_, method, path, body, status, message) => {
    const before = JSON.stringify([sandbox.portal.list(), [...sandbox.portal.invites]]);
    const answer = await send(method, path.replace('ID', String(id)), body);
    expect([answer.status, await answer.json()]).toMatchObject([status, { message }]);
    expect(JSON.stringify([sandbox.portal.list(), [...sandbox.portal.invites]])).toBe(before);
  });

  it('a body that is not said to be JSON', async () => {
    const body = JSON.stringify({ User: user });
    expect((await send('POST', '/users', body, { 'content-type': 'text/plain' })).status).toBe(404);
  });
});

describe('the stand-ins of HR systems refuse', () => {
  it('queries of Kombo that are not as described', async () => {
    const { url, apiKey, integrationId } = sandbox.kombo;
    const send = sender(url, { authorization: `Bearer ${apiKey}`, 'x-integration-id': integrationId });
    const bad = ['employees?include_deleted=yes', 'employees?employment_statuses=active', 'employees?limit=10'];
    for (const query of [
      ...bad,
      'groups?types=DIVISION',
      'groups?employment_statuses=ACTIVE',
      'locations?types=TEAM',
    ]) {
      const answer = await send('GET', `/hris/${query}`);
      expect([query, answer.status, await answer.json()]).toMatchObject([
        query,
        400,
        { error: { code: 'PLATFORM.INPUT_INVALID' } },
      ]);
    }
    expect((await send('POST', '/force-sync', { type: 'SOME' })).status).toBe(400);
    expect((await send('POST', '/hris/employees', {})).status).toBe(404);
    sandbox.kombo.settings.change({ undocumented: 'ignore' });
    expect((await send('GET', '/hris/employees?limit=10')).status).toBe(200);
  });

  it("queries of Personio's versions that are not as described", async () => {
    const { url } = sandbox.personio;
    const token = await tokenOf(`${url}/v2/auth/token`, grant(sandbox.personio));
    const send = sender(url, { authorization: `Bearer ${token}` });
    const v1 = ['page=2', 'limit=0', 'offset=-1', 'attributes=email', 'updated_since=2026-01-01T00:00:00Z'];
    for (const query of v1)
      expect([query, (await send('GET', `/v1/company/employees?${query}`)).status]).toEqual([query, 400]);
    for (const query of ['department=x', 'status=LEAVE', 'updated_at.gt=2026-01-01', 'email.gt=x', 'limit=100']) {
      expect([query, (await send('GET', `/v2/persons?${query}`)).status]).toEqual([query, 400]);
    }
    expect((await send('POST', '/v1/company/employees', {})).status).toBe(404);
  });

  it('webhooks of Personio that are not as described, and a body for a ping', async () => {
    const { url } = sandbox.personio;
    const token = await tokenOf(`${url}/v2/auth/token`, grant(sandbox.personio));
    const send = sender(url, { authorization: `Bearer ${token}` });
    const good = { url: 'https://hooks.example/a', enabled_events: ['person.created'] };
    const bad = [
      { ...good, url: 'http://hooks.example/a' },
      { ...good, enabled_events: [] },
      { ...good, enabled_events: ['person.promoted'] },
      { ...good, status: 'enabled' },
      { ...good, events: [] },
      { ...good, custom_headers: { a: '1', b: '2', c: '3', d: '4' } },
    ];
    for (const body of bad) expect((await send('POST', '/v2/webhooks', body)).status, JSON.stringify(body)).toBe(422);
    expect((await send('POST', '/v2/webhooks', JSON.stringify(good), { 'content-type': 'text/plain' })).status).toBe(
      422,
    );
    const made = z.object({ id: z.string() }).parse(await (await send('POST', '/v2/webhooks', good)).json());
    expect((await send('POST', `/v2/webhooks/${made.id}/ping`, {})).status).toBe(400);
    expect((await send('POST', `/v2/webhooks/${made.id}/ping`)).status).toBe(200);
    expect((await send('GET', '/v2/webhooks?limit=201')).status).toBe(400);
  });
});
