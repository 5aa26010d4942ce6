import { request as httpRequest } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { form, type MoodleStage, newUser, startStage } from '../support/moodle-site.js';

let stage: MoodleStage;

beforeEach(async () => {
  stage = await startStage();
});
afterEach(() => stage.system.stop());

const info = (extra: Readonly<Record<string, string>> = {}) => stage.call('core_webservice_get_site_info', {}, extra);
const create = (...users: object[]) => stage.call('core_user_create_users', { users });
const byField = (field: string, ...values: unknown[]) => stage.call('core_user_get_users_by_field', { field, values });
const fixed = (name: string) => ({ wstoken: stage.system.token, wsfunction: name, moodlewsrestformat: 'json' });

/** Calls with a Host header of one's own, which `fetch` does not let through. */
function callAs(host: string): Promise<{ status: number | undefined; location: string | undefined }> {
  return new Promise((resolve, reject) => {
    const sent = httpRequest(`${stage.system.url}/webservice/rest/server.php`, { method: 'POST', headers: { host } });
    sent.once('error', reject);
    sent.once('response', (response) => {
      response.resume();
      resolve({ status: response.statusCode, location: response.headers.location });
    });
    sent.end();
  });
}

describe('a call to the stand-in of Moodle', () => {
  it('answers in JSON only where that is asked for, else in XML with status 200', async () => {
    expect((await info()).body).toMatchObject({ siteid: 1, userid: 3, userissiteadmin: false });
    for (const moodlewsrestformat of ['', 'xml', 'JSON']) {
      const answer = await info({ moodlewsrestformat });
      expect(answer.status).toBe(200);
      expect(answer.headers.get('Content-Type')).toMatch(/^application\/xml/);
      expect(answer.text).toContain('<KEY name="userid"><VALUE>3</VALUE>');
    }
  });

  it('words an exception in XML too', async () => {
    const { text } = await info({ moodlewsrestformat: 'xml', wstoken: 'wrong' });
    expect(text).toMatch(/<EXCEPTION class="core\\exception\\moodle_exception">\n<ERRORCODE>invalidtoken<\/ERRORCODE>/);
  });

  it('reads parameters of the query and of the form, and the form wins', async () => {
    const query = `?${form({ ...fixed('core_webservice_get_site_info'), wstoken: 'wrong' })}`;
    expect((await stage.send('', { method: 'GET', body: null }, query)).body.errorcode).toBe('invalidtoken');
    expect((await stage.send(form({ wstoken: stage.system.token }), {}, query)).body.userid).toBe(3);
  });

  it('reads a form of several parts like any other', async () => {
    const body = new FormData();
    for (const [name, value] of Object.entries(fixed('core_user_get_users_by_field'))) body.append(name, value);
    body.append('field', 'id');
    body.append('values[0]', '3');
    const answer = await stage.send('', { body, headers: {} });
    expect(answer.body).toMatchObject([{ id: 3, username: 'hrsync' }]);
  });

  it('reads no JSON body and no bearer header: the token is missing then', async () => {
    const headers = { 'Content-Type': 'application/json', Authorization: `Bearer ${stage.system.token}` };
    const answer = await stage.send(JSON.stringify(fixed('core_webservice_get_site_info')), { headers });
    expect(answer.status).toBe(200);
    expect(answer.text).toContain('<ERRORCODE>invalidtoken</ERRORCODE>');
  });

  it('compares the token to the letter', async () => {
    for (const wstoken of ['', stage.system.token.toUpperCase(), ` ${stage.system.token}`]) {
      expect((await info({ wstoken })).body.errorcode).toBe('invalidtoken');
    }
  });

  it('drops the form fields beyond max_input_vars in silence: users are missing, the last one lacks fields', async () => {
    stage.system.settings.change({ maxInputVars: 3 + 6 + 5 });
    const answer = await create(newUser('a', { idnumber: '1' }), newUser('b', { idnumber: '2' }), newUser('c'));
    expect(answer.body).toHaveLength(2);
    expect(stage.site.findByUsername('b')).toMatchObject({ idnumber: '' });
  });

  it('refuses the whole call where that limit cuts into required fields', async () => {
    stage.system.settings.change({ maxInputVars: 3 + 5 + 2 });
    expect((await create(newUser('a'), newUser('b'))).body.errorcode).toBe('invalidparameter');
    expect(stage.site.findByUsername('a')).toBeNull();
  });

  it('finds nothing of the values beyond that limit, and updates nothing of them', async () => {
    await create(newUser('a'), newUser('b'));
    stage.system.settings.change({ maxInputVars: 5 });
    expect((await byField('username', 'a', 'b')).body).toMatchObject([{ username: 'a' }]);
    const users = [
      { id: 4, city: 'Oslo' },
      { id: 5, city: 'Oslo' },
    ];
    expect((await stage.call('core_user_update_users', { users })).body).toEqual({ warnings: [] });
    expect(stage.site.users.get(4)?.city).toBe('Oslo');
    expect(stage.site.users.get(5)?.city).toBe('');
  });

  it('loses a body over post_max_size, and answers as if there were no token, in XML', async () => {
    stage.system.settings.change({ postMaxSize: 200 });
    const answer = await create(newUser('a'), newUser('b'));
    expect(answer.status).toBe(200);
    expect(answer.text).toContain('<ERRORCODE>invalidtoken</ERRORCODE>');
    expect(stage.site.findByUsername('a')).toBeNull();
  });

  it('takes elements by any index in the order in which they came, and two elements for two empty brackets', async () => {
    const users = { 9: newUser('z'), 2: newUser('y') };
    // An object would put numbers in order, so the form is written by hand.
    const parts = [form({ users: { 9: users[9] } }), form({ users: { 2: users[2] } })];
    const answer = await stage.send(`${form(fixed('core_user_create_users'))}&${parts.join('&')}`);
    expect(answer.body.map(({ username }: { username: string }) => username)).toEqual(['z', 'y']);
    const broken = `${form(fixed('core_user_update_users'))}&users[][id]=4&users[][city]=Oslo`;
    expect((await stage.send(broken)).body.errorcode).toBe('invalidparameter');
  });

  it.each(['true', 'yes', '2', '', 'false'])('refuses %j as a boolean', async (suspended) => {
    const answer = await stage.call('core_user_update_users', { users: [{ id: 3, suspended }] });
    expect(answer.body.errorcode).toBe('invalidparameter');
  });

  it('refuses parameters that it does not know, at any depth', async () => {
    for (const parameters of [
      { users: [newUser('a')], dryrun: '1' },
      { users: [newUser('a', { suspended: '0' })] },
      { users: [newUser('a', { customfields: [{ type: 'badge', value: '1', name: 'Badge' }] })] },
    ]) {
      const { body } = await stage.call('core_user_create_users', parameters);
      expect(body.errorcode).toBe('invalidparameter');
    }
    expect((await info({ surprise: '1' })).body.errorcode).toBe('invalidparameter');
  });

  it('refuses a list that is missing or empty, which a form can only send as a text', async () => {
    expect((await stage.call('core_user_create_users')).body.errorcode).toBe('invalidparameter');
    expect((await stage.call('core_user_create_users', { users: '' })).body.errorcode).toBe('invalidparameter');
    expect((await stage.call('core_user_get_users', {})).body.errorcode).toBe('invalidparameter');
  });

  it('redirects a call under another host name than its own, with an empty way back for the form', async () => {
    stage.system.settings.change({ wwwroot: 'https://learn.acme.example' });
    const { status, headers } = await info();
    expect(status).toBe(303);
    expect(headers.get('Location')).toBe('https://learn.acme.example/webservice/rest/server.php');
    expect(headers.get('Content-Type')).toMatch(/^text\/html/);
    // Under its own name it answers, and says so.
    expect((await callAs('learn.acme.example')).status).toBe(200);
    stage.system.settings.change({ wwwroot: null });
    expect((await info()).body.siteurl).toBe(stage.system.url);
  });

  it('loses a redirected form on the way: an empty GET has no token', async () => {
    const { port } = new URL(stage.system.url);
    stage.system.settings.change({ wwwroot: `http://localhost:${port}` });
    const body = form(fixed('core_webservice_get_site_info'));
    const { text } = await stage.send(body, { redirect: 'follow' });
    expect(text).toContain('<ERRORCODE>invalidtoken</ERRORCODE>');
  });

  it('minds no doubled slash, and answers another path with 404 in HTML', async () => {
    const at = (path: string) => fetch(`${stage.system.url}${path}`, { method: 'POST' });
    expect((await at('//webservice//rest/server.php')).status).toBe(200);
    const missing = await at('/webservice/rest/serve.php');
    expect(missing.status).toBe(404);
    expect(missing.headers.get('Content-Type')).toMatch(/^text\/html/);
  });
});

describe('a refusal of the stand-in of Moodle', () => {
  it('gives its reason in debuginfo alone, and in the message where debugging is displayed', async () => {
    const refused = () => create(newUser('a', { email: 'x@localhost' }));
    expect(Object.keys((await refused()).body)).toEqual(['exception', 'errorcode', 'message']);
    stage.system.settings.change({ debug: true });
    const { body } = await refused();
    expect(body.debuginfo).toContain('x@localhost');
    expect(body.message).not.toContain('x@localhost');
    stage.system.settings.change({ debugDisplay: true });
    expect((await refused()).body.message).toContain(`(${body.debuginfo})`);
  });

  it.each([
    ['4.1', 'invalid_parameter_exception'],
    ['4.5', 'core\\exception\\invalid_parameter_exception'],
    ['5.1', 'core\\exception\\invalid_parameter_exception'],
  ] as const)('names classes in version %s as %s', async (version, exception) => {
    stage.system.settings.change({ version });
    expect((await create({})).body).toMatchObject({ exception, errorcode: 'invalidparameter' });
    expect((await info()).body.release).toMatch(new RegExp(`^${version}`));
  });

  it('puts no namespace before access and database exceptions', async () => {
    stage.system.settings.change({ functions: [] });
    expect((await info()).body).toMatchObject({
      exception: 'webservice_access_exception',
      errorcode: 'accessexception',
    });
  });

  it('tells an unknown function from one that the service does not hold', async () => {
    expect((await stage.call('core_user_invite_users')).body.errorcode).toBe('invalidrecordunknown');
    stage.system.settings.change({ functions: ['core_webservice_get_site_info'] });
    expect((await byField('id', 3)).body.errorcode).toBe('accessexception');
    expect((await info()).body.functions).toMatchObject([{ name: 'core_webservice_get_site_info' }]);
  });

  it.each([{ serviceEnabled: false }, { missingFromServiceUsers: true }, { ipAllowed: false }, { capabilities: [] }])(
    'refuses access with %j',
    async (change) => {
      stage.system.settings.change(change);
      expect((await info()).body.errorcode).toBe('accessexception');
    },
  );

  it('deletes a token that has run out by its first use', async () => {
    const expiresAt = new Date(stage.clock).toISOString();
    stage.system.settings.change({ tokens: [{ token: stage.system.token, expiresAt }] });
    expect((await info()).body.errorcode).toBe('accessexception');
    expect((await info()).body.errorcode).toBe('invalidtoken');
    stage.system.settings.change({ tokens: [{ token: 'another' }] });
    expect((await info({ wstoken: 'another' })).body.userid).toBe(3);
  });

  it('makes tokens void that an administrator deletes', async () => {
    stage.system.revokeTokens();
    expect((await info()).body.errorcode).toBe('invalidtoken');
  });

  it.each([
    [{ suspended: true }, 'wsaccessusersuspended'],
    [{ auth: 'nologin' }, 'wsaccessusernologin'],
    [{ confirmed: false }, 'wsaccessuserunconfirmed'],
  ])('lets no service user in who is %j', async (state, errorcode) => {
    const user = stage.site.users.get(3);
    if (user !== undefined) stage.site.change(user, state);
    expect((await info()).body.errorcode).toBe(errorcode);
  });

  it.each([
    [{ webServicesEnabled: false }, 403],
    [{ restEnabled: false }, 403],
    [{ maintenance: 'command_line' }, 503],
  ])('answers no exception but a status with %j', async (change, status) => {
    stage.system.settings.change(change);
    const answer = await info();
    expect(answer.status).toBe(status);
    expect(answer.headers.get('Content-Type')).toMatch(/^text\/html/);
    expect(answer.headers.get('Retry-After')).toBe(status === 503 ? '300' : null);
    expect(answer.text === '').toBe(status === 403);
  });

  it.each([
    [{ maintenance: 'web' }, 'sitemaintenance'],
    [{ upgradeRunning: true }, 'upgraderunning'],
  ])('answers every call with an exception with %j', async (change, errorcode) => {
    stage.system.settings.change(change);
    const answer = await info();
    expect(answer).toMatchObject({ status: 200, body: { errorcode } });
  });

  it('lets a service user who is not set up look at the site and nothing else', async () => {
    const user = stage.site.users.get(3);
    if (user === undefined) throw new Error('there is no service user');
    const refused = async () => (await byField('id', 1)).body.errorcode;
    stage.site.fields = stage.site.fields.map((field) => ({ ...field, required: field.shortname === 'badge' }));
    expect(await refused()).toBe('usernotfullysetup');
    expect((await info()).body.userid).toBe(3);
    stage.site.change(user, { custom: { badge: '1' }, preferences: { auth_forcepasswordchange: '1' } });
    expect(await refused()).toBe('forcepasswordchangenotice');
    stage.site.change(user, { preferences: {} });
    stage.system.settings.change({ policyToAccept: true });
    expect(await refused()).toBe('sitepolicynotagreed');
    stage.system.settings.change({ policyToAccept: false });
    expect((await byField('id', 1)).body).toHaveLength(1);
  });

  it('checks parameters before rights and rights before values, so that rights can be probed', async () => {
    const probes = async () => [
      (await create(newUser('a', { firstname: '' }))).body.errorcode,
      (await stage.call('core_user_update_users', { users: [{ id: 0 }] })).body,
      (await stage.call('core_user_delete_users', { userids: [0] })).body.errorcode,
    ];
    expect(await probes()).toEqual([
      'invalidparameter',
      { warnings: [expect.objectContaining({ item: 'user', itemid: 0, warningcode: 'invaliduserid' })] },
      'invalidrecordunknown',
    ]);
    stage.system.settings.change({ capabilities: ['webservice/rest:use'] });
    const [created, updated, deleted] = await probes();
    expect([created, updated.errorcode, deleted]).toEqual(['nopermissions', 'nopermissions', 'nopermissions']);
    expect((await create({ username: 'A' })).body.errorcode).toBe('invalidparameter');
    expect((await create(newUser('a'))).body.message).toContain('Create users');
  });
});

describe('an answer that is lost', () => {
  it('commits what was asked, though nobody waits for it any more', async () => {
    stage.system.settings.change({ workMilliseconds: 400 });
    const body = form({ ...fixed('core_user_create_users'), users: [newUser('a', { createpassword: '1' })] });
    const client = new AbortController();
    const answer = stage.send(body, { signal: client.signal });
    await expect.poll(() => stage.system.requests.list(), { timeout: 5000 }).toHaveLength(1);
    client.abort();
    await expect(answer).rejects.toThrow();
    expect(stage.site.findByUsername('a')).toBeNull();
    await expect.poll(() => stage.site.findByUsername('a'), { timeout: 5000 }).not.toBeNull();
    expect(stage.site.mails).toMatchObject([{ to: 'a@acme.example', kind: 'password' }]);
  });

  it('does nothing for a body that was not sent to its end', async () => {
    const body = form({ ...fixed('core_user_create_users'), users: [newUser('a')] });
    const headers = { 'Content-Type': 'application/x-www-form-urlencoded', 'Content-Length': String(body.length + 50) };
    const sent = httpRequest(`${stage.system.url}/webservice/rest/server.php`, { method: 'POST', headers });
    sent.once('error', () => undefined);
    await new Promise((resolve) => sent.write(body, resolve));
    await sleep(50);
    sent.destroy();
    await expect.poll(() => stage.system.requests.list(), { timeout: 5000 }).toHaveLength(1);
    expect(stage.site.findByUsername('a')).toBeNull();
  });

  it('can be ordered for one function by its name, and look-ups count as no writes', async () => {
    const { faults, requests } = stage.system;
    faults.add({ match: { route: 'core_user_create_users' }, fault: { kind: 'reset_after_commit' } });
    expect((await info()).status).toBe(200);
    await expect(create(newUser('a'))).rejects.toThrow();
    expect(stage.site.findByUsername('a')).not.toBeNull();
    expect(requests.list().map(({ route }) => route)).toEqual([
      'core_webservice_get_site_info',
      'core_user_create_users',
    ]);
    expect(requests.writes()).toHaveLength(1);
  });

  it('commits nothing where the server dies before', async () => {
    const fault = { kind: 'reset_before_commit' } as const;
    stage.system.faults.add({ match: { route: 'core_user_create_users' }, fault });
    await expect(create(newUser('a'))).rejects.toThrow();
    expect(stage.site.findByUsername('a')).toBeNull();
    expect((await create(newUser('a'))).body).toEqual([{ id: 4, username: 'a' }]);
  });
});
