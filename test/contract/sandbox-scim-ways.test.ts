import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { Directory } from '../../src/sandbox/scim/directory.js';
import { PRESETS } from '../../src/sandbox/scim/presets.js';
import { type Answer, ENTERPRISE, EXTENSION, refusal, stageScim, USER } from './sandbox-scim-stage.js';

const { ask, at, post, user, group, get, find, patch, set, directory, portal } = stageScim();

const total = ({ body }: Answer) => body.totalResults;
const replace = (path: string, value: unknown) => ({ op: 'replace', path, value });

describe('a filter of the SCIM stand-in, where it is set to', () => {
  const two = async () => {
    await user('Anna@acme.example', { externalId: '7', title: 'Lead' });
    await user('ben@acme.example', { externalId: '8' });
  };

  it('is refused whatever it is', async () => {
    await two();
    set({ filterAttributes: [] });
    expect(await find('userName eq "ben@acme.example"')).toMatchObject(refusal(400, 'invalidFilter'));
    expect((await ask('GET', '/ServiceProviderConfig')).body.filter.supported).toBe(false);
    expect(total(await ask('GET', '/Users'))).toBe(2);
  });

  it('finds nobody, silently', async () => {
    await two();
    set({ filterAttributes: ['userName'], otherFilters: 'empty' });
    expect(await find('externalId eq "7"')).toMatchObject({ status: 200, body: { totalResults: 0 } });
    expect(total(await find('userName eq "ben@acme.example"'))).toBe(1);
  });

  it('is ignored, and everybody comes back', async () => {
    await two();
    set({ filterAttributes: ['userName'], otherFilters: 'ignore' });
    expect(total(await find('externalId eq "7"'))).toBe(2);
  });

  it('may name one attribute only', async () => {
    await two();
    set({ filterAttributes: ['userName'] });
    expect(await find('externalId eq "7"')).toMatchObject(refusal(400, 'invalidFilter'));
    expect((await find('userName eq "ben@acme.example" and externalId eq "8"')).status).toBe(400);
    expect(total(await find('username eq "ben@acme.example"'))).toBe(1);
  });

  it('may use eq and and only', async () => {
    await two();
    set({ filterOperators: ['eq', 'and'] });
    expect(total(await find('userName eq "ben@acme.example" and externalId eq "8"'))).toBe(1);
    for (const filter of ['userName sw "ben"', 'title pr', 'emails[type eq "work"]', 'not (title eq "x")']) {
      expect(await find(filter)).toMatchObject(refusal(400, 'invalidFilter'));
    }
  });

  it('minds the capitals of a userName', async () => {
    await two();
    set({ userNameFilterMindsCase: true });
    expect(total(await find('userName eq "anna@acme.example"'))).toBe(0);
    expect(total(await find('userName eq "Anna@acme.example"'))).toBe(1);
    expect((await post('anna@acme.example')).status).toBe(409);
  });
});

describe('a refusal of the SCIM stand-in, where it is set to', () => {
  it.each([
    ['untyped', { schemas: expect.any(Array), status: '409', detail: expect.any(String) }],
    ['bare', { schemas: expect.any(Array), detail: expect.any(String) }],
    ['numeric', { schemas: expect.stringContaining('["urn:'), status: 409, detail: expect.any(String) }],
    ['empty', {}],
  ] as const)('has a body that is %s', async (errorForm, body) => {
    await user('a@acme.example');
    set({ errorForm });
    const refused = await post('a@acme.example');
    expect(refused.status).toBe(409);
    expect(refused.body).toEqual(body);
  });

  it.each([400, 500] as const)('is %i for a userName that is taken', async (uniquenessStatus) => {
    await user('a@acme.example');
    set({ uniquenessStatus });
    expect((await post('a@acme.example')).status).toBe(uniquenessStatus);
  });

  it.each([501, 405] as const)('is %i for every PATCH', async (patchRefused) => {
    const { id } = await user('a@acme.example');
    set({ patchRefused });
    expect(await patch(id, [replace('title', 'x')])).toMatchObject(refusal(patchRefused));
    expect((await ask('GET', '/ServiceProviderConfig')).body.patch.supported).toBe(false);
    const put = await ask('PUT', at(id), { schemas: [USER], userName: 'a@acme.example', title: 'x' });
    expect(put.body.title).toBe('x');
  });

  it('meets emails, external ids and names of groups that are taken', async () => {
    set({ uniqueEmails: true, uniqueExternalIds: true, uniqueGroupNames: true });
    await user('a', { externalId: '7', emails: [{ value: 'a@acme.example' }] });
    await group('Sales');
    expect(await post('b', { emails: [{ value: 'A@acme.example' }] })).toMatchObject(refusal(409, 'uniqueness'));
    expect(await post('b', { externalId: '7' })).toMatchObject(refusal(409, 'uniqueness'));
    expect(
      (await ask('POST', '/Groups', { schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'], displayName: 'sales' }))
        .status,
    ).toBe(409);
  });
});

describe('an answer of the SCIM stand-in, where it is set to', () => {
  it('to a PATCH is empty, unless attributes are asked for', async () => {
    const { id } = await user('a@acme.example');
    set({ patchAnswer: '204' });
    expect(await patch(id, [replace('title', 'x')])).toMatchObject({ status: 204, body: null });
    const body = { schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'], Operations: [replace('title', 'y')] };
    expect((await ask('PATCH', `${at(id)}?attributes=title`, body)).body.title).toBe('y');
  });

  it('to a PATCH is empty only where nothing changed', async () => {
    const { id } = await user('a@acme.example', { title: 'x' });
    set({ patchAnswer: 'when_unchanged' });
    expect((await patch(id, [replace('title', 'x')])).status).toBe(204);
    expect((await patch(id, [replace('title', 'y')])).status).toBe(200);
  });

  it('to a creation has no body: the id is in the Location', async () => {
    set({ createAnswer: 'location' });
    const made = await post('a@acme.example');
    expect(made).toMatchObject({ status: 201, body: null });
    expect((await ask('GET', made.headers.get('Location') ?? '')).body.userName).toBe('a@acme.example');
  });

  it('to a DELETE is 200 with the user', async () => {
    const { id } = await user('a@acme.example');
    set({ deleteAnswer: 200 });
    expect(await ask('DELETE', at(id))).toMatchObject({ status: 200, body: { id } });
    expect((await ask('GET', at(id))).status).toBe(404);
  });

  it('has booleans as texts', async () => {
    set({ showsTextBooleans: true });
    const { id } = await user('a@acme.example', { active: false, emails: [{ value: 'a', primary: true }] });
    expect(await get(id)).toMatchObject({ active: 'False', emails: [{ primary: 'True' }] });
  });

  it('has the very text that came for a boolean, and the account is closed all the same', async () => {
    const { id } = await user('a@acme.example');
    set({ textBooleans: 'keep' });
    expect((await patch(id, [replace('active', 'False')])).body.active).toBe('False');
    expect(directory().users.get(id)?.canSignIn).toBe(false);
    set({ textBooleans: 'convert' });
    expect((await patch(id, [replace('active', 'True')])).body.active).toBe(true);
  });

  it('has other values than were sent', async () => {
    set({ rewrites: ['phone_numbers', 'types', 'preferred_language', 'formatted_name', 'lower_case_user_name'] });
    const made = await user('A@Acme.Example', {
      name: { givenName: 'A', familyName: 'B', formatted: 'B, A' },
      phoneNumbers: [{ value: '+49 30 12-34', type: 'work' }],
      preferredLanguage: 'de',
    });
    expect(made).toMatchObject({ userName: 'a@acme.example', preferredLanguage: 'und', name: { formatted: 'A B' } });
    expect(made.phoneNumbers).toEqual([{ value: '+49301234' }]);
  });

  it('has no active that nobody has set, no meta, and relative addresses', async () => {
    set({ showsUnsetActive: false, relativeLocations: true });
    const made = await user('a@acme.example');
    expect(made).not.toHaveProperty('active');
    expect(made.meta.location).toBe(`/Users/${made.id}`);
    set({ showsMeta: false });
    expect(await get(made.id)).not.toHaveProperty('meta');
  });

  it.each([
    ['number', '1', null],
    ['header', undefined, expect.stringMatching(/^W\//)],
    ['none', undefined, null],
  ] as const)('has versions that prove nothing: %s', async (etag, version, header) => {
    set({ etag });
    const { id } = await user('a@acme.example');
    const shown = await ask('GET', at(id));
    expect(shown.body.meta.version).toBe(version);
    expect(shown.headers.get('ETag')).toEqual(header);
    expect((await ask('DELETE', at(id), undefined, { 'If-Match': 'W/"none"' })).status).toBe(204);
    expect((await ask('GET', '/ServiceProviderConfig')).body.etag.supported).toBe(false);
  });

  it.each([
    ['odd', /[@:/%#?&" ]/],
    ['number', /^\d+$/],
    ['user_name', /^a@acme\.example$/],
  ] as const)('has ids of another kind: %s', async (ids, form) => {
    set({ ids });
    const made = await post('a@acme.example');
    expect(made.body.id).toMatch(form);
    expect((await ask('GET', made.headers.get('Location') ?? '')).body).toEqual(made.body);
    expect((await patch(made.body.id, [replace('title', 'x')])).body.title).toBe('x');
    const team = await group('Sales', [made.body.id]);
    const quoted = JSON.stringify(made.body.id);
    expect((await patch(team.id, [{ op: 'remove', path: `members[value eq ${quoted}]` }], 'Groups')).status).toBe(200);
    expect((await ask('DELETE', at(made.body.id))).status).toBe(204);
  });
});

describe('a body for the SCIM stand-in, where it is set to', () => {
  it('minds the capitals of names, and ignores or refuses others', async () => {
    set({ attributeNames: 'ignore' });
    const made = await user('a@acme.example', { Title: 'x', displayName: 'A' });
    expect(made).not.toHaveProperty('title');
    expect(made.displayName).toBe('A');
    expect((await patch(made.id, [replace('Title', 'x')])).body).not.toHaveProperty('title');
    set({ attributeNames: 'refuse' });
    expect(await post('b@acme.example', { Title: 'x' })).toMatchObject(refusal(400, 'invalidSyntax'));
    expect(await patch(made.id, [replace('Title', 'x')])).toMatchObject(refusal(400, 'invalidPath'));
  });

  it('may hold attributes that nobody knows', async () => {
    set({ unknownAttributes: 'ignore' });
    const made = await post('a@acme.example', { shoeSize: 4 });
    expect(made.status).toBe(201);
    expect(made.body).not.toHaveProperty('shoeSize');
    expect((await patch(made.body.id, [replace('shoeSize', 5)])).status).toBe(200);
  });

  it('may hold no null, or holds it in vain', async () => {
    const { id } = await user('a@acme.example', { title: 'x' });
    set({ nulls: 'refuse' });
    expect(await patch(id, [replace('title', null)])).toMatchObject(refusal(400, 'invalidValue'));
    set({ nulls: 'ignore' });
    expect((await patch(id, [replace('title', null)])).body.title).toBe('x');
  });

  it.each([
    ['refuse', 400, undefined],
    ['ignore', 200, 'x'],
    ['unassign', 200, undefined],
  ] as const)('holds an empty text to %s', async (emptyTexts, status, title) => {
    const { id } = await user('a@acme.example', { title: 'x' });
    set({ emptyTexts });
    const changed = await patch(id, [replace('title', '')]);
    expect(changed.status).toBe(status);
    if (status === 200) expect(changed.body.title).toBe(title);
  });

  it('needs attributes that the RFCs leave optional, which cannot be removed either', async () => {
    set({ requiredAttributes: ['name.givenName', 'active', `${ENTERPRISE}:department`] });
    const full = { active: true, name: { givenName: 'A' }, [ENTERPRISE]: { department: 'x' } };
    expect(await post('a@acme.example', { ...full, name: { familyName: 'B' } })).toMatchObject(
      refusal(400, 'invalidValue'),
    );
    expect(await post('a@acme.example', { ...full, active: undefined })).toMatchObject(refusal(400, 'invalidValue'));
    const { id } = await user('a@acme.example', full);
    for (const path of ['active', 'name', 'name.givenName', `${ENTERPRISE}:department`]) {
      expect(await patch(id, [{ op: 'remove', path }])).toMatchObject(refusal(400, 'mutability'));
    }
  });

  it('holds one value of each kind at most', async () => {
    set({ maxValues: 1 });
    const [one, two] = [
      { value: 'a', type: 'work' },
      { value: 'b', type: 'home' },
    ];
    expect(await post('a@acme.example', { emails: [one, two] })).toMatchObject(refusal(400, 'invalidValue'));
    const { id } = await user('a@acme.example', { emails: [one] });
    expect((await patch(id, [{ op: 'add', path: 'emails', value: [two] }])).status).toBe(400);
    expect((await patch(id, [replace('emails', [two])])).status).toBe(200);
  });

  it.each([
    ['id', (boss: Answer['body']) => boss.id],
    ['userName', () => 'BOSS@acme.example'],
    ['email', () => 'boss@mail.example'],
    ['externalId', () => 'B1'],
  ] as const)('names a manager as a text, by %s', async (managerBy, name) => {
    const boss = await user('boss@acme.example', { externalId: 'B1', emails: [{ value: 'boss@mail.example' }] });
    set({ managerForm: 'string', managerBy });
    const made = await user('a@acme.example', { [ENTERPRISE]: { manager: name(boss) } });
    expect(made[ENTERPRISE].manager).toBe(name(boss));
    expect(await patch(made.id, [replace(`${ENTERPRISE}:manager`, 'nobody')])).toMatchObject(
      refusal(400, 'invalidValue'),
    );
    expect(await post('b@acme.example', { [ENTERPRISE]: { manager: { value: boss.id } } })).toMatchObject(
      refusal(400, 'invalidValue'),
    );
  });

  it('may name a manager who is not there', async () => {
    set({ unknownManagers: 'keep' });
    expect(
      (await user('a@acme.example', { [ENTERPRISE]: { manager: { value: 'x' } } }))[ENTERPRISE].manager.value,
    ).toBe('x');
  });

  it('keeps attributes inside a complex one of its own, by a dot or by a colon', async () => {
    const urn = 'urn:ietf:params:scim:schemas:extension:Litmos:2.0:User';
    set({ ...PRESETS.litmos, complexPaths: 'dot' });
    const named = { active: true, name: { givenName: 'A', familyName: 'B' } };
    const body = (values: object) => ({ schemas: [USER, urn], userName: 'a@acme.example', ...named, ...values });
    const made = await ask('POST', '/Users', body({ [urn]: { CustomField: { CustomField1: 'x' } } }));
    expect(made.body[urn]).toEqual({ CustomField: { CustomField1: 'x' } });
    const dotted = await patch(made.body.id, [replace(`${urn}:CustomField.CustomField2`, 'y')]);
    expect(dotted.body[urn]).toEqual({ CustomField: { CustomField1: 'x', CustomField2: 'y' } });
    expect(await patch(made.body.id, [replace(`${urn}:CustomField:CustomField2`, 'z')])).toMatchObject(
      refusal(400, 'invalidPath'),
    );
    set({ complexPaths: 'colon' });
    const colon = await patch(made.body.id, [replace(`${urn}:CustomField:CustomField2`, 'z')]);
    expect(colon.body[`${urn}:CustomField`]).toEqual({ CustomField1: 'x', CustomField2: 'z' });
    await ask('DELETE', at(made.body.id));
    const joined = await ask('POST', '/Users', {
      ...body({ [`${urn}:CustomField`]: { CustomField1: 'x' } }),
      schemas: [USER, `${urn}:CustomField`],
    });
    expect(joined.body[`${urn}:CustomField`]).toEqual({ CustomField1: 'x' });
  });
});

describe('a PATCH of the SCIM stand-in, where it is set to', () => {
  it.each([
    ['refuse', 400],
    ['ignore', 200],
  ] as const)('lets values without a path %s', async (pathlessValues, status) => {
    const { id } = await user('a@acme.example', { title: 'x' });
    set({ pathlessValues });
    expect((await patch(id, [{ op: 'replace', value: { title: 'y' } }])).status).toBe(status);
    expect((await get(id)).title).toBe('x');
  });

  it('makes the value that a filter chooses in vain', async () => {
    const { id } = await user('a@acme.example');
    set({ addWithoutMatch: 'create' });
    const { body } = await patch(id, [{ op: 'add', path: 'phoneNumbers[type eq "mobile"].value', value: '1' }]);
    expect(body.phoneNumbers).toEqual([{ type: 'mobile', value: '1' }]);
    expect(await patch(id, [replace('phoneNumbers[type eq "work"].value', '2')])).toMatchObject(
      refusal(400, 'noTarget'),
    );
  });

  it('removes in peace what is not there', async () => {
    const { id } = await user('a@acme.example');
    set({ removeWithoutMatch: 'accept' });
    expect((await patch(id, [{ op: 'remove', path: 'emails[type eq "work"]' }])).status).toBe(200);
  });
});

describe('an account of the SCIM stand-in, where it is set to', () => {
  it.each([
    ['refuse', 400, 'a@acme.example', 'immutable'],
    ['error', 500, 'a@acme.example', 'readWrite'],
    ['ignore', 200, 'a@acme.example', 'readWrite'],
    ['against_schema', 200, 'b@acme.example', 'immutable'],
  ] as const)('has a userName whose changes come to: %s', async (userNameChanges, status, userName, mutability) => {
    const { id } = await user('a@acme.example', { title: 'x' });
    set({ userNameChanges });
    expect((await patch(id, [replace('title', 'y'), replace('userName', 'b@acme.example')])).status).toBe(status);
    expect(await get(id)).toMatchObject({ userName, title: status === 200 ? 'y' : 'x' });
    const [attribute] = (await ask('GET', `/Schemas/${USER}`)).body.attributes;
    expect(attribute.mutability).toBe(mutability);
  });

  it('takes other capitals for no other userName', async () => {
    const { id } = await user('a@acme.example');
    set({ userNameChanges: 'refuse' });
    expect((await patch(id, [replace('userName', 'A@Acme.Example')])).body.userName).toBe('A@Acme.Example');
  });

  it.each([
    ['refuse', 400],
    ['ignore', 200],
  ] as const)('has an externalId that is set once, and then to %s', async (externalIdChanges, status) => {
    const { id } = await user('a@acme.example');
    set({ externalIdChanges });
    expect((await patch(id, [replace('externalId', '7')])).body.externalId).toBe('7');
    expect((await patch(id, [replace('externalId', '8')])).status).toBe(status);
    const put = await ask('PUT', at(id), { schemas: [USER], userName: 'a@acme.example' });
    expect(put.status).toBe(status);
    expect((await get(id)).externalId).toBe('7');
  });

  it.each([
    ['ignore', true, true, true],
    ['false_echo', false, true, true],
    ['no_effect', false, false, true],
    ['obey', false, false, false],
  ] as const)('is told to close, and does: %s', async (endings, answered, shown, canSignIn) => {
    const { id } = await user('a@acme.example');
    set({ endings });
    const changed = await patch(id, [replace('active', false), replace('title', 'x')]);
    expect(changed).toMatchObject({ status: 200, body: { active: answered, title: 'x' } });
    expect((await get(id)).active).toBe(shown);
    expect(directory().users.get(id)?.canSignIn).toBe(canSignIn);
  });

  it('is deleted where it is closed', async () => {
    const { id } = await user('a@acme.example');
    set({ endings: 'delete' });
    expect((await patch(id, [replace('active', false)])).status).toBe(200);
    expect((await ask('GET', at(id))).status).toBe(404);
  });

  it.each([
    ['refuse', 400],
    ['ignore', 200],
  ] as const)('is not opened again: %s', async (reactivations, status) => {
    const { id } = await user('a@acme.example');
    await patch(id, [replace('active', false)]);
    set({ reactivations });
    expect((await patch(id, [replace('active', true)])).status).toBe(status);
    expect((await get(id)).active).toBe(false);
    const later = await user('b@acme.example', { active: false });
    expect((await patch(later.id, [replace('active', true)])).body.active).toBe(true);
  });

  it('is out of sight while nobody has reconciled it, and in the way of a new one', async () => {
    const { id } = directory().addUser({ userName: 'a@acme.example' });
    expect((await ask('GET', at(id))).status).toBe(200);
    set({ hidesUnreconciled: true });
    expect((await ask('GET', at(id))).status).toBe(404);
    expect(total(await find('userName eq "a@acme.example"'))).toBe(0);
    expect(await post('a@acme.example')).toMatchObject(refusal(409, 'uniqueness'));
    directory().reconcile();
    expect(total(await find('userName eq "a@acme.example"'))).toBe(1);
    await user('b@acme.example');
    expect(total(await ask('GET', '/Users'))).toBe(2);
  });

  it('is out of sight after its deletion, and in the way of a new one', async () => {
    const { id } = await user('a@acme.example');
    set({ deletedAccounts: 'kept' });
    await ask('DELETE', at(id));
    expect((await ask('GET', at(id))).status).toBe(404);
    expect((await post('a@acme.example')).status).toBe(409);
    expect(directory().users.get(id)).toMatchObject({ deleted: true, canSignIn: false });
  });

  it.each([
    [[], [0, 0, 0, 0]],
    [['create'], [1, 1, 1, 1]],
    [['activate'], [0, 1, 1, 1]],
    [['reactivate'], [0, 0, 0, 1]],
    [
      ['create', 'reactivate'],
      [1, 1, 1, 2],
    ],
  ] as const)('gets mails on %j', async (mailsOn, counts) => {
    set({ mailsOn: [...mailsOn] });
    const seen: number[] = [];
    const note = () => seen.push(directory().mails.length);
    const { id } = await user('login', { active: false, emails: [{ value: 'a@acme.example', primary: true }] });
    note();
    for (const active of [true, false, true]) {
      await patch(id, [replace('active', active)]);
      note();
    }
    expect(seen).toEqual(counts);
    for (const mail of directory().mails) expect(mail).toMatchObject({ to: 'a@acme.example', user: id });
  });

  it('that is made active has had its activation', async () => {
    set({ mailsOn: ['activate', 'reactivate'] });
    const { id } = await user('a@acme.example');
    await patch(id, [replace('active', false)]);
    await patch(id, [replace('active', true)]);
    expect(directory().mails.map(({ kind }) => kind)).toEqual(['activation', 'reactivation']);
  });

  it('has more rights than a learner by its userType or roles', async () => {
    const staffed = new Directory(() => new Date());
    const admin = staffed.findByUserName('ADMIN@acme.example');
    expect(admin?.values).toMatchObject({ userType: 'Administrator', roles: [{ value: 'admin' }] });
    const { id } = directory().addUser({ ...admin?.values });
    expect(await get(id)).toMatchObject({ userType: 'Administrator', roles: [{ value: 'admin' }] });
    expect(total(await find('roles eq "admin"'))).toBe(1);
  });
});

describe('the SCIM stand-in', () => {
  it('goes back to what was saved', async () => {
    const { id } = await user('a@acme.example');
    const saved = directory().save();
    await patch(id, [replace('active', false)]);
    await ask('DELETE', at(id));
    directory().restore(saved);
    expect((await get(id)).active).toBe(true);
    expect(directory().findByUserName('a@acme.example')?.id).toBe(id);
  });

  it.each(Object.entries(PRESETS))('plays a hire, a change and an ending as %s', async (_, preset) => {
    set({ ...preset, auth: 'bearer' });
    const schemas = [USER, ENTERPRISE];
    const name = { givenName: 'A', familyName: 'B' };
    const hire = {
      schemas,
      userName: 'a@acme.example',
      externalId: '7',
      active: true,
      name,
      emails: [{ value: 'a@acme.example' }],
    };
    const { status, body } = await ask('POST', '/Users', hire);
    expect(status).toBe(201);
    expect(total(await find('userName eq "a@acme.example"'))).toBe(1);
    expect((await patch(body.id, [replace('title', 'Lead')])).body.title).toBe('Lead');
    expect((await patch(body.id, [replace('active', false)])).status).toBe(200);
    expect(directory().users.get(body.id)?.canSignIn ?? false).toBe(false);
  });

  it('shows what it holds to other processes, and does what an administrator would by hand', async () => {
    const control = async (method: string, path: string, sent?: object) => {
      const init = { method, ...(sent !== undefined && { body: JSON.stringify(sent) }) };
      const response = (await portal().control?.request(path, init)) ?? new Response();
      const { status } = response;
      const body: Answer['body'] = status === 200 || status === 201 ? await response.json() : null;
      return { status, body };
    };
    const made = await control('POST', '/users', {
      userName: 'a@acme.example',
      roles: [{ value: 'admin' }],
      password: 'x',
    });
    const { id } = made.body;
    expect(made).toMatchObject({ status: 201, body: { reconciled: false, values: { roles: [{ value: 'admin' }] } } });
    expect(made.body.values).not.toHaveProperty('password');
    expect((await control('POST', '/users', { userName: 'A@acme.example' })).status).toBe(400);
    await control('PATCH', `/users/${id}`, { title: 'Lead', roles: null });
    expect(await get(id)).toMatchObject({ title: 'Lead' });
    expect(await get(id)).not.toHaveProperty('roles');
    await control('POST', '/reconcile');
    expect((await control('GET', '/users')).body.users).toMatchObject([{ id, reconciled: true }]);
    expect((await control('GET', '/groups')).body).toEqual({ groups: [] });
    expect((await control('GET', '/mails')).body).toEqual({ mails: [] });
    await control('DELETE', `/users/${id}`);
    expect((await control('DELETE', `/users/${id}`)).status).toBe(404);
    expect(portal().counts?.()).toEqual({ users: 0, groups: 0, mails: 0 });
  });

  it('says what opens it, and writes the config to go with it', () => {
    expect(portal().access).toEqual({ token: 'sandbox-token' });
    const { target, mapping } = parse(portal().sections({ badge: 'badge_number', certified: 'certified_on' }));
    expect(target).toMatchObject({ type: 'scim', base_url: portal().url });
    const paths = Object.keys(mapping.custom_fields);
    expect(paths).toEqual([`${EXTENSION}:hireDate`, `${EXTENSION}:badge`]);
    expect(mapping.custom_fields[paths[1] ?? '']).toMatchObject({ from: 'badge_number' });
  });

  it('knows custom attributes of several types', async () => {
    const made = await user('a@acme.example', { [EXTENSION]: { weeklyHours: 38.5, isExternal: false, badge: 7 } });
    expect(made[EXTENSION]).toEqual({ weeklyHours: 38.5, isExternal: false, badge: 7 });
    expect((await patch(made.id, [replace(`${EXTENSION}:weeklyHours`, '40')])).status).toBe(400);
    set({ extensions: [{ urn: 'urn:x:User', attributes: [{ name: 'badge', type: 'integer', required: true }] }] });
    expect((await post('b@acme.example')).status).toBe(400);
    expect((await ask('GET', '/Schemas/urn:x:User')).body.attributes[0]).toMatchObject({
      type: 'integer',
      required: true,
    });
  });
});
