import { describe, expect, it } from 'vitest';
import { ENTERPRISE, EXTENSION, PATCH_OP, refusal, stageScim } from './sandbox-scim-stage.js';

const { ask, at, user, group, get, patch, set, directory, pass } = stageScim();

const work = { value: 'a@acme.example', type: 'work', primary: true };
const home = { value: 'a@home.example', type: 'home' };
const anna = () =>
  user('a@acme.example', {
    ...{ externalId: '7', title: 'Lead', name: { givenName: 'Anna', familyName: 'Arch' }, emails: [work, home] },
    [ENTERPRISE]: { department: 'Sales', division: 'North' },
    [EXTENSION]: { skills: ['SQL'] },
  });

describe('a PATCH of the SCIM stand-in', () => {
  it.each([
    ['replaces a value', { op: 'replace', path: 'title', value: 'Chief' }, { title: 'Chief' }],
    ['replaces a value that is not there', { op: 'replace', path: 'nickName', value: 'Ann' }, { nickName: 'Ann' }],
    ['adds by replacing a single value', { op: 'add', path: 'title', value: 'Chief' }, { title: 'Chief' }],
    ['takes ops in any capitals', { op: 'Replace', path: 'TITLE', value: 'Chief' }, { title: 'Chief' }],
    [
      'replaces one sub-attribute',
      { op: 'replace', path: 'name.familyName', value: 'Bow' },
      { name: { givenName: 'Anna', familyName: 'Bow' } },
    ],
    [
      'leaves sub-attributes that an object does not name',
      { op: 'replace', path: 'name', value: { familyName: 'Bow' } },
      { name: { givenName: 'Anna', familyName: 'Bow' } },
    ],
    [
      'follows a path into an extension',
      { op: 'replace', path: `${ENTERPRISE}:department`, value: 'Support' },
      { [ENTERPRISE]: { department: 'Support', division: 'North' } },
    ],
    [
      'takes several values without a path',
      { op: 'replace', value: { title: 'Chief', active: false, [ENTERPRISE]: { department: 'Support' } } },
      { title: 'Chief', active: false, [ENTERPRISE]: { department: 'Support', division: 'North' } },
    ],
    [
      'replaces a whole list',
      { op: 'replace', path: 'emails', value: [{ value: 'b@acme.example', type: 'work' }] },
      { emails: [{ value: 'b@acme.example', type: 'work' }] },
    ],
    [
      'adds to a list, where a new primary value is the only one',
      { op: 'add', path: 'emails', value: [{ value: 'c@acme.example', type: 'other', primary: true }] },
      { emails: [{ ...work, primary: false }, home, { value: 'c@acme.example', type: 'other', primary: true }] },
    ],
    ['adds nothing that is there', { op: 'add', path: 'emails', value: [home] }, { emails: [work, home] }],
    [
      'adds a single object to a list',
      { op: 'add', path: 'emails', value: { value: 'c@acme.example' } },
      { emails: [work, home, { value: 'c@acme.example' }] },
    ],
    [
      'adds to a list without a path',
      { op: 'add', value: { emails: [{ value: 'c@acme.example' }] } },
      { emails: [work, home, { value: 'c@acme.example' }] },
    ],
    [
      'replaces a sub-attribute of the values that a filter chooses',
      { op: 'replace', path: 'emails[type eq "home"].value', value: 'x@home.example' },
      { emails: [work, { ...home, value: 'x@home.example' }] },
    ],
    [
      'replaces the values that a filter chooses',
      { op: 'replace', path: 'emails[type eq "home" or type eq "other"]', value: { value: 'y@home.example' } },
      { emails: [work, { value: 'y@home.example' }] },
    ],
    [
      'adds to the values that a filter chooses',
      { op: 'add', path: 'emails[value ew "home.example"]', value: { display: 'H' } },
      { emails: [work, { ...home, display: 'H' }] },
    ],
    ['removes the values that a filter chooses', { op: 'remove', path: 'emails[type eq "work"]' }, { emails: [home] }],
    [
      'removes a sub-attribute of the values that a filter chooses',
      { op: 'remove', path: 'emails[type eq "home"].type' },
      { emails: [work, { value: 'a@home.example' }] },
    ],
    [
      'adds plain values to a list',
      { op: 'add', path: `${EXTENSION}:skills`, value: ['SQL', 'Welding'] },
      { [EXTENSION]: { skills: ['SQL', 'Welding'] } },
    ],
    ['keeps an empty text', { op: 'replace', path: 'title', value: '' }, { title: '' }],
  ])('%s', async (_, operation, expected) => {
    const { id } = await anna();
    expect(await patch(id, [operation])).toMatchObject({ status: 200, body: { id } });
    const now = await get(id);
    for (const [key, value] of Object.entries(expected)) expect(now[key]).toEqual(value);
  });

  it.each([
    ['removes a value', { op: 'remove', path: 'title' }, 'title'],
    ['removes a whole list', { op: 'remove', path: 'emails' }, 'emails'],
    ['removes a value by null', { op: 'replace', path: 'title', value: null }, 'title'],
    ['removes a list by an empty one', { op: 'replace', path: 'emails', value: [] }, 'emails'],
    ['removes a list with its last value', { op: 'remove', path: 'emails[value pr]' }, 'emails'],
    [
      'removes an extension with its last value',
      { op: 'remove', path: `${EXTENSION}:skills[value eq "sql"]` },
      EXTENSION,
    ],
    ['removes what is not there', { op: 'remove', path: 'nickName' }, 'nickName'],
  ])('%s', async (_, operation, key) => {
    const { id } = await anna();
    expect((await patch(id, [operation])).status).toBe(200);
    expect(Object.keys(await get(id))).not.toContain(key);
  });

  it.each([
    ['an unknown op', { op: 'set', path: 'title', value: 'x' }, 'invalidSyntax'],
    ['no op', { path: 'title', value: 'x' }, 'invalidSyntax'],
    ['a member of an operation that nobody knows', { op: 'remove', path: 'title', vlaue: 'x' }, 'invalidSyntax'],
    ['remove without a path', { op: 'remove' }, 'noTarget'],
    ['an empty path', { op: 'replace', path: '', value: 'x' }, 'invalidPath'],
    ['a path that is no path', { op: 'replace', path: 'emails[type eq', value: 'x' }, 'invalidPath'],
    ['a filter that is no filter', { op: 'replace', path: 'emails[type is "work"].value', value: 'x' }, 'invalidPath'],
    ['a filter on a single value', { op: 'replace', path: 'name[givenName pr].familyName', value: 'x' }, 'invalidPath'],
    ['an attribute that nobody knows', { op: 'replace', path: 'shoeSize', value: 4 }, 'invalidPath'],
    [
      'a sub-attribute that nobody knows',
      { op: 'replace', path: 'emails[type eq "work"].size', value: 4 },
      'invalidPath',
    ],
    ['an extension that nobody knows', { op: 'replace', path: 'urn:x:User:a', value: 4 }, 'invalidPath'],
    [
      'a filter that chooses nothing to replace',
      { op: 'replace', path: 'emails[type eq "other"].value', value: 'x' },
      'noTarget',
    ],
    [
      'a filter that chooses nothing to add to',
      { op: 'add', path: 'phoneNumbers[type eq "mobile"].value', value: '1' },
      'noTarget',
    ],
    ['a filter that chooses nothing to remove', { op: 'remove', path: 'emails[type eq "other"]' }, 'noTarget'],
    ['add without a value', { op: 'add', path: 'title' }, 'invalidValue'],
    ['add of null', { op: 'add', path: 'title', value: null }, 'invalidValue'],
    ['replace without a value', { op: 'replace', path: 'title' }, 'invalidValue'],
    [
      'replace without a value where a filter chooses',
      { op: 'replace', path: 'emails[type eq "work"].value' },
      'invalidValue',
    ],
    ['remove with a value', { op: 'remove', path: 'title', value: 'Lead' }, 'invalidSyntax'],
    ['a text for active', { op: 'replace', path: 'active', value: 'False' }, 'invalidValue'],
    ['one object for a list that is replaced', { op: 'replace', path: 'emails', value: work }, 'invalidValue'],
    ['a value without a path that is no object', { op: 'replace', value: 'x' }, 'invalidValue'],
    ['the id', { op: 'replace', path: 'id', value: 'x' }, 'mutability'],
    ['the groups of a user', { op: 'add', path: 'groups', value: [{ value: '1' }] }, 'mutability'],
    ['the name of a manager', { op: 'add', path: `${ENTERPRISE}:manager.displayName`, value: 'x' }, 'mutability'],
    ['what is read-only without a path', { op: 'add', value: { id: 'x' } }, 'mutability'],
    ['the removal of userName', { op: 'remove', path: 'userName' }, 'mutability'],
    ['null for userName', { op: 'replace', path: 'userName', value: null }, 'mutability'],
    ['an empty userName', { op: 'replace', path: 'userName', value: '' }, 'mutability'],
  ])('refuses %s, and with it every operation of the request', async (_, operation, scimType) => {
    const { id } = await anna();
    const before = await get(id);
    const good = { op: 'replace', path: 'title', value: 'Chief' };
    expect(await patch(id, [good, operation, good])).toMatchObject(refusal(400, scimType));
    expect(await get(id)).toEqual(before);
  });

  it.each([
    ['no schemas', { Operations: [{ op: 'remove', path: 'title' }] }],
    ['no operations', { schemas: [PATCH_OP] }],
    ['empty operations', { schemas: [PATCH_OP], Operations: [] }],
    ['an operation that is no object', { schemas: [PATCH_OP], Operations: ['x'] }],
    ['a user instead of operations', { schemas: [PATCH_OP], title: 'x' }],
  ])('refuses a body with %s', async (_, body) => {
    const { id } = await anna();
    expect(await ask('PATCH', at(id), body)).toMatchObject(refusal(400, 'invalidSyntax'));
  });

  it('applies operations in order, each to what the one before has left', async () => {
    const { id } = await anna();
    const { body } = await patch(id, [
      { op: 'remove', path: 'emails' },
      { op: 'add', path: 'emails', value: [{ value: 'n@acme.example', type: 'work' }] },
      { op: 'replace', path: 'emails[type eq "work"].value', value: 'm@acme.example' },
    ]);
    expect(body.emails).toEqual([{ value: 'm@acme.example', type: 'work' }]);
  });

  it('refuses a userName that is taken, and an id that nobody has', async () => {
    const { id } = await anna();
    await user('b@acme.example');
    const move = { op: 'replace', path: 'userName', value: 'B@acme.example' };
    expect(await patch(id, [move])).toMatchObject(refusal(409, 'uniqueness'));
    expect(await patch('nobody', [move])).toMatchObject(refusal(404));
  });

  it('moves the version and the time with a change, and with nothing else', async () => {
    const { id, meta } = await anna();
    pass(60_000);
    const same = await patch(id, [{ op: 'replace', path: 'title', value: 'Lead' }]);
    expect(same.body.meta).toEqual(meta);
    const changed = await patch(id, [{ op: 'replace', path: 'title', value: 'Chief' }]);
    expect(changed.body.meta.lastModified).toBe('2026-11-24T02:01:00.000Z');
    expect(changed.body.meta.version).not.toBe(meta.version);
  });

  it('closes an account, which stays readable, and opens it again', async () => {
    const { id } = await anna();
    await patch(id, [{ op: 'replace', path: 'active', value: false }]);
    expect((await get(id)).active).toBe(false);
    expect(directory().users.get(id)?.canSignIn).toBe(false);
    await patch(id, [{ op: 'replace', path: 'active', value: true }]);
    expect(directory().users.get(id)?.canSignIn).toBe(true);
  });
});

describe('a PATCH of a group of the SCIM stand-in', () => {
  const ids = async () => Promise.all(['a', 'b', 'c'].map(async (name) => (await user(name)).id as string));
  const members = (id: string) =>
    [directory().groups.get(id)?.values['members'] ?? []].flat().map((one) => Reflect.get(Object(one), 'value'));

  it('adds members once, and removes those that a filter names', async () => {
    const [a = '', b = '', c = ''] = await ids();
    const { id } = await group('Sales', [a]);
    await patch(
      id,
      [{ op: 'add', path: 'members', value: [{ value: a }, { value: b, type: 'User' }, { value: c }] }],
      'Groups',
    );
    expect(members(id)).toEqual([a, b, c]);
    await patch(id, [{ op: 'remove', path: `members[value eq "${b}"]` }], 'Groups');
    expect(members(id)).toEqual([a, c]);
    await patch(id, [{ op: 'remove', path: 'members' }], 'Groups');
    expect(members(id)).toEqual([]);
  });

  it('removes members by a list only where it is set to, and then by nothing else if so', async () => {
    const [a = '', b = ''] = await ids();
    const { id } = await group('Sales', [a, b]);
    const byList = { op: 'Remove', path: 'members', value: [{ value: a }] };
    expect(await patch(id, [byList], 'Groups')).toMatchObject(refusal(400, 'invalidSyntax'));
    set({ memberRemoval: 'list' });
    expect((await patch(id, [byList], 'Groups')).status).toBe(200);
    expect(members(id)).toEqual([b]);
    const byFilter = { op: 'remove', path: `members[value eq "${b}"]` };
    expect(await patch(id, [byFilter], 'Groups')).toMatchObject(refusal(400, 'invalidPath'));
    set({ memberRemoval: 'both' });
    expect((await patch(id, [byFilter], 'Groups')).status).toBe(200);
  });

  it('refuses a member who is not there, another id for a member, and a group without a name', async () => {
    const [a = ''] = await ids();
    const { id } = await group('Sales', [a]);
    const add = { op: 'add', path: 'members', value: [{ value: 'nobody' }] };
    expect(await patch(id, [add], 'Groups')).toMatchObject(refusal(400, 'invalidValue'));
    const swap = { op: 'replace', path: `members[value eq "${a}"].value`, value: 'x' };
    expect(await patch(id, [swap], 'Groups')).toMatchObject(refusal(400, 'mutability'));
    expect(await patch(id, [{ op: 'remove', path: 'displayName' }], 'Groups')).toMatchObject(
      refusal(400, 'mutability'),
    );
  });

  it('refuses more members at once than it takes', async () => {
    const [a = '', b = '', c = ''] = await ids();
    const { id } = await group('Sales', [a]);
    set({ membersPerRequest: 2 });
    const remove = (one: string) => ({ op: 'remove', path: `members[value eq "${one}"]` });
    const add = (some: readonly string[]) => ({ op: 'add', path: 'members', value: some.map((value) => ({ value })) });
    expect((await patch(id, [add([a, b, c])], 'Groups')).status).toBe(400);
    expect((await patch(id, [remove(a), add([b, c])], 'Groups')).status).toBe(400);
    expect((await patch(id, [remove(a), add([b])], 'Groups')).status).toBe(200);
    expect(
      (await patch(id, [{ op: 'add', value: { members: [a, b, c].map((value) => ({ value })) } }], 'Groups')).status,
    ).toBe(400);
  });

  it('refuses to replace or remove all members at once, where it is set to', async () => {
    const [a = ''] = await ids();
    const { id } = await group('Sales', [a]);
    set({ membersReplaceable: false });
    expect((await patch(id, [{ op: 'replace', path: 'members', value: [] }], 'Groups')).status).toBe(400);
    expect((await patch(id, [{ op: 'remove', path: 'members' }], 'Groups')).status).toBe(400);
    expect(members(id)).toEqual([a]);
  });

  it('answers without members where it is set to, though they are there', async () => {
    const [a = ''] = await ids();
    const { id } = await group('Sales');
    set({ patchShowsMembers: false });
    const { body } = await patch(id, [{ op: 'add', path: 'members', value: [{ value: a }] }], 'Groups');
    expect(body.members).toEqual([]);
    expect((await get(id, 'Groups')).members).toMatchObject([{ value: a }]);
  });

  it('lets a group go, and a user out of all groups when the user is deleted', async () => {
    const [a = '', b = ''] = await ids();
    const { id } = await group('Sales', [a, b]);
    await ask('DELETE', at(a));
    expect(members(id)).toEqual([b]);
    expect((await ask('DELETE', at(id, 'Groups'))).status).toBe(204);
    expect(await get(b)).not.toHaveProperty('groups');
  });
});
