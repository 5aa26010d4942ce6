import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { MappingRule } from '../../../src/core/mapping.js';
import type { Platform } from '../../../src/sandbox/360learning/platform.js';
import type { Sandbox } from '../../../src/sandbox/index.js';
import type { Target } from '../../../src/targets/target.js';
import { groupId, heldOnPlatform, openOnPlatform, platformPerson, startPlatform } from './platform.js';
import { listAll, only, whole } from './stage.js';

describe('what 360Learning shows', () => {
  let sandbox: Sandbox;
  let platform: Platform;
  let target: Target;
  beforeEach(async () => {
    sandbox = await startPlatform();
    platform = sandbox['360learning'].platform;
    target = openOnPlatform(sandbox);
  });
  afterEach(() => sandbox.stop());

  const system = () => sandbox['360learning'];
  const person = (number: number, changes: object = {}) => ({ ...platformPerson(platform, number), ...changes });
  const create = async (number: number): Promise<string> =>
    (await target.create(whole(person(number)), { invite: false })).accountId;
  const failureOf = (call: Promise<unknown>) => call.then(() => null).catch((error: unknown) => error);
  const writes = () =>
    system()
      .requests.writes()
      .map(({ route }) => route);
  const placesOf = (id: string) =>
    platform
      .rolesOf(id)
      .map((one) => one.groupId)
      .sort();

  describe('of an account that somebody deleted', () => {
    it('ends an update whose answer says so', async () => {
      const accountId = await create(1);
      const user = platform.users.get(accountId);
      if (user) user.status = 'deleted';
      const failure = await failureOf(target.update(accountId, only(['job_title', 'custom_fields.Badge'], person(1))));
      expect(failure).toMatchObject({ name: 'RejectedError', reason: 'unknown_account' });
    });

    it.each(['custom_fields.Badge', 'external_id', 'group'])('ends an update of %s alone', async (field) => {
      const accountId = await create(1);
      const user = platform.users.get(accountId);
      if (user) user.status = 'deleted';
      system().requests.clear();
      const changes = { 'custom_fields.Badge': '43', external_id: 'E-9', group: groupId(platform, 1) };
      const failure = await failureOf(target.update(accountId, only([field], person(1, changes))));
      expect(failure).toMatchObject({ name: 'RejectedError', reason: 'unknown_account' });
      expect(writes().filter((route) => route !== 'memberships.add')).toEqual([]);
    });

    it('ends a reactivation whose activation did not open it', async () => {
      const accountId = await create(1);
      await target.deactivate(accountId);
      const body = { _id: accountId, status: 'deleted', lang: 'en' };
      system().faults.add({
        fault: { kind: 'status', status: 200, body },
        match: { route: 'users.activate' },
        times: 1,
      });
      expect(await failureOf(target.reactivate(accountId, whole(person(1))))).toMatchObject({
        reason: 'unknown_account',
      });
    });
  });

  it('is read back after an ending: a success that leaves the account usable is a failure', async () => {
    const accountId = await create(1);
    system().faults.add({
      fault: { kind: 'status', status: 200, body: {} },
      match: { route: 'users.delete' },
      times: 1,
    });
    const failure = await failureOf(target.deactivate(accountId));
    expect(failure).toMatchObject({ name: 'RejectedError', detail: expect.stringContaining('still shows user') });
    await target.deactivate(accountId);
    expect(heldOnPlatform(sandbox, accountId)?.active).toBe(false);
  });

  describe('of rights', () => {
    it('is the owner, every role above learner in a group, and an ordinary learner', async () => {
      const [learner, coach, placed] = [await create(1), await create(2), await create(3)];
      platform.join(coach, groupId(platform, 1), 'coach');
      platform.join(placed, groupId(platform, 1), 'learner');
      const shown = await target.inspect([platform.owner.id, learner, coach, placed, '0'.repeat(24)]);
      expect([...shown].map(([id, { rights }]) => [id, rights])).toEqual(
        expect.arrayContaining([
          [platform.owner.id, { privileged: true, role: 'owner' }],
          [learner, { privileged: false, role: null }],
          [coach, { privileged: true, role: 'coach' }],
          [placed, { privileged: false, role: null }],
        ]),
      );
      expect(shown.size).toBe(4);
      expect(shown.get(coach)).toEqual({ ...(await target.get(coach)), rights: { privileged: true, role: 'coach' } });
    });

    it('counts the role that our own config gives, where it is above learner', async () => {
      target = openOnPlatform(sandbox, { role: 'editor' });
      const accountId = await create(1);
      expect((await target.inspect([accountId])).get(accountId)?.rights).toEqual({ privileged: true, role: 'editor' });
    });

    it('is told to be unknown where roles may not be read', async () => {
      const accountId = await create(1);
      system().faults.add({ fault: { kind: 'status', status: 403 }, match: { route: 'roles.list' }, times: null });
      const rules: readonly MappingRule[] = [{ field: 'job_title', from: ['x'], whenEmpty: 'clear', write: 'always' }];
      const shown = await openOnPlatform(sandbox, {}, rules).inspect([accountId]);
      expect(shown.get(accountId)?.rights).toEqual({ privileged: null, role: expect.stringContaining('unknown') });
    });
  });

  describe('of one address in different capitals', () => {
    it.each(['filters_then_list', 'list'])('is the same by a look-up and by the list (%s)', async (look_up) => {
      target = openOnPlatform(sandbox, { look_up });
      const ids = ['Twin@Acme.example', 'twin@acme.example', 'TWIN@ACME.EXAMPLE'].map(
        (mail) => platform.add({ mail }, 'active').id,
      );
      const listed = (await listAll(target)).filter(({ email }) => email?.toLowerCase() === 'twin@acme.example');
      const found = await target.find([{ externalId: 'nobody', email: 'tWin@acme.example' }]);
      expect(found.map(({ id }) => id).sort()).toEqual(ids.sort());
      expect(listed.map(({ id }) => id).sort()).toEqual(ids.sort());
    });

    it('is looked for in the whole list until an answer proves that the filter ignores capitals', async () => {
      platform.add({ mail: 'low@acme.example' }, 'active');
      const lists = () =>
        system()
          .requests.list()
          .filter(({ route, query }) => route === 'users.list' && !query.includes('mail'));
      await target.find([{ externalId: 'nobody', email: 'low@acme.example' }]);
      const asks = lists().length;
      await target.find([{ externalId: 'nobody', email: 'new@acme.example' }]);
      expect(lists().length).toBeGreaterThan(asks);
    });

    it('is ours where a refusal says that it is taken, whatever the filter shows', async () => {
      const [one] = [await create(1)];
      platform.add({ mail: 'Taken@Acme.example' }, 'active');
      system().faults.add({
        fault: { kind: 'status', status: 200, body: [] },
        match: { route: 'users.list' },
        times: 1,
      });
      const failure = await failureOf(target.update(one, only(['email'], person(1, { email: 'taken@acme.example' }))));
      expect(failure).toMatchObject({ reason: 'email_taken', detail: expect.not.stringContaining('another customer') });
    });

    it('never counts an id that another system gave', async () => {
      const accountId = await create(1);
      const foreign = { id: platform.newId(), platform: 'another system', targetId: accountId, value: 'E-77' };
      platform.externalIds.set(foreign.id, foreign);
      const rows = [{ _id: foreign.id, platform: foreign.platform, targetId: accountId, value: 'E-77' }];
      const match = { route: 'externalIds.list' };
      system().faults.add({ fault: { kind: 'status', status: 200, body: rows }, match, times: null });
      expect(await target.find([{ externalId: 'E-77', email: null }])).toEqual([]);
    });
  });

  describe('of a move', () => {
    it('to a group that is gone is a failure that names the group and what led to it, and nobody loses their place', async () => {
      const accountId = await create(1);
      const gone = 'f'.repeat(24);
      const open = openOnPlatform(sandbox, { level_groups: { 'Paris / Support': gone } });
      const failure = await failureOf(open.update(accountId, only(['group'], person(1, { group: gone }))));
      expect(failure).toMatchObject({
        reason: 'unknown_reference',
        detail: expect.stringMatching(
          new RegExp(`${gone} \\(target.level_groups "Paris / Support"\\).*stay as they are`),
        ),
      });
      expect(placesOf(accountId)).toEqual([groupId(platform, 0)]);
    });

    it('to a group that went away after it was found by its name says which names led to it', async () => {
      const accountId = await create(1);
      const { id } = platform.addGroup('Support', groupId(platform, 1));
      const open = openOnPlatform(sandbox, { levels: ['work_location', 'department'] });
      const [location] = [...platform.groups.values()].filter((group) => group.id === groupId(platform, 1));
      const text = [platform.root.id, location?.name, 'support'].join('\u2009/\u2009');
      const settled = await open.settle?.(person(1, { group: text }));
      expect(settled).toMatchObject({ fields: { group: id }, unplaced: null });
      platform.groups.delete(id);
      const failure = await failureOf(open.update(accountId, only(['group'], person(1, { group: id }))));
      expect(failure).toMatchObject({
        detail: expect.stringContaining(`("${location?.name} / Support" below target.group, found by the names in`),
      });
      expect(placesOf(accountId)).toEqual([groupId(platform, 0)]);
    });

    it('leaves the place that is known to be ours, and no group that somebody chose by hand', async () => {
      const accountId = await create(1);
      const byHand = platform.addGroup('Project', platform.root.id).id;
      platform.join(accountId, byHand, 'learner');
      const to = groupId(platform, 1);
      const draft = { ...only(['group'], person(1, { group: to })), before: { group: groupId(platform, 0) } };
      await target.update(accountId, draft);
      expect(placesOf(accountId)).toEqual([byHand, to].sort());
      expect((await target.get(accountId))?.fields['group']).toEqual([byHand, to].sort());
    });

    it('of a new person to a group that is gone names it as well', async () => {
      const gone = 'f'.repeat(24);
      const failure = await failureOf(
        openOnPlatform(sandbox, { group: gone, levels: [] }).create(whole(person(1, { group: null })), {
          invite: true,
        }),
      );
      expect(failure).toMatchObject({
        reason: 'unknown_reference',
        detail: expect.stringContaining(`${gone} (target.group)`),
      });
      expect(platform.mails).toEqual([]);
    });
  });
});
