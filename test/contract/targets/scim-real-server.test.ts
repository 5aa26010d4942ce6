import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openOnReal, type RealServer, startRealServer } from './scimmy.js';
import { keyFor, listAll, only, whole } from './stage.js';

const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

const person = (number: number) => ({
  external_id: `E-${number}`,
  email: `person.${number}@acme.example`,
  first_name: `Zoë${number}`,
  last_name: `Müller ${number}`,
  job_title: 'Engineer',
  department: 'Research',
  phone: '+49 30 1',
  language: 'de-DE',
});

describe('a SCIM server of another maker', () => {
  let server: RealServer;
  beforeEach(async () => {
    server = await startRealServer();
  });
  afterEach(() => server.stop());

  it('lives through a hire, changes, a manager, groups, a leaver and a return', async () => {
    const target = openOnReal(server, { groups: 'own', owned_groups: ['Dept *'] });
    expect(await target.find([keyFor(person(1))])).toEqual([]);
    const boss = await target.create(whole({ ...person(1), groups: ['Dept Research'] }), { invite: false });
    const manager = { accountId: boss.accountId, email: person(1).email };
    const hire = await target.create(whole({ ...person(2), groups: ['Dept Research'] }, manager), { invite: false });
    expect([boss.refused, hire.refused]).toEqual([[], []]);
    const held = () => server.users.get(hire.accountId);
    expect(held()).toMatchObject({
      userName: 'person.2@acme.example',
      externalId: 'E-2',
      active: true,
      name: { givenName: 'Zoë2', familyName: 'Müller 2' },
      emails: [{ value: 'person.2@acme.example', type: 'work', primary: true }],
      [ENTERPRISE]: { department: 'Research', manager: { value: boss.accountId } },
    });
    const members = () => [...server.groups.values()].map(({ displayName, members: of }) => [displayName, of]);
    expect(members()).toMatchObject([['Dept Research', [{ value: boss.accountId }, { value: hire.accountId }]]]);

    const next = {
      ...person(2),
      email: 'zoe.new@acme.example',
      job_title: null,
      department: 'Sales',
      groups: ['Dept Sales'],
    };
    const changed = ['email', 'job_title', 'department', 'groups'];
    const draft = { ...only(changed, next), before: { groups: ['Dept Research'] }, manager: null };
    expect(await target.update(hire.accountId, draft)).toEqual({ accountId: hire.accountId, refused: [] });
    expect(held()).toMatchObject({ userName: 'zoe.new@acme.example', [ENTERPRISE]: { department: 'Sales' } });
    expect(held()).not.toHaveProperty('title');
    expect(held()).not.toHaveProperty([ENTERPRISE, 'manager']);
    expect(members()).toMatchObject([
      ['Dept Research', [{ value: boss.accountId }]],
      ['Dept Sales', [{ value: hire.accountId }]],
    ]);
    expect(await target.find([{ externalId: 'E-2', email: null }])).toMatchObject([{ id: hire.accountId }]);

    await target.deactivate(hire.accountId);
    expect(held()).toMatchObject({ active: false });
    expect(await target.get(hire.accountId)).toMatchObject({ state: 'deactivated' });
    await target.reactivate(hire.accountId, whole({ ...next, job_title: 'Lead' }, manager));
    expect(held()).toMatchObject({ active: true, title: 'Lead' });
    await target.delete(hire.accountId);
    await target.delete(hire.accountId);
    expect(await target.get(hire.accountId)).toBeNull();
  });

  it.each(['rfc', 'okta'])('takes changes in the dialect %s', async (dialect) => {
    const target = openOnReal(server, { dialect });
    const { accountId } = await target.create(whole(person(1)), { invite: false });
    const next = { ...person(1), last_name: 'Other', department: 'Sales', phone: null, language: null };
    await target.update(accountId, only(['last_name', 'department', 'phone', 'language'], next));
    expect(server.users.get(accountId)).toMatchObject({ name: { givenName: 'Zoë1', familyName: 'Other' } });
    expect(server.users.get(accountId)).toHaveProperty([ENTERPRISE, 'department'], 'Sales');
    for (const gone of ['phoneNumbers', 'preferredLanguage'])
      expect(server.users.get(accountId)).not.toHaveProperty(gone);
    await target.deactivate(accountId);
    expect(server.users.get(accountId)).toMatchObject({ active: false });
  });

  it('keeps what the mapping does not manage when the whole user is put', async () => {
    const target = openOnReal(server, { write: 'put' });
    const { accountId } = await target.create(whole(person(1)), { invite: false });
    const byHand = { nickName: 'Zo', phoneNumbers: [{ type: 'mobile', value: '7' }] };
    Object.assign(server.users.get(accountId) ?? {}, byHand);
    const next = { ...person(1), job_title: 'Lead', phone: '8' };
    await target.update(accountId, only(['job_title', 'phone'], next));
    const phoneNumbers = [{ type: 'work', value: '8', primary: true }, ...byHand.phoneNumbers];
    const { external_id: externalId, email: userName } = next;
    expect(server.users.get(accountId)).toMatchObject({
      title: 'Lead',
      nickName: 'Zo',
      phoneNumbers,
      externalId,
      userName,
    });
    await target.deactivate(accountId);
    expect(server.users.get(accountId)).toMatchObject({ active: false, nickName: 'Zo', title: 'Lead' });
  });

  it('lists everybody although the server answers an index beyond the end with the first page', async () => {
    const target = openOnReal(server, { page_size: 10 });
    for (let number = 1; number <= 40; number += 1) await target.create(whole(person(number)), { invite: false });
    expect(new Set((await listAll(target)).map(({ id }) => id)).size).toBe(40);
  });

  it('finds an account in other capitals by the list, where the filter minds them', async () => {
    const target = openOnReal(server);
    const { accountId } = await target.create(whole(person(1)), { invite: false });
    const email = person(1).email.toUpperCase();
    expect(await openOnReal(server).find([{ externalId: 'nobody', email }])).toMatchObject([{ id: accountId }]);
  });

  it('says who has a user name that is taken', async () => {
    const target = openOnReal(server);
    const { accountId } = await target.create(whole(person(1)), { invite: false });
    const again = target.create(whole({ ...person(2), email: person(1).email }), { invite: false });
    await expect(again).rejects.toMatchObject({ reason: 'email_taken', detail: expect.stringContaining(accountId) });
  });
});
