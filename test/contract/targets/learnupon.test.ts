import { afterEach, describe, expect, it } from 'vitest';
import type { Sandbox, SandboxOptions } from '../../../src/sandbox/index.js';
import type { Target } from '../../../src/targets/target.js';
import { heldIn, openOn, person, portalStage, startPortal } from './portal.js';
import { each, keyFor, only, whole } from './stage.js';
import { describeTarget } from './target-contract.js';

describeTarget('LearnUpon', portalStage, { reader: false, mailsAtCreation: false });

describe("LearnUpon's own ways", () => {
  let sandbox: Sandbox;
  afterEach(() => sandbox.stop());

  async function open(changes: object = {}, portal: SandboxOptions['learnupon'] = {}): Promise<Target> {
    sandbox = await startPortal(portal);
    return openOn(sandbox, changes);
  }
  const create = async (target: Target, number: number, changes: object = {}): Promise<string> =>
    (await target.create(whole({ ...person(number), ...changes }), { invite: false })).accountId;
  const writes = () => sandbox.learnupon.requests.writes().map(({ method, path }) => `${method} ${path.slice(7)}`);
  const failureOf = (call: Promise<unknown>) => call.then(() => null).catch((error: unknown) => error);
  const user = (accountId: string) => sandbox.portal.users.get(Number(accountId));

  it('writes custom fields by label, and reads labels in another spelling, as it does by id', async () => {
    const target = await open({ custom_data_key: 'label' }, { labels: 'snake', misspelt: false });
    const accountId = await create(target, 1);
    expect(heldIn(sandbox, accountId)?.fields).toEqual(person(1));
    expect(await target.get(accountId)).toMatchObject({ externalId: 'E-1', fields: { 'custom_fields.badge': '42' } });
  });

  it('sends several values as a list where the portal wants one', async () => {
    const accountId = await create(await open({ multi: 'list' }, { multi: 'list' }), 1);
    expect(heldIn(sandbox, accountId)?.fields).toEqual(person(1));
  });

  it('finds out by reading back what was dropped without a word', async () => {
    const target = await open({}, { multi: 'list', wrongValues: 'drop' });
    const { accountId, refused } = await target.create(whole(person(1)), { invite: false });
    expect(refused).toEqual(['custom_fields.Skills']);
    expect(heldIn(sandbox, accountId)?.fields).not.toHaveProperty('custom_fields.Skills');
    const trusting = openOn(sandbox, { read_back: 'never' });
    expect(await trusting.update(accountId, only(['custom_fields.Skills'], person(1)))).toMatchObject({ refused: [] });
  });

  it('refuses a custom field that does not exist before anything is sent', async () => {
    const target = await open();
    const unknown = failureOf(create(target, 1, { 'custom_fields.Shoe size': '42' }));
    expect(await unknown).toMatchObject({ reason: 'unknown_reference', detail: expect.stringContaining('Shoe size') });
    expect(writes()).toEqual([]);
  });

  it('sends a password when an account is made and never again', async () => {
    const target = await open();
    const accountId = await create(target, 1);
    const before = user(accountId)?.password;
    await target.update(accountId, whole({ ...person(1), ...{ first_name: 'Other' } }));
    await target.deactivate(accountId);
    await target.reactivate(accountId, whole(person(1)));
    expect(user(accountId)?.password).toBe(before);
  });

  it('moves an address by new_email, and leaves it alone when it changes in letters only', async () => {
    const target = await open();
    const accountId = await create(target, 1);
    const email = 'PERSON.1@acme.example';
    expect(await target.update(accountId, only(['email'], { ...person(1), email }))).toMatchObject({ refused: [] });
    expect(user(accountId)?.email).toBe('Person.1@acme.example');
  });

  it('identifies users by username where the portal does', async () => {
    const target = await open({ identifier: 'username' }, { usernames: true });
    const accountId = await create(target, 1, { username: 'zoe.one' });
    await target.update(accountId, only(['username'], { ...person(1), username: 'zoe.two' }));
    expect(user(accountId)).toMatchObject({ username: 'zoe.two', email: 'Person.1@acme.example' });
  });

  it('closes accounts by an expiry that has passed where that is asked for', async () => {
    const target = await open({ deactivate_how: 'expiry' });
    const { leave_date: _, ...fields } = person(1);
    const { accountId } = await target.create(whole(fields), { invite: false });
    await target.deactivate(accountId);
    expect(user(accountId)?.enabled).toBe(true);
    expect(await target.get(accountId)).toMatchObject({ state: 'deactivated' });
    await target.reactivate(accountId, whole(fields));
    expect(user(accountId)?.account_expires).toBeNull();
  });

  it('does not take a 404 for a person who is gone when the person is there', async () => {
    const target = await open();
    const accountId = await create(target, 1);
    const body = { response_type: 'ERROR', response_code: 404, message: 'not found' };
    sandbox.learnupon.faults.add({ fault: { kind: 'status', status: 404, body }, match: { route: 'users.update' } });
    expect(await failureOf(target.update(accountId, whole(person(1))))).toMatchObject({ reason: 'other' });
  });

  it('keeps the knowledge of an account that was made and could not be looked at', async () => {
    const target = await open();
    sandbox.learnupon.faults.add({
      fault: { kind: 'status', status: 500 },
      match: { route: 'users.get' },
      times: null,
    });
    const { accountId, refused } = await target.create(whole(person(1)), { invite: false });
    expect(user(accountId)).toBeDefined();
    expect(refused).toContain('first_name');
  });

  it('makes an account closed when told to', async () => {
    const target = await open({ invite_strategy: 'create_disabled_then_enable' });
    const { accountId } = await target.create(whole(person(1)), { invite: false, closed: true });
    expect(heldIn(sandbox, accountId)).toMatchObject({ active: false, fields: person(1) });
    await target.reactivate(accountId, whole(person(1)));
    expect(heldIn(sandbox, accountId)?.active).toBe(true);
  });

  it('finds nobody by a list that shows no custom values, and by a search all the same', async () => {
    const target = await open({}, { listsCustomData: false, emptySearchStatus: 200 });
    const accountId = await create(target, 1);
    expect(await target.find([{ externalId: 'E-1', email: null }])).toEqual([]);
    expect((await target.find([keyFor(person(1))])).map(({ id }) => id)).toEqual([accountId]);
  });

  it.each([true, false])(
    'warns where employee ids cannot be found by the list (shown: %s)',
    async (listsCustomData) => {
      const target = await open({}, { listsCustomData });
      const warned = (await target.check([])).filter(({ subject }) => subject === 'employee_id_field');
      expect(warned.map(({ level }) => level)).toEqual(listsCustomData ? [] : ['warning']);
    },
  );

  describe('groups', () => {
    const OWN = { groups: 'own', owned_groups: ['Dept *'] };
    const titles = (accountId: string) =>
      sandbox.portal
        .groupsOf(Number(accountId))
        .map(({ title }) => title)
        .sort();

    it('that are owned are made once, joined and left; others stay', async () => {
      const target = await open(OWN);
      const ids = await Promise.all(
        [1, 2, 3].map((number) => create(target, number, { groups: ['Dept A', 'Dept B'] })),
      );
      const [accountId = ''] = ids;
      expect([...sandbox.portal.groups.values()].map(({ title }) => title).sort()).toEqual(['Dept A', 'Dept B']);
      sandbox.portal.join(sandbox.portal.addGroup('Choir').id, Number(accountId));
      const moved = only(['groups'], { ...person(1), groups: ['dept b', 'Dept C'] });
      expect(await target.update(accountId, moved)).toEqual({ accountId, refused: [] });
      expect(titles(accountId)).toEqual(['Choir', 'Dept B', 'Dept C']);
      expect((await target.get(accountId))?.fields['groups']).toEqual(['Dept B', 'Dept C']);
      await target.update(accountId, only(['groups'], { ...person(1), groups: null }));
      expect(titles(accountId)).toEqual(['Choir']);
    });

    it('that somebody is in are read page by page, and left from every page', async () => {
      sandbox.learnupon.settings.change({ pageSize: 1 });
      const target = await open(OWN);
      const accountId = await create(target, 1, { groups: ['Dept A', 'Dept B', 'Dept C'] });
      expect((await target.get(accountId))?.fields['groups']).toEqual(['Dept A', 'Dept B', 'Dept C']);
      await target.update(accountId, only(['groups'], { ...person(1), groups: null }));
      expect(titles(accountId)).toEqual([]);
    });

    it('that are not owned are nobody’s to join', async () => {
      const target = await open(OWN);
      const accountId = await create(target, 1);
      const foreign = target.update(accountId, only(['groups'], { ...person(1), groups: ['Choir'] }));
      expect(await failureOf(foreign)).toMatchObject({ reason: 'invalid_value' });
    });

    it('that are missing are named, and refused where they may not be made', async () => {
      const target = await open({ ...OWN, groups_missing: 'refuse' });
      const references = await target.missingReferences(each({ groups: ['Dept A'] }, { groups: null }));
      expect(references).toEqual(['groups that LearnUpon does not have yet and that must be made by hand: Dept A']);
      const accountId = await create(target, 1);
      const refused = failureOf(target.update(accountId, only(['groups'], { ...person(1), groups: ['Dept A'] })));
      expect(await refused).toMatchObject({ reason: 'unknown_reference' });
    });
  });
});
