import { describe, expect, it } from 'vitest';
import { type Answer, ENTERPRISE, EXTENSION, GROUP, refusal, stageScim, USER } from './sandbox-scim-stage.js';

const { ask, at, post, user, group, get, find, set, pass, directory, portal } = stageScim();

const names = ({ body }: Answer) => body.Resources.map((one: Answer['body']) => one.userName);

describe('the SCIM stand-in opens its door', () => {
  it('to the bearer of the token, until it is revoked', async () => {
    expect((await ask('GET', '/Users')).status).toBe(200);
    const refused = await ask('GET', '/Users', undefined, { Authorization: 'Bearer other' });
    expect(refused).toMatchObject(refusal(401));
    expect(refused.headers.get('WWW-Authenticate')).toContain('Bearer');
    portal().revokeTokens();
    expect((await ask('GET', '/Users')).status).toBe(401);
  });

  it('to a name with its password', async () => {
    set({ auth: 'basic' });
    expect((await ask('GET', '/Users')).status).toBe(401);
    const basic = `Basic ${Buffer.from('sandbox-user:sandbox-password').toString('base64')}`;
    expect((await ask('GET', '/Users', undefined, { Authorization: basic })).status).toBe(200);
  });

  it('to a token that client credentials with the right scope got, while it lives', async () => {
    set({
      auth: 'oauth',
      oauth: { clientId: 'id', clientSecret: 's&cret', scope: 'SCIMv2', tokenLifetimeSeconds: 60 },
    });
    const form = { 'Content-Type': 'application/x-www-form-urlencoded' };
    const token = (fields: Record<string, string>) =>
      ask('POST', portal().tokenUrl, String(new URLSearchParams(fields)), form);
    const right = { grant_type: 'client_credentials', client_id: 'id', client_secret: 's&cret', scope: 'SCIMv2' };
    expect(await token({ ...right, client_secret: 'no' })).toMatchObject({
      status: 401,
      body: { error: 'invalid_client' },
    });
    expect(await token({ ...right, scope: 'other' })).toMatchObject({ status: 400, body: { error: 'invalid_scope' } });
    expect(await token({ ...right, grant_type: 'password' })).toMatchObject({
      body: { error: 'unsupported_grant_type' },
    });
    const { body } = await token(right);
    expect(body).toMatchObject({ token_type: 'Bearer', expires_in: 60, scope: 'SCIMv2' });
    const headers = { Authorization: `Bearer ${body.access_token}` };
    expect((await ask('GET', '/Users', undefined, headers)).status).toBe(200);
    expect((await ask('GET', '/Users')).status).toBe(401);
    pass(60_000);
    expect((await ask('GET', '/Users', undefined, headers)).status).toBe(401);
  });

  it('to client credentials in a header, encoded as in a form', async () => {
    set({ auth: 'oauth', oauth: { clientId: 'id', clientSecret: 's:&é' } });
    const Authorization = `Basic ${Buffer.from(`id:${encodeURIComponent('s:&é')}`).toString('base64')}`;
    const headers = { Authorization, 'Content-Type': 'application/x-www-form-urlencoded' };
    expect((await ask('POST', portal().tokenUrl, 'grant_type=client_credentials', headers)).status).toBe(200);
  });

  it('so many times a minute, and says when to come again only if it is set to', async () => {
    set({ requestsPerMinute: 1 });
    await ask('GET', '/Users');
    const refused = await ask('GET', '/Users');
    expect(refused).toMatchObject(refusal(429));
    expect(refused.headers.get('Retry-After')).toBeNull();
    set({ retryAfterSeconds: 30 });
    expect((await ask('GET', '/Users')).headers.get('Retry-After')).toBe('30');
  });

  it('to bodies of the two media types of SCIM and answers with its own', async () => {
    const body = { schemas: [USER], userName: 'a@acme.example' };
    expect((await ask('POST', '/Users', body, { 'Content-Type': 'text/plain' })).status).toBe(415);
    const made = await ask('POST', '/Users', body, { 'Content-Type': 'application/json; charset=utf-8' });
    expect(made.status).toBe(201);
    expect(made.headers.get('Content-Type')).toBe('application/scim+json');
    expect((await ask('GET', '/Users', undefined, { Accept: 'text/html' })).status).toBe(406);
  });

  it('to plain JSON alone where it is set to', async () => {
    set({ mediaType: 'json_only' });
    const body = { schemas: [USER], userName: 'a@acme.example' };
    expect((await ask('POST', '/Users', body)).status).toBe(415);
    const made = await ask('POST', '/Users', body, { 'Content-Type': 'application/json' });
    expect(made.headers.get('Content-Type')).toBe('application/json');
  });
});

describe('the SCIM stand-in tells about itself', () => {
  it('what it supports', async () => {
    expect((await ask('GET', '/ServiceProviderConfig')).body).toMatchObject({
      patch: { supported: true },
      bulk: { supported: false },
      filter: { supported: true },
      etag: { supported: true },
      authenticationSchemes: [{ type: 'oauthbearertoken' }],
    });
  });

  it.each([
    ['missing', 404],
    ['not_implemented', 501],
  ] as const)('nothing where its configuration is %s', async (serviceProviderConfig, status) => {
    set({ serviceProviderConfig });
    expect(await ask('GET', '/ServiceProviderConfig')).toMatchObject(refusal(status));
  });

  it('what is not true, where it is set to', async () => {
    set({ claims: { patch: false } });
    expect((await ask('GET', '/ServiceProviderConfig')).body.patch.supported).toBe(false);
  });

  it('its resource types with their extensions', async () => {
    const { body } = await ask('GET', '/ResourceTypes');
    expect(body).toMatchObject({ totalResults: 2, Resources: [{ id: 'User', endpoint: '/Users' }, { id: 'Group' }] });
    expect(body.Resources[0].schemaExtensions.map((one: Answer['body']) => one.schema)).toEqual([
      ENTERPRISE,
      EXTENSION,
    ]);
    expect((await ask('GET', '/ResourceTypes/Group')).body.schema).toBe(GROUP);
    expect((await ask('GET', '/ResourceTypes?filter=x')).status).toBe(403);
  });

  it('its schemas, one by one too, or none of them', async () => {
    const { body } = await ask('GET', `/Schemas/${USER}`);
    const [userName] = body.attributes;
    expect(userName).toMatchObject({ name: 'userName', required: true, uniqueness: 'server', caseExact: false });
    expect((await ask('GET', '/Schemas')).body.totalResults).toBe(4);
    expect((await ask('GET', '/Schemas/urn:nothing')).status).toBe(404);
    set({ schemasEndpoint: false });
    expect((await ask('GET', '/Schemas')).status).toBe(404);
  });

  it('that there are no groups, where it has none', async () => {
    set({ groupsEndpoint: false });
    expect((await ask('GET', '/Groups')).status).toBe(404);
    expect((await ask('GET', '/ResourceTypes')).body.totalResults).toBe(1);
  });

  it('that it knows neither Bulk nor Me', async () => {
    expect(await ask('POST', '/Bulk', {})).toMatchObject(refusal(501));
    expect((await ask('GET', '/Me')).status).toBe(501);
    expect(await ask('GET', '/Nothing')).toMatchObject(refusal(404));
  });
});

describe('the SCIM stand-in makes a user', () => {
  it('and answers 201 with the Location, the id and what it knows', async () => {
    const made = await post('a@acme.example', {
      externalId: '7',
      name: { givenName: 'A', familyName: 'B' },
      password: 'secret',
      [ENTERPRISE]: { department: 'Sales' },
    });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({ userName: 'a@acme.example', externalId: '7', active: true });
    expect(made.body.schemas).toEqual([USER, ENTERPRISE]);
    expect(made.body).not.toHaveProperty('password');
    expect(made.headers.get('Location')).toBe(made.body.meta.location);
    expect((await ask('GET', made.body.meta.location)).body).toEqual(made.body);
  });

  it('and ignores what only it can set', async () => {
    const made = await user('a@acme.example', { id: 'mine', meta: { created: 'x' }, groups: [{ value: '1' }] });
    expect(made.id).not.toBe('mine');
    expect(made).not.toHaveProperty('groups');
    expect(made.meta.created).toBe('2026-11-24T02:00:00.000Z');
  });

  it('by names in any capitals', async () => {
    const made = await ask('POST', '/Users', { Schemas: [USER.toUpperCase()], USERNAME: 'a@acme.example' });
    expect(made.body.userName).toBe('a@acme.example');
  });

  it.each([
    ['no schemas', { userName: 'a' }, 'invalidSyntax'],
    ['schemas of something else', { schemas: [GROUP], userName: 'a' }, 'invalidSyntax'],
    ['schemas that it does not know', { schemas: [USER, 'urn:x'], userName: 'a' }, 'invalidSyntax'],
    [
      'an extension that schemas does not name',
      { schemas: [USER], userName: 'a', [ENTERPRISE]: { department: 'x' } },
      'invalidSyntax',
    ],
    ['no userName', { schemas: [USER] }, 'invalidValue'],
    ['an empty userName', { schemas: [USER], userName: '' }, 'invalidValue'],
    ['a userName of null', { schemas: [USER], userName: null }, 'invalidValue'],
    ['an attribute that nobody knows', { schemas: [USER], userName: 'a', shoeSize: 4 }, 'invalidSyntax'],
    ['a text for active', { schemas: [USER], userName: 'a', active: 'True' }, 'invalidValue'],
    ['a number for a text', { schemas: [USER], userName: 'a', title: 4 }, 'invalidValue'],
    ['one object for a list', { schemas: [USER], userName: 'a', emails: { value: 'x' } }, 'invalidValue'],
    ['null in a list', { schemas: [USER], userName: 'a', emails: [null] }, 'invalidValue'],
    [
      'two primary values',
      {
        schemas: [USER],
        userName: 'a',
        emails: [
          { value: 'x', primary: true },
          { value: 'y', primary: true },
        ],
      },
      'invalidValue',
    ],
    ['a text for a name', { schemas: [USER], userName: 'a', name: 'A B' }, 'invalidValue'],
    [
      'a day for an instant',
      { schemas: [USER, EXTENSION], userName: 'a', [EXTENSION]: { joinedAt: '2026-01-31' } },
      'invalidValue',
    ],
    [
      'a text for a manager',
      { schemas: [USER, ENTERPRISE], userName: 'a', [ENTERPRISE]: { manager: '1' } },
      'invalidValue',
    ],
    [
      'a manager who is not there',
      { schemas: [USER, ENTERPRISE], userName: 'a', [ENTERPRISE]: { manager: { value: '1' } } },
      'invalidValue',
    ],
    ['a list', [], 'invalidSyntax'],
    ['no JSON', '{', 'invalidSyntax'],
  ])('but not from %s', async (_, body, scimType) => {
    expect(await ask('POST', '/Users', body)).toMatchObject(refusal(400, scimType));
    expect(directory().users.size).toBe(0);
  });

  it('once for a userName in whatever capitals, also of an inactive user', async () => {
    await post('a@acme.example', { active: false });
    expect(await post('A@Acme.Example')).toMatchObject(refusal(409, 'uniqueness'));
  });

  it('again after the first one was deleted', async () => {
    const { id } = await user('a@acme.example');
    expect(await ask('DELETE', at(id))).toMatchObject({ status: 204, body: null });
    expect(await ask('DELETE', at(id))).toMatchObject(refusal(404));
    expect((await post('a@acme.example')).status).toBe(201);
  });

  it('with a manager, whose name it adds', async () => {
    const boss = await user('boss@acme.example', { displayName: 'The Boss' });
    const made = await user('a@acme.example', { [ENTERPRISE]: { manager: { value: boss.id } } });
    expect(made[ENTERPRISE].manager).toMatchObject({ value: boss.id, displayName: 'The Boss' });
  });
});

describe('the SCIM stand-in replaces a user', () => {
  it('and clears what is left out, the externalId too', async () => {
    const { id } = await user('a@acme.example', { externalId: '7', title: 'Lead' });
    const put = await ask('PUT', at(id), { schemas: [USER], userName: 'b@acme.example' });
    expect(put).toMatchObject({ status: 200, body: { id, userName: 'b@acme.example' } });
    expect(Object.keys(put.body)).not.toContain('externalId');
    expect(Object.keys(put.body)).not.toContain('title');
  });

  it('and takes a PUT without active as its setting says', async () => {
    const { id } = await user('a@acme.example', { active: false });
    const put = async () => (await ask('PUT', at(id), { schemas: [USER], userName: 'a@acme.example' })).body.active;
    set({ putWithoutActive: 'keep' });
    expect(await put()).toBe(false);
    set({ putWithoutActive: 'activate' });
    expect(await put()).toBe(true);
    set({ putWithoutActive: 'suspend' });
    expect(await put()).toBe(false);
  });

  it('only in the version that the caller has seen', async () => {
    const { id, meta } = await user('a@acme.example');
    const put = (version: string) =>
      ask('PUT', at(id), { schemas: [USER], userName: 'a@acme.example', title: 'x' }, { 'If-Match': version });
    const changed = await put(meta.version);
    expect(changed.headers.get('ETag')).toBe(changed.body.meta.version);
    expect(await put(meta.version)).toMatchObject(refusal(412));
    const seen = await ask('GET', at(id), undefined, { 'If-None-Match': changed.body.meta.version });
    expect(seen.status).toBe(304);
  });
});

describe('the SCIM stand-in filters', () => {
  const people = async () => {
    await user('anna@acme.example', {
      ...{ externalId: 'A1', title: 'Lead', active: false },
      emails: [
        { value: 'anna@acme.example', type: 'work' },
        { value: 'anna@home.example', type: 'home' },
      ],
      [ENTERPRISE]: { department: 'Sales' },
      [EXTENSION]: { joinedAt: '2026-01-31T00:00:00Z', weeklyHours: 40, skills: ['SQL', 'Welding'] },
    });
    await user('ben@acme.example', { name: { familyName: 'Bär' }, [EXTENSION]: { weeklyHours: 20 } });
    await user('quote"\\@acme.example', { title: 'Leader' });
  };

  it.each([
    ['userName eq "ANNA@acme.example"', ['anna@acme.example']],
    ['USERNAME EQ "anna@acme.example"', ['anna@acme.example']],
    ['externalId eq "A1"', ['anna@acme.example']],
    ['externalId eq "a1"', []],
    ['userName eq "quote\\"\\\\@acme.example"', ['quote"\\@acme.example']],
    ['title eq "lead"', ['anna@acme.example']],
    ['title sw "lead"', ['anna@acme.example', 'quote"\\@acme.example']],
    ['title ew "er"', ['quote"\\@acme.example']],
    ['title co "eade"', ['quote"\\@acme.example']],
    ['title pr', ['anna@acme.example', 'quote"\\@acme.example']],
    ['title ne "Lead"', ['ben@acme.example', 'quote"\\@acme.example']],
    ['not (title pr)', ['ben@acme.example']],
    ['active eq false', ['anna@acme.example']],
    ['name.familyName eq "Bär"', ['ben@acme.example']],
    ['emails eq "anna@home.example"', ['anna@acme.example']],
    ['emails[type eq "home" and value co "home"]', ['anna@acme.example']],
    ['emails[type eq "home" and value co "acme"]', []],
    ['emails.type eq "home" and emails.value co "acme"', ['anna@acme.example']],
    [`${ENTERPRISE}:department eq "Sales"`, ['anna@acme.example']],
    [`${EXTENSION}:weeklyHours gt 20`, ['anna@acme.example']],
    [`${EXTENSION}:weeklyHours ge 20`, ['anna@acme.example', 'ben@acme.example']],
    [`${EXTENSION}:weeklyHours lt 40`, ['ben@acme.example']],
    [`${EXTENSION}:weeklyHours le 20`, ['ben@acme.example']],
    [`${EXTENSION}:joinedAt gt "2026-01-30T23:00:00Z"`, ['anna@acme.example']],
    [`${EXTENSION}:skills eq "sql"`, ['anna@acme.example']],
    ['meta.created ge "2026-11-24T02:00:00Z" and title eq null', ['ben@acme.example']],
    // `and` binds closer than `or`; brackets closer than both.
    ['title eq "Lead" or title eq "Leader" and active eq false', ['anna@acme.example']],
    ['(title eq "Lead" or title eq "Leader") and active eq true', ['quote"\\@acme.example']],
    [`schemas eq "${ENTERPRISE}"`, ['anna@acme.example']],
  ])('by %s', async (filter, expected) => {
    await people();
    expect(names(await find(filter))).toEqual(expected);
  });

  it.each([
    'userName eq a@acme.example',
    "userName eq 'a'",
    'userName = "a"',
    'userName eq',
    'userName eq "a" and',
    '(userName eq "a"',
    'userName eq "a" userName eq "b"',
    '"a" eq userName',
    'shoeSize eq 4',
    'password pr',
    'name eq "A"',
    'active eq "true"',
    'active gt true',
    'title gt 4',
    'title co true',
    `${EXTENSION}:joinedAt gt "soon"`,
    '',
  ])('but not by %s', async (filter) => {
    await people();
    expect(await find(filter)).toMatchObject(refusal(400, 'invalidFilter'));
  });

  it('with 200 and an empty list where nobody fits', async () => {
    expect(await find('userName eq "nobody"')).toMatchObject({ status: 200, body: { totalResults: 0, Resources: [] } });
    set({ emptyResources: false });
    expect((await find('userName eq "nobody"')).body).not.toHaveProperty('Resources');
  });

  it('groups by their names and members', async () => {
    const { id } = await user('anna@acme.example');
    await group('Sales', [id]);
    await group('Support');
    expect((await find('displayName eq "sales"', 'Groups')).body.totalResults).toBe(1);
    const found = await find(`members eq "${id}"`, 'Groups');
    expect(found.body.Resources[0]).toMatchObject({ displayName: 'Sales', members: [{ value: id, type: 'User' }] });
    expect((await get(id)).groups).toMatchObject([{ display: 'Sales' }]);
  });
});

describe('the SCIM stand-in lists', () => {
  const five = async () => {
    for (const name of ['a', 'b', 'c', 'd', 'e']) await user(name);
  };
  const list = (query: string) => ask('GET', `/Users?${query}`);

  it('by index, from 1, no more than it wants to', async () => {
    await five();
    set({ maxPageSize: 2 });
    const page = await list('startIndex=2&count=50');
    expect(page.body).toMatchObject({ totalResults: 5, startIndex: 2, itemsPerPage: 2 });
    expect(names(page)).toEqual(['b', 'c']);
    expect((await list('startIndex=0&count=1')).body).toMatchObject({ startIndex: 1, itemsPerPage: 1 });
    expect((await list('startIndex=6')).body).toMatchObject({ totalResults: 5, Resources: [] });
    expect((await list('count=0')).body).toMatchObject({ totalResults: 5, Resources: [] });
    expect((await list('count=-1')).body.itemsPerPage).toBe(0);
    expect((await list('count=x')).status).toBe(400);
  });

  it('by cursor, from an empty one to the last page, which has none', async () => {
    await five();
    set({ paging: 'both' });
    expect((await ask('GET', '/ServiceProviderConfig')).body.pagination).toMatchObject({ cursor: true, index: true });
    const first = await list('cursor=&count=3');
    expect(first.body).toMatchObject({ totalResults: 5, itemsPerPage: 3 });
    const second = await list(`cursor=${first.body.nextCursor}&count=3`);
    expect([...names(first), ...names(second)]).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(second.body).not.toHaveProperty('nextCursor');
    expect((await list('startIndex=1&count=3')).body).not.toHaveProperty('nextCursor');
  });

  it('by nothing but a cursor, where it is set to', async () => {
    await five();
    set({ paging: 'cursor', cursorTotals: false });
    const { body } = await list('startIndex=1&count=2');
    expect(body.nextCursor).toMatch(/^[\w-]+$/);
    expect(body).not.toHaveProperty('totalResults');
  });

  it.each([
    ['a cursor that nobody gave', () => 'cursor=x&count=2', 'invalidCursor'],
    ['a cursor of another query', (next: string) => `cursor=${next}&count=2&filter=title%20pr`, 'invalidCursor'],
    ['another count', (next: string) => `cursor=${next}&count=3`, 'invalidCount'],
    ['too high a count', () => 'cursor=&count=201', 'invalidCount'],
    ['a cursor with an index', (next: string) => `cursor=${next}&count=2&startIndex=1`, 'invalidCursor'],
  ])('but not by %s', async (_, query, scimType) => {
    await five();
    set({ paging: 'both' });
    const { nextCursor } = (await list('cursor=&count=2')).body;
    expect(await list(query(nextCursor))).toMatchObject(refusal(400, scimType));
  });

  it('not with a cursor that has expired', async () => {
    await five();
    set({ paging: 'both', cursorLifetimeSeconds: 60 });
    const { nextCursor } = (await list('cursor=&count=2')).body;
    pass(60_001);
    expect(await list(`cursor=${nextCursor}&count=2`)).toMatchObject(refusal(400, 'expiredCursor'));
  });

  it('the first page over and over, where paging is ignored', async () => {
    await five();
    set({ paging: 'ignored', pageSize: 2 });
    expect(names(await list('startIndex=3&count=2'))).toEqual(['a', 'b']);
    expect((await list('startIndex=3&count=2')).body.totalResults).toBe(5);
  });

  it('the first page again past the end, under the index that was asked for', async () => {
    await five();
    set({ paging: 'wraps' });
    const past = await list('startIndex=6&count=2');
    expect(past.body.startIndex).toBe(6);
    expect(names(past)).toEqual(['a', 'b']);
  });

  it('what a search asks for in a body', async () => {
    await five();
    const schemas = ['urn:ietf:params:scim:api:messages:2.0:SearchRequest'];
    const search = (body: object) => ask('POST', '/Users/.search', body);
    const found = await search({ schemas, filter: 'userName gt "c"', count: 1, attributes: ['userName'] });
    expect(found.body).toMatchObject({ totalResults: 2, itemsPerPage: 1 });
    expect(Object.keys(found.body.Resources[0])).toEqual(['schemas', 'id', 'userName']);
    expect(await search({ filter: 'title pr' })).toMatchObject(refusal(400, 'invalidSyntax'));
  });

  it('wrong pages and less than there is, when a fault says so', async () => {
    await five();
    portal().faults.add({ fault: { kind: 'short_list' } });
    expect((await list('')).body.totalResults).toBe(2);
    portal().faults.add({ fault: { kind: 'lost_attribute', attributes: ['userName'] } });
    expect((await list('')).body.Resources[0]).not.toHaveProperty('userName');
    expect(portal().requests.list()[0]?.route).toBe('users.create');
  });
});

describe('the SCIM stand-in shows', () => {
  it('the attributes that are asked for, and always the id', async () => {
    const { id } = await user('a@acme.example', {
      name: { givenName: 'A', familyName: 'B' },
      [ENTERPRISE]: { department: 'x', division: 'y' },
    });
    const { body } = await ask('GET', `${at(id)}?attributes=name.familyName,${ENTERPRISE}:department,nothing`);
    expect(body).toEqual({
      ...{ schemas: [USER, ENTERPRISE], id, name: { familyName: 'B' } },
      [ENTERPRISE]: { department: 'x' },
    });
  });

  it('everything but what is excluded', async () => {
    const { id } = await user('a@acme.example', { name: { givenName: 'A', familyName: 'B' } });
    const team = await group('Sales', [id]);
    const { body } = await ask('GET', `${at(id)}?excludedAttributes=id,meta,name.givenName,groups`);
    expect(body).toEqual({ schemas: [USER], id, userName: 'a@acme.example', active: true, name: { familyName: 'B' } });
    const found = await ask('GET', '/Groups?excludedAttributes=members');
    expect(found.body.Resources).toMatchObject([{ id: team.id, displayName: 'Sales' }]);
    expect(found.body.Resources[0]).not.toHaveProperty('members');
  });
});
