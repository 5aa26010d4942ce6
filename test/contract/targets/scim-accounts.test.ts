import { describe, expect, it } from 'vitest';
import { recordsIn } from '../../../src/sandbox/scim/resource.js';
import type { ScimSettingsInput } from '../../../src/sandbox/scim/settings.js';
import { heldIn, openOn, person } from './directory.js';
import { directoryBench } from './directory-bench.js';
import { keyFor, only, whole } from './stage.js';

const { open, create, failureOf, values, sent, byHand, portal, start } = directoryBench();

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
    expect(heldIn(portal(), accountId)?.fields).toEqual(person(1));
  });

  it('lives with ids that mean something in an address', async () => {
    const target = await open({}, { ids: 'odd' });
    const accountId = await create(target, 1);
    await target.update(accountId, { ...only(['groups'], { ...person(1), groups: ['Dept A'] }), before: person(1) });
    await target.deactivate(accountId);
    expect(heldIn(portal(), accountId)).toMatchObject({ active: false, fields: { groups: ['Dept A'] } });
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
    expect(heldIn(portal(), accountId)?.fields).toEqual(person(1));
    await target.delete(accountId);
  });

  it('sends plain JSON where it is told to', async () => {
    const target = await open({ media_type: 'application/json' }, { mediaType: 'json_only' });
    expect(heldIn(portal(), await create(target, 1))?.fields).toEqual(person(1));
  });

  it('keeps the query of the base address in every request', async () => {
    await start();
    const target = openOn(portal(), { base_url: `${portal().url}/?tenant=7&aadOptscim062020` });
    await target.deactivate(await create(target, 1));
    await target.find([keyFor(person(1))]);
    expect(
      portal()
        .requests.list()
        .every(({ query }) => query.includes('tenant=7&aadOptscim062020')),
    ).toBe(true);
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
