import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { MappingRule } from '../../../src/core/mapping.js';
import { InterruptedError, PermissionError } from '../../../src/errors.js';
import type { LogFacts } from '../../../src/http/log.js';
import type { Platform } from '../../../src/sandbox/360learning/platform.js';
import type { Sandbox } from '../../../src/sandbox/index.js';
import { learning360 } from '../../../src/targets/360learning/index.js';
import type { Target } from '../../../src/targets/target.js';
import { testWorld } from '../sources/stage.js';
import { groupId, heldOnPlatform, openOnPlatform, platformPerson, platformStage, startPlatform } from './platform.js';
import { each, keyFor, only, whole } from './stage.js';
import { describeTarget } from './target-contract.js';

describeTarget('360Learning', platformStage);

describe("360Learning's own ways", () => {
  let sandbox: Sandbox;
  let platform: Platform;
  let target: Target;
  beforeEach(async () => {
    sandbox = await startPlatform({ bulkLooksUntilDone: 2 });
    platform = sandbox['360learning'].platform;
    target = openOnPlatform(sandbox);
  });
  afterEach(() => sandbox.stop());

  const system = () => sandbox['360learning'];
  const person = (number: number, changes: object = {}) => ({ ...platformPerson(platform, number), ...changes });
  const create = async (number: number, changes: object = {}): Promise<string> =>
    (await target.create(whole(person(number, changes)), { invite: false })).accountId;
  const routes = () =>
    system()
      .requests.list()
      .map(({ route }) => route);
  const failureOf = (call: Promise<unknown>) => call.then(() => null).catch((error: unknown) => error);
  const errorsOf = async (checked: Target, fields: readonly string[]) => {
    const findings = await checked.check(fields);
    return findings.filter(({ level }) => level === 'error').map(({ subject, message }) => `${subject}: ${message}`);
  };

  describe('an account that is made', () => {
    it.each([
      ['externalIds.create', ['external_id']],
      ['values.replace', ['custom_fields.Badge', 'custom_fields.Certified on']],
    ])('stands, and names what is missing, when %s fails afterwards', async (route, refused) => {
      system().faults.add({ fault: { kind: 'status', status: 400 }, match: { route }, times: null });
      const made = await target.create(whole(person(1)), { invite: true });
      expect(made.refused).toEqual(refused);
      expect(heldOnPlatform(sandbox, made.accountId)).toMatchObject({ active: true, invitations: 1 });
    });

    it('stops whoever comes next when a scope turns out to be missing afterwards', async () => {
      const scopes = ['users:read', 'users:write', 'customFields:read'] as const;
      system().settings.change({ credentials: [{ clientId: 'few', clientSecret: 'few-secret', scopes }] });
      target = openOnPlatform(sandbox, { client_id: 'few', client_secret: 'few-secret' });
      const made = await target.create(whole(person(1)), { invite: true });
      expect(made.refused).toEqual(['external_id']);
      const next = await failureOf(target.create(whole(person(2)), { invite: true }));
      expect(next).toBeInstanceOf(PermissionError);
      expect(next).toMatchObject({ missing: ['externalIds:write'] });
      expect(platform.mails).toHaveLength(1);
    });

    it('is uncertain to the next run when this one is stopped before it is complete', async () => {
      const stop = new AbortController();
      const { url, clientId, clientSecret } = system();
      const settings = { base_url: url, client_id: clientId, client_secret: clientSecret, group: platform.root.id };
      // As soon as the account is made, and before anything else is sent.
      const debug = (_: string, facts: LogFacts = {}) => {
        if (facts['method'] === 'POST' && String(facts['url']).includes('/users')) stop.abort();
      };
      const world = { ...testWorld, signal: stop.signal, log: { ...testWorld.log, debug } };
      const stopped = learning360.open(learning360.settings.parse(settings), world);
      const failure = await failureOf(stopped.create(whole(person(1)), { invite: true }));
      expect(failure).toMatchObject({ mayHaveHappened: true });
      expect(failure).not.toBeInstanceOf(InterruptedError);
      expect(await target.find([{ externalId: 'E-1', email: 'person.1@acme.example' }])).toMatchObject([
        { externalId: null, state: 'active' },
      ]);
    });
  });

  it.each([true, false])('names a missing scope in either form of the refusal (as text: %s)', async (asText) => {
    system().settings.change({ scopeErrorAsText: asText });
    const reader = openOnPlatform(sandbox, { client_id: 'reader', client_secret: 'reader-secret' });
    const failure = await failureOf(reader.create(whole(person(1)), { invite: false }));
    expect(failure).toMatchObject({ name: 'PermissionError', missing: ['users:write'] });
  });

  describe('a check', () => {
    it('names every missing scope, every unknown group and every custom field in one go, and changes nothing', async () => {
      const rules: readonly MappingRule[] = [
        { field: 'custom_fields.Site', from: [], value: 'Mars', whenEmpty: 'clear', write: 'always' },
      ];
      platform.addCustomField('Site', 'string', ['Berlin', 'Porto']);
      const nowhere = 'f'.repeat(24);
      const changes = {
        level_groups: { Sales: nowhere },
        create_custom_fields: false,
        client_id: 'reader',
        client_secret: 'reader-secret',
      };
      const before = JSON.stringify(platform.save());
      const errors = await errorsOf(openOnPlatform(sandbox, changes, rules), [
        'custom_fields.Site',
        'custom_fields.No',
      ]);
      const all = errors.join('\n');
      for (const scope of ['users:write', 'externalIds:write', 'groups:write', 'groups:bulk', 'bulkOperations:read']) {
        expect(all).toContain(`scope ${scope}: not granted`);
      }
      expect(all).toContain(`target.level_groups "Sales": there is no group ${nowhere}`);
      expect(all).toContain('custom field Site: takes only Berlin, Porto, and the mapping gives Mars');
      expect(all).toContain('custom field No: does not exist');
      expect(JSON.stringify(platform.save())).toBe(before);
    });

    it('asks for no scope that the settings do not need', async () => {
      const scopes = ['users:read', 'users:write', 'groups:read', 'externalIds:read', 'externalIds:write'] as const;
      system().settings.change({ credentials: [{ clientId: 'few', clientSecret: 'few-secret', scopes }] });
      const few = openOnPlatform(sandbox, { levels: [], client_id: 'few', client_secret: 'few-secret' });
      expect(await errorsOf(few, ['email', 'first_name'])).toEqual([]);
    });
  });

  describe('looking people up', () => {
    it.each(['filters_then_list', 'list'])('minds no capitals, whatever the filter does (%s)', async (look_up) => {
      const { id } = platform.add({ mail: 'Capital.Letters@Acme.example' }, 'active');
      const finder = openOnPlatform(sandbox, { look_up });
      const found = await finder.find([{ externalId: 'nobody', email: 'capital.letters@acme.example' }]);
      expect(found).toMatchObject([{ id, externalId: null }]);
    });

    it.each([
      ['plain', false],
      ['encoded', true],
    ])('sends %s brackets', async (filter_brackets, understandsEncodedBrackets) => {
      system().settings.change({ understandsEncodedBrackets });
      await create(1);
      system().requests.clear();
      await openOnPlatform(sandbox, { filter_brackets }).find([{ externalId: 'E-1', email: null }]);
      const queries = system()
        .requests.list()
        .map(({ query }) => query);
      expect(
        queries.some((query) => query.includes(filter_brackets === 'plain' ? 'value[eq]=' : 'value%5Beq%5D=')),
      ).toBe(true);
    });

    it.each([true, false])('follows links to the next page (relative: %s)', async (nextLinkIsRelative) => {
      system().settings.change({ nextLinkIsRelative });
      for (let number = 0; number < 25; number += 1) platform.add({ mail: `x${number}@acme.example` }, 'active');
      let count = 0;
      for await (const accounts of target.list()) count += accounts.length;
      expect(count).toBe(platform.users.size);
    });

    it('asks once for several people, of whom somebody is new', async () => {
      const ids = [await create(1), await create(2)];
      const keys = [1, 2, 3, 4].map((number) => keyFor(person(number)));
      system().requests.clear();
      expect((await target.find(keys)).map(({ id }) => id).sort()).toEqual(ids.sort());
      expect(system().requests.list()).toHaveLength(2);
    });

    it('reads who was deleted also where only a boolean says so', async () => {
      const accountId = await create(1);
      await target.deactivate(accountId);
      system().settings.change({ showsStatus: false });
      expect(await target.get(accountId)).toMatchObject({ state: 'deactivated' });
    });
  });

  describe('custom values', () => {
    it('that somebody removed, or whose field was removed, are seen as empty and come back', async () => {
      const rules: readonly MappingRule[] = [
        { field: 'custom_fields.Badge', from: ['badge'], type: 'integer', whenEmpty: 'clear', write: 'always' },
        { field: 'custom_fields.Since', from: ['since'], type: 'date', whenEmpty: 'clear', write: 'always' },
      ];
      const wanted = { ...person(1), 'custom_fields.Badge': 42, 'custom_fields.Since': '2026-01-31' };
      target = openOnPlatform(sandbox, {}, rules);
      const { accountId } = await target.create(whole(wanted), { invite: false });
      expect((await target.get(accountId))?.fields).toMatchObject({
        ...{ 'custom_fields.Badge': 42, 'custom_fields.Since': '2026-01-31' },
      });
      platform.valuesOf(accountId).clear();
      const since = [...platform.customFields.values()].find(({ name }) => name === 'Since');
      expect(since?.type).toBe('date');
      platform.customFields.delete(since?.id ?? '');
      const again = openOnPlatform(sandbox, {}, rules);
      const empty = { 'custom_fields.Badge': null, 'custom_fields.Since': null };
      expect((await again.get(accountId))?.fields).toMatchObject(empty);
      // The one that was open all the while does not know yet that the field is gone.
      for (const open of [target, again]) {
        platform.valuesOf(accountId).clear();
        const { refused } = await open.update(accountId, only(Object.keys(empty), wanted));
        expect(refused).toEqual([]);
        expect(heldOnPlatform(sandbox, accountId)?.fields).toMatchObject({
          ...{ 'custom_fields.Badge': '42', 'custom_fields.Since': '2026-01-31' },
        });
      }
    });

    it('that are missing or not taken are foretold', async () => {
      platform.addCustomField('Site', 'string', ['Berlin']);
      const planned = each({ 'custom_fields.Site': 'Mars', 'custom_fields.New one': 'x' });
      expect(await target.missingReferences(planned)).toEqual([
        'custom fields that 360Learning does not have yet and that will be made: New one',
        'custom field "Site" does not take Mars',
      ]);
    });

    it('are made once, however many people need them at the same time', async () => {
      await Promise.all([1, 2, 3, 4].map((number) => create(number, { 'custom_fields.New one': 'x' })));
      expect(routes().filter((route) => route === 'customFields.create')).toHaveLength(1);
    });
  });

  describe('managers', () => {
    it('whom nobody employs are left alone; a second one who is an employee is taken off', async () => {
      const [boss, old] = [await create(1), await create(2)];
      const accountId = await create(3);
      const guest = platform.add({ mail: 'mentor@partner.example' }, 'active').id;
      for (const id of [old, guest]) platform.managersOf(accountId).add(id);
      expect((await target.get(accountId))?.fields['manager']).toBe(old);
      await target.update(accountId, { ...only([], person(3)), manager: { accountId: boss, email: null } });
      expect([...platform.managersOf(accountId)].sort()).toEqual([boss, guest].sort());
      await target.update(accountId, { ...only([], person(3)), manager: null });
      expect([...platform.managersOf(accountId)]).toEqual([guest]);
    });
  });

  describe('memberships', () => {
    const moveAll = (ids: readonly string[], group: string) =>
      ids.map((id, index) => target.update(id, only(['group'], person(index + 1, { group }))));

    it('of people who are written at once go out as one bulk call, and its results are waited for', async () => {
      const ids = await Promise.all(Array.from({ length: 12 }, (_, index) => create(index + 1)));
      system().requests.clear();
      await Promise.all(moveAll(ids, groupId(platform, 1)));
      expect(
        routes()
          .filter((route) => route?.startsWith('bulk.'))
          .sort(),
      ).toEqual([
        ...['bulk.add', 'bulk.get', 'bulk.get', 'bulk.get'],
        ...['bulk.get', 'bulk.get', 'bulk.get', 'bulk.remove', 'bulk.results', 'bulk.results'],
      ]);
      for (const id of ids) expect(heldOnPlatform(sandbox, id)?.fields['group']).toBe(groupId(platform, 1));
    });

    it('that fail in bulk fail one person, and as a whole everybody', async () => {
      const ids = await Promise.all(Array.from({ length: 12 }, (_, index) => create(index + 1)));
      await target.deactivate(ids[4] ?? '');
      const outcomes = await Promise.allSettled(moveAll(ids, groupId(platform, 1)));
      expect(outcomes.filter(({ status }) => status === 'rejected')).toMatchObject([{ reason: { reason: 'other' } }]);
      expect(outcomes[4]?.status).toBe('rejected');
      system().settings.change({ bulkError: 'no luck' });
      const all = await Promise.allSettled(moveAll(ids, groupId(platform, 0)));
      expect(all.every(({ status }) => status === 'rejected')).toBe(true);
    });

    it('are written one by one where the bulk call is closed', async () => {
      const ids = await Promise.all(Array.from({ length: 12 }, (_, index) => create(index + 1)));
      system().settings.change({ bulkEnabled: false });
      await Promise.all(moveAll(ids, groupId(platform, 1)));
      for (const id of ids) expect(heldOnPlatform(sandbox, id)?.fields['group']).toBe(groupId(platform, 1));
    });

    it('of the new group outlive that leaving the old one empties its public subgroups', async () => {
      const accountId = await create(1);
      const below = platform.addGroup('Below', groupId(platform, 0)).id;
      target = openOnPlatform(sandbox, { levels: ['department', 'team'] });
      await target.update(accountId, only(['group'], person(1, { group: below })));
      expect(heldOnPlatform(sandbox, accountId)?.fields['group']).toBe(below);
    });

    it('of the role with two spellings reach the platform', async () => {
      const accountId = await create(1);
      const other = openOnPlatform(sandbox, { role: 'userAdmin' });
      await other.update(accountId, only(['group'], person(1, { group: groupId(platform, 1) })));
      expect(platform.rolesOf(accountId)).toContainEqual({ groupId: groupId(platform, 1), role: 'userAdmin' });
    });
  });

  describe('ending and returning', () => {
    it.each([204, 400, 404])(
      'is content when somebody was deleted already, however that is answered (%d)',
      async (status) => {
        system().settings.change({ deletedAgainStatus: status });
        const accountId = await create(1);
        await target.deactivate(accountId);
        expect(await failureOf(target.deactivate(accountId))).toBeNull();
      },
    );

    it('never ends the owner, and says why', async () => {
      const failure = await failureOf(target.deactivate(platform.owner.id));
      expect(failure).toMatchObject({
        name: 'RejectedError',
        detail: expect.stringMatching(/userIsCompanyOwner.*owner/),
      });
    });

    it.each([
      ['activate', 'active', 0],
      ['invite', 'invited', 1],
      ['leave_invited', 'invited', 0],
    ])('restores by %s', async (restored_users, status, mails) => {
      system().settings.change({ externalIdsSurviveDeletion: false });
      const accountId = await create(1);
      target = openOnPlatform(sandbox, { restored_users });
      await target.deactivate(accountId);
      await target.reactivate(accountId, whole(person(1)));
      expect(platform.users.get(accountId)?.status).toBe(status);
      expect(platform.mails).toHaveLength(mails);
      expect(heldOnPlatform(sandbox, accountId)?.fields).toEqual(person(1));
    });

    it('restores nobody where the setting says so', async () => {
      const accountId = await create(1);
      await target.deactivate(accountId);
      const strict = openOnPlatform(sandbox, { restore_leavers: false });
      expect(await failureOf(strict.reactivate(accountId, whole(person(1))))).toMatchObject({ reason: 'other' });
      expect(platform.users.get(accountId)?.status).toBe('deleted');
    });

    it('announces no day that has passed', async () => {
      const accountId = await create(1);
      await target.update(accountId, only(['leave_date'], person(1, { leave_date: '2020-01-31' })));
      expect(platform.users.get(accountId)?.toBeDeactivatedAt).toBeNull();
    });
  });

  it('says that an employee id belongs to somebody else, and takes over the one of an earlier employment', async () => {
    const [one, other] = [await create(1), await create(2)];
    const taken = await failureOf(target.update(one, only(['external_id'], person(1, { external_id: 'E-2' }))));
    expect(taken).toMatchObject({ reason: 'external_id_taken', detail: expect.stringContaining(other) });
    await target.update(one, only(['external_id'], person(1, { external_id: 'E-9' })));
    expect(platform.externalIdOf(one, 'hrsync')).toBe('E-9');
  });

  it('says that the name for external ids is reserved, before a second account is made', async () => {
    const reserved = openOnPlatform(sandbox, { external_id_platform: '360learning' });
    expect((await reserved.create(whole(person(1)), { invite: false })).refused).toContain('external_id');
    const next = await failureOf(reserved.create(whole(person(2)), { invite: false }));
    expect(next).toMatchObject({ name: 'PermissionError', missing: [expect.stringContaining('external_id_platform')] });
  });

  it('cannot invite by hand', () => {
    expect(target.capabilities.inviteByHand).toBe(false);
    expect(target.invite).toBeUndefined();
  });

  it.each([
    ['Klingon', 'invalid_value'],
    ['xx-XX', 'invalid_value'],
  ])('refuses the language %s', async (language, reason) => {
    expect(await failureOf(create(1, { language }))).toMatchObject({ reason });
    expect(routes()).not.toContain('users.create');
  });

  it('lists its fields with their types, custom ones and closed lists among them', async () => {
    platform.addCustomField('Site', 'string', ['Berlin']);
    const fields = await target.fields();
    expect(fields).toContainEqual({ name: 'custom_fields.Site', type: 'choice', required: false, choices: ['Berlin'] });
    expect(fields).toContainEqual({ name: 'custom_fields.Certified on', type: 'date', required: false, choices: null });
  });
});
