import { describe, expect, it } from 'vitest';
import type { ScimSettingsInput } from '../../../src/sandbox/scim/settings.js';
import { ENTERPRISE, EXTENSION, heldIn, openOn, person } from './directory.js';
import { directoryBench } from './directory-bench.js';
import { keyFor, only, whole } from './stage.js';

const { open, create, failureOf, values, sent, portal } = directoryBench();

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
    expect(heldIn(portal(), accountId)).toMatchObject({ active: true, fields: held });
    expect(heldIn(portal(), accountId)?.fields).not.toHaveProperty('job_title');
    await target.deactivate(accountId);
    expect(heldIn(portal(), accountId)?.active).toBe(false);
    await target.reactivate(accountId, whole(fields));
    expect(heldIn(portal(), accountId)).toMatchObject({ active: true, fields });
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
    expect(heldIn(portal(), accountId)?.fields).toMatchObject({ email: next.email, job_title: 'Lead' });
  });

  it('looks at every account after a write where it is told to', async () => {
    const target = await open({ read_back: 'always' });
    const accountId = await create(target, 1);
    const closed = await target.create(whole(person(2)), { invite: false, closed: true });
    expect(heldIn(portal(), closed.accountId)).toMatchObject({ active: false });
    const user = portal().directory.users.get(accountId);
    if (user !== undefined) portal().directory.change(user, { ...user.values, active: false });
    const change = only(['job_title'], { ...person(1), job_title: 'Lead' });
    const detail = expect.stringContaining('verify --repair');
    expect(await failureOf(target.update(accountId, change))).toMatchObject({ reason: 'other', detail });
    expect(await target.update(accountId, { ...change, closed: true })).toMatchObject({ refused: [] });
    portal().faults.add({ fault: { kind: 'status', status: 404 }, match: { route: 'users.get' }, times: 1 });
    const unseen = await target.create(whole(person(3)), { invite: false });
    expect(new Set(unseen.refused)).toEqual(new Set(Object.keys(person(3))));
  });

  it('does not send an employee id again that may be set once only', async () => {
    const target = await open({}, { externalIdChanges: 'refuse' });
    const accountId = await create(target, 1);
    await target.deactivate(accountId);
    await target.reactivate(accountId, whole(person(1)));
    expect(heldIn(portal(), accountId)).toMatchObject({ active: true, fields: person(1) });
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
    await openOn(portal(), { read_back: 'never' }).deactivate(accountId);
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
    expect(heldIn(portal(), accountId)).toBeNull();
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
    const unset = portal().directory.addUser({ userName: 'unset@acme.example' }).id;
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
    expect(heldIn(portal(), accountId)).toMatchObject({ active: false, invitations: 0 });
    await target.reactivate(accountId, whole(person(1)));
    expect(heldIn(portal(), accountId)).toMatchObject({ active: true, invitations: 1 });
  });
});
