import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FaultOrder, type Sandbox, startSandbox } from '../../src/sandbox/index.js';

/** The parts of an answer that these tests look at. */
interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: the tests look into JSON of every shape
  readonly body: any;
}

const night = Date.parse('2026-11-24T02:00:00Z');
let clock = night;
let sandbox: Sandbox;

async function ask(url: string, init: RequestInit = {}): Promise<Answer> {
  const response = await fetch(url, { signal: AbortSignal.timeout(5000), ...init });
  const text = await response.text();
  const isJson = response.headers.get('Content-Type')?.includes('json') && text !== '';
  return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
}

const json = (method: string, body: unknown, headers: Record<string, string> = {}): RequestInit => ({
  method,
  headers: { 'Content-Type': 'application/json', ...headers },
  body: JSON.stringify(body),
});

beforeEach(async () => {
  clock = night;
  const company = { size: 250, seed: 1, today: '2026-11-24' };
  // An owner alone, so that the numbers of accounts are easy to follow.
  const owner = { email: 'owner@acme.example', firstName: 'Olivia', lastName: 'Owner', role: 'owner' };
  sandbox = await startSandbox({ company, staff: { learnamp: [owner] }, now: () => new Date(clock) });
});
afterEach(() => sandbox.stop());

describe("the stand-in of Personio's v1 API", () => {
  const credentials = () => ({ client_id: sandbox.personio.clientId, client_secret: sandbox.personio.clientSecret });
  const auth = (body: object = credentials()) => ask(`${sandbox.personio.url}/v1/auth`, json('POST', body));
  const token = async (): Promise<string> => (await auth()).body.data.token;
  const read = (path: string, bearer: string) =>
    ask(`${sandbox.personio.url}/v1/company/employees${path}`, { headers: { Authorization: `Bearer ${bearer}` } });
  const valuesOf = (body: Answer['body'], key: string): unknown[] =>
    body.data.map((one: Answer['body']) => one.attributes[key]?.value);

  it('gives the same token for 24 hours, to JSON and to form bodies', async () => {
    const first = await auth();
    expect(first.body).toEqual({
      success: true,
      data: { token: expect.stringMatching(/^papi-/), expires_in: 86_400, scope: 'employees:read' },
    });
    clock += 3_600_000;
    const form = await ask(`${sandbox.personio.url}/v1/auth`, {
      method: 'POST',
      body: new URLSearchParams(credentials()),
    });
    expect(form.body.data).toMatchObject({ token: first.body.data.token, expires_in: 82_800 });
    clock += 86_400_000;
    expect((await read('', first.body.data.token)).status).toBe(401);
    expect((await auth()).body.data.token).not.toBe(first.body.data.token);
  });

  it('answers wrong and query-string credentials with 403', async () => {
    const wrong = await auth({ client_id: 'x', client_secret: 'y' });
    expect(wrong).toMatchObject({
      status: 403,
      body: { success: false, error: { code: 0, message: 'Wrong credentials' } },
    });
    const query = await ask(`${sandbox.personio.url}/v1/auth?${new URLSearchParams(credentials())}`, {
      method: 'POST',
    });
    expect(query.status).toBe(403);
  });

  it('closes the token route for a minute after 60 requests in one', async () => {
    const statuses = [];
    for (let count = 0; count < 61; count += 1) statuses.push((await auth()).status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(60);
    clock += 50_000;
    expect((await auth()).status).toBe(429);
    clock += 10_000;
    expect((await auth()).status).toBe(200);
  });

  it('pages by row, 50 unless told, 100 at most, and repeats the token', async () => {
    const bearer = await token();
    const first = await read('', bearer);
    expect(first.headers.get('Authorization')).toBe(`Bearer ${bearer}`);
    expect(first.body).toMatchObject({
      success: true,
      metadata: { total_elements: 250, current_page: 0, total_pages: 5 },
      offset: 0,
      limit: 50,
    });
    const last = await read('?limit=100&offset=200', bearer);
    expect(last.body.data).toHaveLength(50);
    expect(last.body.metadata.current_page).toBe(2);
    expect((await read('?limit=100&offset=250', bearer)).body.data).toEqual([]);
    expect(await read('?limit=101', bearer)).toMatchObject({ status: 400, body: { success: false } });
  });

  it('wraps every value, and mixes the forms of dates, tags and nothing', async () => {
    const { body } = await read('?limit=100', await token());
    expect(body.data[0]).toMatchObject({
      type: 'Employee',
      attributes: {
        id: { label: 'ID', value: 1001, type: 'integer', universal_id: 'id' },
        weekly_working_hours: { value: expect.stringMatching(/^\d/) },
        dynamic_1234567: { label: 'Badge', type: 'integer', universal_id: null },
      },
    });
    expect(body.data[20].attributes.supervisor.value).toMatchObject({
      type: 'Employee',
      attributes: { id: { value: expect.any(Number) }, email: { label: 'Email' } },
    });
    const offsets = new Set(valuesOf(body, 'hire_date').map((date) => String(date).slice(19)));
    expect(offsets).toEqual(new Set(['+00:00', '+01:00', '+02:00']));
    const nothings = valuesOf(body, 'team').filter((team) => JSON.stringify(team).length < 5);
    expect(new Set(nothings.map((one) => JSON.stringify(one)))).toEqual(new Set(['null', '""', '[]']));
    const tags = valuesOf(body, 'dynamic_2345678').map(String);
    expect(tags.some((text) => text.startsWith('["'))).toBe(true);
    expect(tags.some((text) => /^[^[]+,/.test(text))).toBe(true);
  });

  it('shows a credential what it may read, and of that what is asked for', async () => {
    const { clientId, clientSecret } = sandbox.personio;
    sandbox.personio.settings.change({ credentials: [{ clientId, clientSecret, readable: ['email', 'status'] }] });
    const bearer = await token();
    expect(Object.keys((await read('?limit=1', bearer)).body.data[0].attributes)).toEqual(['id', 'email', 'status']);
    const some = await read('?limit=1&attributes[]=status&attributes[]=position', bearer);
    expect(Object.keys(some.body.data[0].attributes)).toEqual(['id', 'status']);
    for (const path of ['/attributes', '/custom-attributes']) {
      const catalogue = (await read(path, bearer)).body.data;
      expect(catalogue.map(({ key }: { key: string }) => key)).toEqual(['id', 'email', 'status']);
    }
  });

  it('finds by id and by e-mail, and reports changes since an instant', async () => {
    const bearer = await token();
    const one = await read('/1005', bearer);
    const email: string = one.body.data.attributes.email.value;
    expect(valuesOf((await read(`?email=${email}`, bearer)).body, 'id')).toEqual([1005]);
    expect(await read('/99', bearer)).toMatchObject({ status: 404, body: { success: false } });
    const since = new Date(clock).toISOString().slice(0, 19);
    sandbox.hr.apply({ kind: 'promote', person: 1007, to: 'Director' });
    sandbox.hr.apply({ kind: 'rename_department', department: 'Sales', to: 'Revenue' });
    expect(valuesOf((await read(`?updated_since=${since}&email=${email}`, bearer)).body, 'id')).toEqual([1007]);
    expect((await read(`?updated_since=${since}&attributes[]=email`, bearer)).body.data).toEqual([]);
  });

  it('admits 15 requests a second', async () => {
    const bearer = await token();
    const answers = await Promise.all(Array.from({ length: 16 }, () => read('?limit=1', bearer)));
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(1);
    expect(answers.every(({ headers }) => headers.get('Retry-After') === null)).toBe(true);
    clock += 1000;
    expect((await read('?limit=1', bearer)).status).toBe(200);
  });

  it('loses attributes, people and tokens when told to', async () => {
    const bearer = await token();
    const fail = (fault: FaultOrder['fault']) => sandbox.personio.faults.add({ fault, match: { route: 'employees' } });
    fail({ kind: 'lost_attribute', attributes: ['position'] });
    expect((await read('?limit=1', bearer)).body.data[0].attributes.position).toBeUndefined();
    fail({ kind: 'empty_list' });
    expect((await read('', bearer)).body).toMatchObject({ success: true, metadata: { total_elements: 0 }, data: [] });
    fail({ kind: 'revoke_tokens' });
    expect(await read('', bearer)).toMatchObject({ status: 401, body: { success: false } });
    expect((await read('?limit=1', await token())).status).toBe(200);
  });
});

describe('the stand-in of Learn Amp', () => {
  let headers: Record<string, string>;
  const tokenFor = (scope?: string) =>
    ask(`${sandbox.learnamp.url}/oauth/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: sandbox.learnamp.clientId,
        client_secret: sandbox.learnamp.clientSecret,
        ...(scope !== undefined && { scope }),
      }),
    });
  const call = (method: string, path: string, body?: unknown) =>
    ask(`${sandbox.learnamp.url}/v1${path}`, body === undefined ? { method, headers } : json(method, body, headers));
  const anna = { email: 'anna@acme.example', firstName: 'Anna', lastName: 'Groß', integrationExternalId: '1001' };
  const create = (data: object = {}) => call('POST', '/users', { ...anna, ...data });
  const signIn = async (scope?: string) => {
    headers = { Authorization: `Bearer ${(await tokenFor(scope)).body.access_token}` };
  };

  beforeEach(() => signIn());

  it('gives tokens by client credentials, and minds scopes', async () => {
    expect((await tokenFor()).body).toEqual({
      access_token: expect.any(String),
      token_type: 'Bearer',
      expires_in: 7200,
      scope: 'public',
      created_at: Math.floor(clock / 1000),
    });
    const { clientId, clientSecret } = sandbox.learnamp;
    sandbox.learnamp.settings.change({ keys: [{ clientId, clientSecret, scopes: ['users:read', 'teams:read'] }] });
    expect(await tokenFor()).toMatchObject({ status: 400, body: { error: 'invalid_scope' } });
    await signIn('users:read teams:read');
    expect((await call('GET', '/users')).status).toBe(200);
    expect(await create()).toMatchObject({
      status: 403,
      body: { error: 'Access to this resource requires scope "users:create".' },
    });
    clock += 7_200_000;
    expect((await call('GET', '/users')).status).toBe(401);
  });

  it('invites at creation unless told not to', async () => {
    const invited = await create();
    expect(invited).toMatchObject({
      status: 201,
      body: { ...anna, status: { status: 'Invite pending', time: 'Sent 24 Nov 26' }, primaryTeam: null, manager: null },
    });
    const quiet = await create({ email: 'b@acme.example', integrationExternalId: '1002', skipInvitation: true });
    expect(quiet.body.status).toEqual({ status: 'Not yet invited' });
    expect(sandbox.lms.mails).toEqual([
      { to: anna.email, account: invited.body.id, kind: 'invitation', at: new Date(clock).toISOString() },
    ]);
  });

  it('takes forms as well as JSON', async () => {
    const { id: team } = (await call('POST', '/teams', { name: 'Sales' })).body;
    const form = new URLSearchParams({ ...anna, skipInvitation: 'true' });
    form.append('secondaryTeamIds[]', String(team));
    form.append('customFields[][name]', 'Badge');
    form.append('customFields[][value]', '7');
    const url = `${sandbox.learnamp.url}/v1/users`;
    const made = await ask(url, { method: 'POST', headers, body: form });
    expect(made).toMatchObject({
      status: 201,
      body: { secondaryTeams: [{ id: team, teamUsersCount: 1, manager: {} }] },
    });
    expect(sandbox.lms.find(made.body.id)?.customFields).toEqual({ Badge: '7' });
    expect(sandbox.lms.mails).toEqual([]);
  });

  it('words its refusals as documented', async () => {
    await create();
    expect((await call('POST', '/users', { firstName: '', lastName: 'X' })).body).toEqual({
      error: 'email is missing, email is empty, firstName is empty',
      fullErrors: { email: ['is missing', 'is empty'], firstName: ['is empty'] },
    });
    const other = { email: 'b@acme.example', integrationExternalId: '1002' };
    const refusals: [object, number, string][] = [
      [
        { integrationExternalId: '1002', email: 'ANNA@acme.example' },
        400,
        'Validation failed: Email has already been taken',
      ],
      [{ email: 'b@acme.example' }, 400, 'Validation failed: Integration external id has already been taken'],
      [{ ...other, managerId: 1, managerEmail: 'x' }, 400, 'managerId, managerEmail are mutually exclusive'],
      [
        { ...other, managerEmail: 'x@y.example' },
        400,
        'managerEmail must match an existing user email within your company',
      ],
      [
        { ...other, primaryTeamIntegrationExternalId: 'x' },
        400,
        'primaryTeamIntegrationExternalId must match existing teams integration external IDs',
      ],
      [{ ...other, customFields: [{ name: 'Nope', value: '1' }] }, 404, 'Not found'],
      [{ ...other, language: 'EN' }, 400, 'language does not have a valid value'],
      [{ ...other, role: 'owner' }, 400, 'role does not have a valid value'],
    ];
    for (const [data, status, error] of refusals) {
      expect(await create(data)).toMatchObject({ status, body: { error } });
    }
    expect(sandbox.lms.list()).toHaveLength(2);
    expect(await call('PUT', '/users/2', { ...anna, occupationRole: 'Wizard' })).toMatchObject({
      status: 422,
      body: { error: 'occupationRole does not match an existing role in your company' },
    });
    expect((await call('PUT', '/users/2', { jobTitle: 'Lead' })).status).toBe(400);
    expect((await call('PUT', '/users/77', anna)).status).toBe(404);
  });

  it('finds by external id, escaped or all digits, and never falls back to its own id', async () => {
    const odd = 'A/1 ü%2F';
    await create({ integrationExternalId: odd });
    const path = `/users/by_integration_external_id/${encodeURIComponent(odd)}`;
    expect((await call('GET', path)).body.email).toBe(anna.email);
    expect((await call('PUT', path, { ...anna, integrationExternalId: null })).body.integrationExternalId).toBeNull();
    expect((await call('GET', '/users/by_integration_external_id/2')).status).toBe(404);
    expect((await call('GET', '/users/2.json')).status).toBe(200);
  });

  it('leaves out what an update does not name, and clears what is null or empty', async () => {
    await create({
      jobTitle: 'Lead',
      location: 'Berlin',
      hireDate: '2026-12-01',
      customFields: [{ name: 'Badge', value: '7' }],
    });
    const kept = await call('PUT', '/users/2', { ...anna, location: '' });
    expect(kept.body).toMatchObject({ jobTitle: 'Lead', location: null, hireDate: '2026-12-01' });
    await call('PUT', '/users/2', { ...anna, customFields: [{ name: 'Notes', value: 'x' }] });
    expect(sandbox.lms.find(2)?.customFields).toEqual({ Badge: '7', Notes: 'x' });
    await call('PUT', '/users/2', { ...anna, customFields: [{ name: 'Badge', value: null }] });
    expect(sandbox.lms.find(2)?.customFields).toEqual({ Notes: 'x' });
  });

  it('ignores custom values in silence when they are switched off, and keeps required ones', async () => {
    sandbox.learnamp.settings.change({ customFieldsEnabled: false });
    expect((await create({ customFields: [{ name: 'Nope', value: '1' }] })).status).toBe(201);
    sandbox.learnamp.settings.change({ customFieldsEnabled: true, customFields: [{ name: 'Badge', required: true }] });
    const cleared = await call('PUT', '/users/2', { ...anna, customFields: [{ name: 'Badge', value: '' }] });
    expect(cleared).toMatchObject({
      status: 400,
      body: { error: "Validation failed: Value can't be blank", fullErrors: { value: ["can't be blank"] } },
    });
  });

  it('lists in pages, filtered', async () => {
    for (let number = 1; number <= 30; number += 1) {
      const name = { email: `p${number}@acme.example`, firstName: number < 11 ? 'Änne' : 'Bob' };
      await create({ ...name, integrationExternalId: String(number), skipInvitation: number % 2 === 0 });
    }
    const page = await call('GET', '/users?page=2');
    expect(page.body.users).toHaveLength(6);
    expect(Object.keys(page.body.users[0])).not.toContain('manager');
    expect(['Total', 'Per-Page', 'Total-Pages'].map((name) => page.headers.get(name))).toEqual(['31', '25', '2']);
    expect((await call('GET', '/users?perPage=500')).headers.get('Per-Page')).toBe('100');
    const totals: Record<string, number> = {
      'filters[email]=P7@acme.example': 1,
      'filters[integration_external_id]=7': 1,
      'filters[first_name]=NNE': 10,
      'filters[role]=viewer': 30,
      'filters[no_team]=true': 31,
      'filters[status][]=not_invited&filters[status][]=confirmed': 16,
      'filters[status][]=not_invited,confirmed': 16,
      'filters[created_at][from]=2000-01-01&filters[created_at][to]=2000-12-31': 0,
    };
    for (const [query, total] of Object.entries(totals)) {
      expect((await call('GET', `/users?expanded=true&${query}`)).headers.get('Total'), query).toBe(String(total));
    }
  });

  it('takes teams, reports and lists away from whoever is deactivated, and does not give them back', async () => {
    const { id: team } = (await call('POST', '/teams', { name: 'Sales', integrationExternalId: 'T1' })).body;
    await create({ primaryTeamId: team });
    await call('PUT', '/teams/by_external_id/T1', { managerId: 2 });
    await create({ email: 'b@acme.example', integrationExternalId: '1002', managerEmail: 'ANNA@acme.example' });
    expect((await call('GET', '/users/3')).body.manager.id).toBe(2);
    expect(await call('PUT', '/users/2/deactivate')).toMatchObject({ status: 204, body: '' });
    const gone = (await call('GET', '/users/2')).body;
    expect(gone).toMatchObject({ status: { status: 'Deactivated' }, primaryTeam: null });
    expect((await call('GET', '/users/3')).body.manager.id).toBe(1);
    expect((await call('GET', `/teams/${team}`)).body).toMatchObject({
      teamUsersCount: 0,
      users: [],
      manager: { id: 1 },
    });
    expect(
      (
        await call('PUT', '/users/3', {
          ...anna,
          email: 'b@acme.example',
          integrationExternalId: '1002',
          managerEmail: anna.email,
        })
      ).status,
    ).toBe(400);
    expect((await call('PUT', '/users/2/reactivate')).status).toBe(204);
    expect((await call('GET', '/users/2')).body).toMatchObject({
      status: { status: 'Invite pending' },
      primaryTeam: null,
    });
    expect((await call('PUT', '/users/1/deactivate')).status).toBe(422);
    expect((await call('DELETE', '/users/2')).status).toBe(204);
    expect((await call('GET', '/users/2')).status).toBe(404);
    expect((await create()).status).toBe(201);
    expect(sandbox.lms.mails.map(({ account }) => account)).toEqual([2, 3, 4]);
  });

  it('keeps teams and their members', async () => {
    const sales = (await call('POST', '/teams', { name: 'Sales', integrationExternalId: 'T/1', tags: 'a, b' })).body;
    expect(await call('POST', '/teams', { name: 'Other', integrationExternalId: 'T/1' })).toMatchObject({
      status: 400,
      body: { error: 'Integration external id has already been taken' },
    });
    expect(await call('POST', '/teams', { name: 'Other', parentTeamId: 99 })).toMatchObject({
      status: 400,
      body: { error: 'parentTeamId must match existing teams IDs' },
    });
    const north = (await call('POST', '/teams', { name: 'Sales North', parentTeamName: 'Sales' })).body;
    expect(north.parentTeam.id).toBe(sales.id);
    expect((await call('GET', '/teams?filters[name]=sales')).body.teams).toHaveLength(2);
    await create();
    const link = { id: expect.any(Number), teamId: sales.id, userId: 2 };
    expect(await call('POST', `/teams/${sales.id}/users`, { userId: 2 })).toMatchObject({ status: 201, body: link });
    const joined = await call('POST', '/teams/users', {
      teamName: 'Sales North',
      userEmail: anna.email,
      isPrimary: true,
    });
    expect(joined.status).toBe(201);
    expect((await call('GET', '/users/2')).body).toMatchObject({
      primaryTeam: { id: north.id },
      secondaryTeams: [{ id: sales.id }],
    });
    expect((await call('GET', '/teams/by_external_id/T%2F1/users')).body.users).toHaveLength(1);
    expect((await call('DELETE', `/teams/by_external_id/T%2F1/users/2`)).status).toBe(204);
    expect((await call('DELETE', `/teams/${sales.id}/users/2`)).status).toBe(404);
    expect((await call('DELETE', `/teams/${north.id}`)).status).toBe(204);
    expect((await call('GET', '/users/2')).body).toMatchObject({ primaryTeam: null, secondaryTeams: [] });
  });

  it('keeps a pace when told to, with and without a hint', async () => {
    sandbox.learnamp.settings.change({ requestsPerSecond: 2, retryAfterSeconds: 1 });
    const answers = await Promise.all([1, 2, 3].map(() => call('GET', '/users')));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 429]);
    expect(answers.find(({ status }) => status === 429)?.headers.get('Retry-After')).toBe('1');
  });

  it('fails before and after it has done what was asked', async () => {
    const failing = async (fault: FaultOrder['fault']): Promise<string> => {
      sandbox.learnamp.faults.add({ fault, match: { route: 'users.create' } });
      const before = sandbox.lms.list().length;
      const email = `p${before}-${fault.kind}@acme.example`;
      const sent = await create({ email, integrationExternalId: email }).then(
        ({ status, body }) => `${status} ${typeof body}`,
        (error: Error) => error.name,
      );
      sandbox.learnamp.faults.clear();
      return `${sent}, ${sandbox.lms.list().length - before} created`;
    };
    expect(await failing({ kind: 'status', status: 500 })).toBe('500 object, 0 created');
    expect(await failing({ kind: 'error_after_commit' })).toBe('500 object, 1 created');
    expect(await failing({ kind: 'html' })).toBe('200 string, 0 created');
    expect(await failing({ kind: 'empty_body' })).toBe('200 string, 0 created');
    expect(await failing({ kind: 'truncated_json' })).toBe('SyntaxError, 1 created');
    expect(await failing({ kind: 'reset_before_commit' })).toBe('TypeError, 0 created');
    expect(await failing({ kind: 'reset_after_commit' })).toBe('TypeError, 1 created');
    expect(await failing({ kind: 'timeout_after_commit', answerAfter: 30 })).toBe('201 object, 1 created');
    expect(await failing({ kind: 'slow_drip', bytes: 200, every: 5 })).toBe('201 object, 1 created');
  });

  it('never answers when told so, and still stops', async () => {
    for (const kind of ['timeout_before_commit', 'timeout_after_commit'] as const) {
      sandbox.learnamp.faults.add({ fault: { kind }, match: { route: 'users.create' } });
      const signal = AbortSignal.timeout(100);
      const silent = fetch(`${sandbox.learnamp.url}/v1/users`, { ...json('POST', anna, headers), signal });
      await expect(silent).rejects.toThrow(/timeout/);
      expect(sandbox.lms.findByEmail(anna.email) !== null).toBe(kind === 'timeout_after_commit');
      sandbox.learnamp.faults.clear();
    }
    expect(sandbox.learnamp.requests.writes().map(({ status }) => status)).toEqual([null, null]);
  });
});

describe('the control of a sandbox', () => {
  const control = (method: string, path: string, body?: unknown) =>
    ask(`${sandbox.control.url}${path}`, body === undefined ? { method } : json(method, body));

  it('tells and changes what happens in HR', async () => {
    expect((await control('GET', '')).body.company).toMatchObject({ name: 'Acme', today: '2026-11-24' });
    const events = [
      { kind: 'promote', person: 1005, to: 'Director' },
      { kind: 'hire', firstName: 'New', lastName: 'One' },
    ];
    const { body } = await control('POST', '/company/events', events);
    expect(body.people.map(({ id }: { id: number }) => id)).toEqual([1005, 1251]);
    expect((await control('GET', '/company/people/1005')).body.position).toBe('Director');
    expect((await control('POST', '/company/day', { day: '2026-12-24' })).body).toEqual({ today: '2026-12-24' });
    expect(sandbox.company.today).toBe('2026-12-24');
  });

  it('says what is wrong with an order', async () => {
    const wrong: [string, unknown, RegExp][] = [
      ['/company/events', { kind: 'promote', person: 1005 }, /at to/],
      ['/company/events', { kind: 'promote', person: 1, to: 'X' }, /nobody has the id 1/],
      ['/company/day', { day: '2026-01-01' }, /lies before it/],
      ['/personio/faults', { fault: { kind: 'flood' } }, /fault\.kind/],
    ];
    for (const [path, body, message] of wrong) {
      const answer = await control('POST', path, body);
      expect(answer.status, path).toBe(400);
      expect(answer.body.error).toMatch(message);
    }
    expect((await control('PATCH', '/personio/settings', { nonsense: 1 })).status).toBe(400);
    expect((await control('GET', '/nowhere')).status).toBe(404);
  });

  it('sets faults and settings, and shows what came in', async () => {
    await control('POST', '/personio/faults', { fault: { kind: 'status', status: 502 }, times: null });
    expect((await ask(`${sandbox.personio.url}/v1/company/employees`)).status).toBe(502);
    await control('DELETE', '/personio/faults');
    expect((await ask(`${sandbox.personio.url}/v1/company/employees?limit=7`)).status).toBe(401);
    const { body } = await control('GET', '/personio/requests');
    expect(body.requests).toMatchObject([
      { method: 'GET', path: '/v1/company/employees', query: '', route: 'employees', status: 502 },
      { query: 'limit=7', status: 401 },
    ]);
    await control('DELETE', '/personio/requests');
    expect(sandbox.personio.requests.list()).toEqual([]);
    expect((await control('PATCH', '/learnamp/settings', { largestPageSize: 10 })).body.largestPageSize).toBe(10);
    expect(sandbox.learnamp.settings.values).toMatchObject({ largestPageSize: 10, defaultPageSize: 25 });
  });

  it('looks into the learning platform', async () => {
    const person = { email: 'old@acme.example', firstName: 'Old', lastName: 'Hand', status: 'not_invited' };
    expect((await control('POST', '/learnamp/accounts', person)).status).toBe(201);
    expect((await control('POST', '/learnamp/accounts', person)).status).toBe(400);
    expect((await control('POST', '/learnamp/accounts/2/confirm')).body.status).toBe('confirmed');
    const { accounts } = (await control('GET', '/learnamp/accounts')).body;
    expect(accounts.map(({ email }: { email: string }) => email)).toEqual(['owner@acme.example', 'old@acme.example']);
    expect((await control('PATCH', '/learnamp/accounts/2', { jobTitle: 'Lead' })).body.jobTitle).toBe('Lead');
    expect((await control('PATCH', '/learnamp/accounts/2', { email: 'owner@acme.example' })).status).toBe(400);
    expect((await control('PATCH', '/learnamp/accounts/2', { nickname: 'Olly' })).status).toBe(400);
    expect((await control('POST', '/learnamp/accounts/2/deactivate')).body.status).toBe('deactivated');
    expect((await control('POST', '/learnamp/accounts/2/reactivate')).body.status).toBe('confirmed');
    expect((await control('DELETE', '/learnamp/accounts/2')).status).toBe(204);
    expect((await control('DELETE', '/learnamp/accounts/2')).status).toBe(404);
    expect((await control('GET', '/learnamp/mails')).body).toEqual({ mails: [] });
    expect((await control('GET', '/learnamp/teams')).body).toEqual({ teams: [] });
  });
});
