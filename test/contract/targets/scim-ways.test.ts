import { afterEach, describe, expect, it } from 'vitest';
import { CredentialsError } from '../../../src/errors.js';
import type { ScimSystem } from '../../../src/sandbox/scim/index.js';
import { recordsIn, textIn } from '../../../src/sandbox/scim/resource.js';
import type { ScimSettingsInput } from '../../../src/sandbox/scim/settings.js';
import type { Target } from '../../../src/targets/target.js';
import { ENTERPRISE, EXTENSION, heldIn, openOn, person, startDirectory } from './directory.js';
import { keyFor, listAll, only, whole } from './stage.js';

let portal: ScimSystem;
afterEach(() => portal.stop());

async function open(changes: object = {}, ways: ScimSettingsInput = {}, fields?: readonly string[]): Promise<Target> {
  portal = await startDirectory(ways);
  return openOn(portal, changes, fields);
}
const create = async (target: Target, number: number, changes: object = {}): Promise<string> =>
  (await target.create(whole({ ...person(number), ...changes }), { invite: false })).accountId;
const failureOf = (call: Promise<unknown>) => call.then(() => null).catch((error: unknown) => error);
const values = (accountId: string) => portal.directory.users.get(accountId)?.values ?? {};
const sent = (method: string) => portal.requests.list().filter((request) => request.method === method);
const byHand = (number: number, further: object = {}) => {
  const { external_id: externalId, email } = person(number);
  const user = { userName: String(email), externalId, emails: [{ value: email, type: 'work' }], active: true };
  return portal.directory.addUser({ ...user, ...further }).id;
};
const findByKeys = async (target: Target, number: number) => {
  const { externalId, email } = keyFor(person(number));
  const found = [
    await target.find([{ externalId, email: null }]),
    await target.find([{ externalId: 'nobody', email: email.toUpperCase() }]),
  ];
  return found.map((accounts) => accounts.map(({ id }) => id));
};

describe('how SCIM servers look people up', () => {
  it.each<[string, ScimSettingsInput]>([
    ['as the RFC has it', {}],
    ['with no filters at all', { filterAttributes: [] }],
    ['with a filter on userName alone', { filterAttributes: ['userName'] }],
    ['finding nobody by externalId without a word', { filterAttributes: ['userName'], otherFilters: 'empty' }],
    ['showing everybody for a filter that is not known', { filterAttributes: [], otherFilters: 'ignore' }],
    ['minding capitals of user names', { userNameFilterMindsCase: true }],
  ])('finds accounts by id and by address, and nobody else: %s', async (_, ways) => {
    const target = await open({}, ways);
    const ids = [byHand(1), byHand(2)];
    expect(await findByKeys(target, 2)).toEqual([[ids[1]], [ids[1]]]);
    expect(await target.find([{ externalId: 'nobody', email: 'nobody@acme.example' }])).toEqual([]);
  });

  it('concludes nothing from a list that is shorter than its total, and finds people by filters then', async () => {
    const target = await open({}, { paging: 'ignored', pageSize: 20 });
    const ids = Array.from({ length: 60 }, (_, number) => byHand(number));
    await expect(listAll(target)).rejects.toMatchObject({ problem: expect.stringContaining('61') });
    const found = await target.find(Array.from({ length: 60 }, (_, number) => keyFor(person(number))));
    expect(found.map(({ id }) => id).sort()).toEqual(ids.sort());
  });

  it.each(['refuse', 'ignore'] as const)(
    'stops rather than takes people for new ones where neither filters nor the list can be trusted (%s)',
    async (otherFilters) => {
      const target = await open({}, { paging: 'ignored', pageSize: 2, filterAttributes: [], otherFilters });
      for (const number of [1, 2, 3]) byHand(number);
      await expect(target.find([keyFor(person(3))])).rejects.toMatchObject({ name: 'AnswerError' });
    },
  );

  it.each<[string, ScimSettingsInput]>([
    ['index', { paging: 'index', pageSize: 3 }],
    ['the first page once more beyond the end', { paging: 'wraps', pageSize: 3, maxPageSize: 3 }],
    ['a cursor although an index was asked for', { paging: 'cursor', maxPageSize: 3 }],
    ['a cursor without a total', { paging: 'cursor', maxPageSize: 3, cursorTotals: false }],
    ['lists without Resources when they are empty', { emptyResources: false }],
  ])('lists everybody once by %s', async (_, ways) => {
    const target = await open({}, ways);
    for (let number = 0; number < 10; number += 1) byHand(number);
    const ids = (await listAll(target)).map(({ id }) => id);
    expect([ids.length, new Set(ids).size]).toEqual([11, 11]);
    expect(await target.find([{ externalId: 'nobody', email: 'nobody@acme.example' }])).toEqual([]);
  });

  it('begins with a cursor where it is told to, and asks for less where a page is too large', async () => {
    const target = await open({ paging: 'cursor', page_size: 4 }, { paging: 'both' });
    for (let number = 0; number < 10; number += 1) byHand(number);
    const fault = { kind: 'status', status: 400, body: { status: '400', scimType: 'invalidCount' } } as const;
    portal.faults.add({ fault, match: { route: 'users.list' }, times: 1 });
    expect(await listAll(target)).toHaveLength(11);
    const asked = sent('GET').map(({ query }) => new URLSearchParams(query).get('count'));
    expect(asked.slice(0, 2)).toEqual(['4', '2']);
  });

  it('reads a list once more when its cursor has expired, and then gives up', async () => {
    const target = await open({}, { paging: 'cursor', maxPageSize: 4 });
    for (let number = 0; number < 10; number += 1) byHand(number);
    const expired = { kind: 'status', status: 400, body: { status: '400', scimType: 'expiredCursor' } } as const;
    portal.faults.add({ fault: expired, match: { route: 'users.list' }, from: 2, times: 1 });
    expect(new Set((await listAll(target)).map(({ id }) => id)).size).toBe(11);
    portal.faults.add({ fault: expired, match: { route: 'users.list' }, times: null });
    await expect(listAll(openOn(portal))).rejects.toMatchObject({ status: 400 });
  });

  it('finds people whose user name is not their address by the address, where it is told to', async () => {
    const target = await open({ look_up: ['external_id', 'email'] });
    const id = byHand(1, { userName: '1234' });
    expect(await findByKeys(target, 1)).toEqual([[id], [id]]);
  });
});

describe('how SCIM servers take accounts', () => {
  it.each<[string, ScimSettingsInput]>([
    ['the RFC', {}],
    ['a number for the status', { errorForm: 'numeric' }],
    ['neither status nor type', { errorForm: 'bare' }],
    ['an empty object', { errorForm: 'empty' }],
    ['400 instead of 409', { uniquenessStatus: 400 }],
  ])('says that an address is taken and by whom, whatever the refusal looks like: %s', async (_, ways) => {
    const target = await open({}, ways);
    const id = await create(target, 1);
    const failure = await failureOf(create(target, 2, { email: person(1)['email'] }));
    expect(failure).toMatchObject({ reason: 'email_taken', detail: expect.stringContaining(id) });
  });

  it.each<[string, ScimSettingsInput]>([
    ['made outside of SCIM', { hidesUnreconciled: true }],
    ['deleted and kept', { deletedAccounts: 'kept' }],
  ])('explains a user name that is taken by an account that nobody sees: %s', async (_, ways) => {
    const target = await open({}, ways);
    if (ways.hidesUnreconciled) byHand(1);
    else await target.delete(await create(target, 1));
    expect(await target.find([keyFor(person(1))])).toEqual([]);
    const detail = expect.stringContaining('outside of SCIM');
    expect(await failureOf(create(target, 1))).toMatchObject({ reason: 'email_taken', detail });
    const made = sent('POST').filter(({ route }) => route === 'users.create');
    expect(made).toHaveLength(ways.hidesUnreconciled ? 1 : 2);
  });

  it('takes the id of a new account from its Location where the answer has no body', async () => {
    const target = await open({}, { createAnswer: 'location', ids: 'odd', relativeLocations: true });
    const accountId = await create(target, 1);
    expect(heldIn(portal, accountId)?.fields).toEqual(person(1));
  });

  it('lives with ids that mean something in an address', async () => {
    const target = await open({}, { ids: 'odd' });
    const accountId = await create(target, 1);
    await target.update(accountId, { ...only(['groups'], { ...person(1), groups: ['Dept A'] }), before: person(1) });
    await target.deactivate(accountId);
    expect(heldIn(portal, accountId)).toMatchObject({ active: false, fields: { groups: ['Dept A'] } });
    expect(await target.get(accountId)).toMatchObject({ id: accountId, state: 'deactivated' });
  });

  it.each<[string, ScimSettingsInput]>([
    ['null and empty texts refused', { nulls: 'refuse', emptyTexts: 'refuse', unknownAttributes: 'refuse' }],
    ['names in other letters refused', { attributeNames: 'refuse' }],
    ['plain JSON answered', { mediaType: 'json_answers' }],
    ['no body after a change', { patchAnswer: '204', deleteAnswer: 200 }],
    ['values rewritten', { rewrites: ['phone_numbers', 'types', 'preferred_language', 'formatted_name'] }],
  ])('sends what a strict server takes, and nothing empty: %s', async (_, ways) => {
    const target = await open({}, ways);
    const { accountId, refused } = await target.create(whole(person(1)), { invite: false });
    const emptied = { ...person(1), job_title: null, phone: null, groups: null, user_type: 'Trainer' };
    const draft = { ...only(['job_title', 'phone', 'groups', 'user_type'], emptied), before: person(1) };
    expect([refused, (await target.update(accountId, draft)).refused]).toEqual([[], []]);
    await target.deactivate(accountId);
    expect((await target.reactivate(accountId, whole(person(1)))).refused).toEqual([]);
    expect(heldIn(portal, accountId)?.fields).toEqual(person(1));
    await target.delete(accountId);
  });

  it('sends plain JSON where it is told to', async () => {
    const target = await open({ media_type: 'application/json' }, { mediaType: 'json_only' });
    expect(heldIn(portal, await create(target, 1))?.fields).toEqual(person(1));
  });

  it('keeps the query of the base address in every request', async () => {
    portal = await startDirectory();
    const target = openOn(portal, { base_url: `${portal.url}/?tenant=7&aadOptscim062020` });
    await target.deactivate(await create(target, 1));
    await target.find([keyFor(person(1))]);
    expect(portal.requests.list().every(({ query }) => query.includes('tenant=7&aadOptscim062020'))).toBe(true);
  });

  it('keeps addresses and phone numbers that are not for work', async () => {
    const target = await open();
    const home = { value: 'zoe@home.example', type: 'home', primary: true };
    const mobile = { value: '7', type: 'mobile' };
    const id = byHand(1, { emails: [{ value: person(1)['email'], type: 'work' }, home], phoneNumbers: [mobile] });
    const next = { ...person(1), email: 'zoe.new@acme.example', phone: '8' };
    await target.update(id, only(['email', 'phone'], next));
    expect(recordsIn(values(id)['emails']).map(({ value }) => value)).toEqual([next.email, home.value]);
    expect(recordsIn(values(id)['phoneNumbers']).map(({ value }) => value)).toEqual(['8', '7']);
    await target.update(id, only(['phone'], { ...next, phone: null }));
    expect(recordsIn(values(id)['phoneNumbers'])).toMatchObject([mobile]);
  });

  it('cuts the path of a custom field at its last colon', async () => {
    const urn = 'urn:ietf:params:scim:schemas:extension:Litmos:2.0:User';
    const field = `custom_fields.${urn}:CustomField:CustomField1`;
    const attribute = { name: 'CustomField', type: 'complex' as const, subAttributes: [{ name: 'CustomField1' }] };
    const ways = { complexPaths: 'colon' as const, extensions: [{ urn, attributes: [attribute] }] };
    const target = await open({}, ways, ['email', field]);
    const { external_id, email } = person(1);
    const fields = { external_id: external_id ?? null, email: email ?? null, [field]: '42' };
    const { accountId } = await target.create(whole(fields), { invite: false });
    expect(await target.get(accountId)).toMatchObject({ fields: { [field]: '42' } });
    await target.update(accountId, only([field], { ...fields, [field]: '43' }));
    expect(await target.get(accountId)).toMatchObject({ fields: { [field]: '43' } });
    await target.update(accountId, only([field], { ...fields, [field]: null }));
    expect((await target.get(accountId))?.fields).not.toHaveProperty([field]);
  });
});

describe('how SCIM servers take changes', () => {
  it.each<[string, object, ScimSettingsInput]>([
    ['rfc', {}, { textBooleans: 'refuse', pathlessValues: 'refuse' }],
    ['entra', { dialect: 'entra', members: 'value_list' }, { textBooleans: 'convert', memberRemoval: 'list' }],
    ['okta', { dialect: 'okta' }, { textBooleans: 'refuse' }],
    ['put', { write: 'put', groups: 'off', owned_groups: [] }, { patchRefused: 501, putWithoutActive: 'suspend' }],
  ])('changes, ends and reopens accounts in the manner %s', async (manner, settings, ways) => {
    const target = await open(settings, ways);
    const isPut = manner === 'put';
    const { groups: _, ...rest } = person(1);
    const fields = isPut ? rest : person(1);
    const { accountId } = await target.create(whole(fields), { invite: false });
    const next = { ...fields, department: 'Sales', job_title: null, [`custom_fields.${EXTENSION}:isExternal`]: false };
    await target.update(accountId, only(Object.keys(next), next));
    const { job_title: __, ...held } = next;
    expect(heldIn(portal, accountId)).toMatchObject({ active: true, fields: held });
    expect(heldIn(portal, accountId)?.fields).not.toHaveProperty('job_title');
    await target.deactivate(accountId);
    expect(heldIn(portal, accountId)?.active).toBe(false);
    await target.reactivate(accountId, whole(fields));
    expect(heldIn(portal, accountId)).toMatchObject({ active: true, fields });
  });

  it('says which setting a server wants that takes no PATCH, and never puts by itself', async () => {
    const target = await open({}, { patchRefused: 405 });
    const { groups: _, ...fields } = person(1);
    const { accountId } = await target.create(whole(fields), { invite: false });
    const failure = await failureOf(target.deactivate(accountId));
    expect(failure).toMatchObject({ detail: expect.stringContaining('write: put') });
    expect(sent('PUT')).toEqual([]);
  });

  it.each(['user_name', 'email'])('leaves the user name alone where it may be set once only (%s)', async (field) => {
    const target = await open({ user_name_changes: 'refuse' }, { userNameChanges: 'refuse' }, [field]);
    const fields = { ...person(1), ...(field === 'user_name' && { user_name: 'zoe.one' }) };
    const { accountId } = await target.create(whole(fields), { invite: false });
    const before = values(accountId)['userName'];
    const next = { ...fields, [field]: 'zoe.two@acme.example', job_title: 'Lead' };
    const { refused } = await target.update(accountId, only([field, 'job_title'], next));
    expect(refused).toEqual(field === 'user_name' ? ['user_name'] : []);
    expect(values(accountId)).toMatchObject({ userName: before, title: 'Lead' });
  });

  it('changes the user name last and alone, so that a refusal of it keeps nothing else back', async () => {
    const target = await open({}, { userNameChanges: 'refuse' });
    const accountId = await create(target, 1);
    const next = { ...person(1), email: 'zoe.new@acme.example', job_title: 'Lead' };
    const failure = await failureOf(target.update(accountId, only(['email', 'job_title'], next)));
    expect(failure).toMatchObject({ detail: expect.stringContaining('user_name_changes: refuse') });
    expect(heldIn(portal, accountId)?.fields).toMatchObject({ email: next.email, job_title: 'Lead' });
  });

  it('looks at every account after a write where it is told to', async () => {
    const target = await open({ read_back: 'always' });
    const accountId = await create(target, 1);
    const closed = await target.create(whole(person(2)), { invite: false, closed: true });
    expect(heldIn(portal, closed.accountId)).toMatchObject({ active: false });
    const user = portal.directory.users.get(accountId);
    if (user !== undefined) portal.directory.change(user, { ...user.values, active: false });
    const change = only(['job_title'], { ...person(1), job_title: 'Lead' });
    const detail = expect.stringContaining('verify --repair');
    expect(await failureOf(target.update(accountId, change))).toMatchObject({ reason: 'other', detail });
    expect(await target.update(accountId, { ...change, closed: true })).toMatchObject({ refused: [] });
    portal.faults.add({ fault: { kind: 'status', status: 404 }, match: { route: 'users.get' }, times: 1 });
    const unseen = await target.create(whole(person(3)), { invite: false });
    expect(new Set(unseen.refused)).toEqual(new Set(Object.keys(person(3))));
  });

  it('does not send an employee id again that may be set once only', async () => {
    const target = await open({}, { externalIdChanges: 'refuse' });
    const accountId = await create(target, 1);
    await target.deactivate(accountId);
    await target.reactivate(accountId, whole(person(1)));
    expect(heldIn(portal, accountId)).toMatchObject({ active: true, fields: person(1) });
  });

  it.each<[string, ScimSettingsInput, ScimSettingsInput]>([
    ['id', { managerBy: 'id' }, {}],
    ['user_name', { managerBy: 'userName' }, {}],
    ['email', { managerBy: 'email' }, {}],
    ['external_id', { managerBy: 'externalId' }, {}],
    ['string', { managerForm: 'string' }, {}],
  ])('names a manager by %s', async (manager_as, ways) => {
    const target = await open({ manager_as }, ways);
    const bossId = await create(target, 1);
    const accountId = await create(target, 2);
    const manager = { accountId: bossId, email: keyFor(person(1)).email };
    await target.update(accountId, { ...only([], person(2)), manager });
    const shown = { id: bossId, string: bossId, external_id: undefined }[manager_as] ?? undefined;
    const address = manager_as === 'email' || manager_as === 'user_name' ? manager.email : shown;
    expect((await target.get(accountId))?.fields['manager']).toBe(address);
    expect(values(accountId)[ENTERPRISE]).toHaveProperty('manager');
    await target.update(accountId, { ...only([], person(2)), manager: null });
    expect(values(accountId)[ENTERPRISE]).not.toHaveProperty('manager');
  });
});

describe('how SCIM servers end accounts', () => {
  it.each<[string, ScimSettingsInput]>([
    ['ignores it and says so in the answer', { endings: 'ignore' }],
    ['ignores it and answers as if it had not', { endings: 'false_echo' }],
  ])('does not believe an ending that the server %s', async (_, ways) => {
    const target = await open({}, ways);
    const accountId = await create(target, 1);
    const failure = await failureOf(target.deactivate(accountId));
    expect(failure).toMatchObject({ name: 'RejectedError', detail: expect.stringContaining('active still') });
    await openOn(portal, { read_back: 'never' }).deactivate(accountId);
  });

  it('is content with a server that deletes whom it should deactivate', async () => {
    const target = await open({}, { endings: 'delete' });
    const accountId = await create(target, 1);
    await target.deactivate(accountId);
    expect(await target.get(accountId)).toBeNull();
  });

  it('deletes where that is the only ending', async () => {
    const target = await open({ deactivate: 'delete' });
    const accountId = await create(target, 1);
    await target.deactivate(accountId);
    expect(heldIn(portal, accountId)).toBeNull();
    expect(target.capabilities.endsBy).toBe('deletion');
  });

  it.each(['refuse', 'ignore'] as const)('notices that a server does not open accounts again (%s)', async (way) => {
    const target = await open({}, { reactivations: way });
    const accountId = await create(target, 1);
    await target.deactivate(accountId);
    expect(await failureOf(target.reactivate(accountId, whole(person(1))))).toMatchObject({ name: 'RejectedError' });
  });

  it('reads "False" as closed, and a state that is not shown as unknown', async () => {
    const target = await open({}, { showsTextBooleans: true, showsUnsetActive: false });
    const accountId = await create(target, 1);
    expect(await target.get(accountId)).toMatchObject({ state: 'active' });
    await target.deactivate(accountId);
    expect(await target.get(accountId)).toMatchObject({ state: 'deactivated' });
    const unset = portal.directory.addUser({ userName: 'unset@acme.example' }).id;
    expect(await target.get(unset)).toMatchObject({ state: 'unknown' });
  });

  it.each([
    ['never', 'never', false],
    ['create', 'at_creation', false],
    ['activate', 'at_activation', true],
    ['reactivate', 'at_reactivation', false],
  ])('tells when the portal mails (mails_on: %s)', async (mails_on, mails, opensLater) => {
    const target = await open({ mails_on }, { mailsOn: ['activate'] });
    expect(target.capabilities).toMatchObject({ mails, opensLater, inviteByHand: false });
    const { accountId } = await target.create(whole(person(1)), { invite: false, closed: true });
    expect(heldIn(portal, accountId)).toMatchObject({ active: false, invitations: 0 });
    await target.reactivate(accountId, whole(person(1)));
    expect(heldIn(portal, accountId)).toMatchObject({ active: true, invitations: 1 });
  });
});

describe('how SCIM servers keep groups', () => {
  const groupCalled = (name: string) =>
    [...portal.directory.groups.values()].find(({ values: held }) => held['displayName'] === name);
  const members = (name: string) =>
    recordsIn(groupCalled(name)?.values['members']).map((member) => textIn(member, 'value'));

  it('writes those who come at once with one request for each group, within the limit', async () => {
    const target = await open({ members_per_request: 3, concurrency: 8 }, { membersPerRequest: 3 });
    portal.directory.addGroup({ displayName: 'Dept A' });
    const fields = (number: number) => ({ ...person(number), groups: ['Dept A'] });
    const made = await Promise.all(
      [1, 2, 3, 4, 5, 6].map((number) => target.create(whole(fields(number)), { invite: false })),
    );
    expect(members('Dept A').sort()).toEqual(made.map(({ accountId }) => accountId).sort());
    expect(sent('PATCH')).toHaveLength(2);
  });

  it('never reads members, joins before it leaves, and leaves other groups alone', async () => {
    const target = await open();
    const accountId = await create(target, 1);
    portal.directory.addGroup({ displayName: 'Club', members: [{ value: accountId }] });
    const next = { ...person(1), groups: ['Dept C'] };
    await target.update(accountId, { ...only(['groups'], next), before: { groups: ['Dept A', 'Dept B'] } });
    expect([members('Dept A'), members('Dept B'), members('Dept C'), members('Club')]).toEqual([
      [],
      [],
      [accountId],
      [accountId],
    ]);
    const ids = ['Dept C', 'Dept A', 'Dept B'].map((name) => groupCalled(name)?.id);
    const paths = sent('PATCH').map(({ path }) => path.split('/').at(-1));
    expect(paths.slice(-3)).toEqual(ids);
    const reads = portal.requests
      .list()
      .filter(({ route }) => route?.startsWith('groups.') && !route.endsWith('create'));
    expect(
      reads.filter(({ method, query }) => method === 'GET' && !query.includes('excludedAttributes=members')),
    ).toEqual([]);
  });

  it('goes by the account where it does not know which groups somebody is in', async () => {
    const target = await open();
    const accountId = await create(target, 1);
    await target.update(accountId, only(['groups'], { ...person(1), groups: ['Dept B'] }));
    expect([members('Dept A'), members('Dept B')]).toEqual([[], [accountId]]);
  });

  it('is content where somebody is in a group no longer, or the group is gone', async () => {
    const target = await open();
    const accountId = await create(target, 1);
    const [first] = [...portal.directory.groups.values()];
    if (first !== undefined) portal.directory.change(first, { displayName: 'Dept A', members: [] });
    const draft = { ...only(['groups'], { ...person(1), groups: null }), before: { groups: ['Dept A', 'Dept X'] } };
    expect(await target.update(accountId, draft)).toMatchObject({ refused: [] });
  });

  it('refuses groups that are not its own, and a name that two groups bear', async () => {
    const target = await open();
    const accountId = await create(target, 1);
    for (const _ of [1, 2]) portal.directory.addGroup({ displayName: 'Dept Twin' });
    for (const [name, reason] of [
      ['Club', 'invalid_value'],
      ['Dept Twin', 'unknown_reference'],
    ]) {
      const draft = only(['groups'], { ...person(1), groups: [String(name)] });
      expect(await failureOf(target.update(accountId, draft))).toMatchObject({ reason });
    }
  });
});

describe('what a SCIM server may be asked', () => {
  it.each<[string, ScimSettingsInput]>([
    ['a bearer token', { auth: 'bearer' }],
    ['HTTP Basic', { auth: 'basic' }],
    ['OAuth with a scope', { auth: 'oauth', oauth: { clientId: 'a', clientSecret: 'b', scope: 'SCIMv2' } }],
  ])('is let in by %s', async (_, ways) => {
    const target = await open({}, ways);
    expect(await target.get(await create(target, 1))).toMatchObject({ state: 'active' });
  });

  it('tells a scope that is missing from credentials that are wrong', async () => {
    const target = await open({}, { auth: 'oauth' });
    portal.settings.change({ oauth: { ...portal.settings.values.oauth, scope: 'SCIMv2' } });
    const failure = await failureOf(target.get('1'));
    expect(failure).toBeInstanceOf(CredentialsError);
    expect(failure).toMatchObject({ detail: expect.stringContaining('invalid_scope') });
  });

  it('tells administrators by the attributes that the settings name', async () => {
    const privileged_when = { userType: ['administrator'], 'roles.value': ['x'], groups: ['Dept Admins'] };
    const target = await open({ privileged_when });
    const [admin] = await target.find([{ externalId: 'nobody', email: 'admin@acme.example' }]);
    const learner = await create(target, 1);
    const member = await create(target, 2, { groups: ['Dept Admins'] });
    const rights = await target.inspect([admin?.id ?? '', learner, member]);
    expect([...rights.values()].map((account) => account.rights)).toEqual([
      { privileged: true, role: 'Administrator' },
      { privileged: false, role: null },
      { privileged: true, role: 'Dept Admins' },
    ]);
    expect((await openOn(portal).get(learner))?.rights).toEqual({ privileged: null, role: null });
  });

  it.each<[string, ScimSettingsInput, readonly (readonly [string, string])[]]>([
    [
      'the RFC',
      {},
      [
        ['discovery', 'describes itself'],
        ['filter on userName', 'other capitals'],
        ['rights', 'allowed'],
      ],
    ],
    ['no description', { serviceProviderConfig: 'not_implemented' }, [['discovery', 'settings alone']]],
    ['no PATCH by its own word', { claims: { patch: false } }, [['discovery', 'write: put']]],
    ['filters that mind capitals', { userNameFilterMindsCase: true }, [['filter on userName', 'minds capitals']]],
    [
      'filters that show everybody',
      { filterAttributes: [], otherFilters: 'ignore' },
      [['filter on userName', 'is ignored']],
    ],
    ['filters that are refused', { filterAttributes: ['userName'] }, [['filter on externalId', 'is refused']]],
    ['pages that are ignored', { paging: 'ignored', pageSize: 2 }, [['list of users', 'ignores startIndex']]],
  ])('checks what the server can be shown to do: %s', async (_, ways, expected) => {
    const target = await open({}, ways);
    for (const number of [1, 2, 3]) byHand(number);
    const findings = await target.check(['email', 'first_name', 'job_title']);
    for (const [subject, words] of expected) {
      const messages = findings.filter((finding) => finding.subject === subject).map(({ message }) => message);
      expect(messages.join('\n')).toContain(words);
    }
    expect(findings.filter(({ level }) => level === 'error')).toEqual([]);
  });

  it('finds out that credentials may read and not write, and says when it cannot tell', async () => {
    const target = await open();
    const fault = (status: number) => ({ kind: 'status', status }) as const;
    portal.faults.add({ fault: fault(403), match: { route: 'users.update' }, times: 1 });
    const rights = async () => (await target.check([])).filter(({ subject }) => subject === 'rights');
    expect(await rights()).toMatchObject([{ level: 'error', cause: 'credentials' }]);
    portal.faults.add({ fault: fault(400), match: { route: 'users.update' }, times: 1 });
    expect(await rights()).toMatchObject([{ level: 'warning', message: expect.stringContaining('could not be told') }]);
    portal.faults.add({ fault: fault(200), match: { route: 'users.update' }, times: 1 });
    expect(await rights()).toMatchObject([{ level: 'warning', message: expect.stringContaining('does not exist') }]);
  });

  it('prints what would be sent, in the chosen dialect', async () => {
    const target = await open({ dialect: 'entra' });
    const findings = await target.check(['email', 'first_name', 'job_title']);
    const said = findings.filter(({ subject }) => subject.endsWith('would be sent as')).map(({ message }) => message);
    expect(said).toContain('PATCH [{"op":"Replace","path":"active","value":"False"}]');
    expect(said[0]).toContain('"userName":"ada.sample@acme.example"');
  });

  it('warns of mapped fields that the settings or the server keep back', async () => {
    const target = await open({ groups: 'off', owned_groups: [], user_name_changes: 'refuse' }, {}, ['user_name']);
    const field = `custom_fields.${EXTENSION}:Badge`;
    const subjects = (await target.check(['user_name', 'groups', field, 'custom_fields.active']))
      .filter(({ level }) => level === 'warning')
      .map(({ subject }) => subject);
    expect(subjects).toEqual(
      expect.arrayContaining(['field groups', 'field user_name', 'look_up', 'field custom_fields.active']),
    );
    expect(subjects).toContain(`custom field ${EXTENSION}:Badge`);
  });
});
