import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Sandbox } from '../../../src/sandbox/index.js';
import { learnupon } from '../../../src/targets/learnupon/index.js';
import type { Target } from '../../../src/targets/target.js';
import { testWorld } from '../sources/stage.js';
import { heldIn, openOn, person, startPortal } from './portal.js';
import { keyFor, listAll, only, whole } from './stage.js';

let sandbox: Sandbox;
let target: Target;
beforeEach(async () => {
  sandbox = await startPortal();
  target = openOn(sandbox);
});
afterEach(() => sandbox.stop());

const create = async (number: number, changes: object = {}, on: Target = target): Promise<string> =>
  (await on.create(whole({ ...person(number), ...changes }), { invite: false })).accountId;
const failureOf = (call: Promise<unknown>) => call.then(() => null).catch((error: unknown) => error);
const user = (id: string) => {
  const found = sandbox.portal.users.get(Number(id));
  if (found === undefined) throw new Error(`LearnUpon has no user ${id}`);
  return found;
};
const answer = (route: string, body: object) =>
  sandbox.learnupon.faults.add({ fault: { kind: 'status', status: 200, body }, match: { route } });
const shows = (accountId: string, values: object) => ({ user: [{ id: Number(accountId), enabled: true, ...values }] });

describe('rights in LearnUpon', () => {
  it.each([
    ['learner', false],
    ['Learner', false],
    ['instructor', true],
    ['manager', true],
    ['admin', true],
    ['a type of tomorrow', true],
  ])('of a %s are more than a learner has: %s', async (user_type, privileged) => {
    const accountId = await create(1);
    const rights = { privileged, role: user_type };
    answer('users.get', shows(accountId, { user_type }));
    expect((await target.inspect([accountId])).get(accountId)).toMatchObject({ id: accountId, rights });
    answer('users.get', shows(accountId, { user_type }));
    expect(await target.get(accountId)).toMatchObject({ rights });
    answer('users.list', shows(accountId, { user_type }));
    expect(await listAll(target)).toMatchObject([{ rights }]);
  });

  it('are unknown where no type is shown, and an account that is gone has none', async () => {
    const accountId = await create(1);
    answer('users.get', shows(accountId, {}));
    const shown = await target.inspect([accountId, '999999', 'invite:7']);
    expect([...shown.keys()]).toEqual([accountId]);
    expect(shown.get(accountId)).toMatchObject({ rights: { privileged: null, role: null } });
  });

  it('come with the names that the account bears', async () => {
    const accountId = await create(1);
    expect((await target.get(accountId))?.names).toEqual([person(1)['first_name'], person(1)['last_name']]);
    expect(await target.find([keyFor(person(1))])).toMatchObject([{ names: ['Zoë1', 'Müller-Ölçek 1'] }]);
  });
});

describe('looking somebody up', () => {
  it.each([true, false])('finds what the list shows, capitals and doubled ids included (ids: %s)', async (ids) => {
    const own = await create(1);
    sandbox.portal.add({ email: 'PERSON.1@ACME.example', first_name: 'Other' });
    sandbox.portal.add({ email: 'third@acme.example', first_name: 'Third', custom: user(own).custom });
    const looking = ids ? target : openOn(sandbox, { employee_id_field: undefined });
    const { externalId, email } = keyFor(person(1));
    const listed = (await listAll(looking)).filter(
      (one) => one.externalId === externalId || one.email?.toLowerCase() === email.toLowerCase(),
    );
    expect(listed).toHaveLength(ids ? 3 : 2);
    const found = await looking.find([{ externalId, email }]);
    expect(found.map(({ id }) => id).sort()).toEqual(listed.map(({ id }) => id).sort());
  });
});

describe('an ending', () => {
  it('by deletion that is answered with success and not done is a failure that says so', async () => {
    const accountId = await create(1);
    answer('users.delete', {});
    expect(await failureOf(target.delete(accountId))).toMatchObject({ name: 'RejectedError', reason: 'other' });
    await target.delete(accountId);
    expect(heldIn(sandbox, accountId)).toBeNull();
  });

  it('by an expiry takes a day that has passed in every zone that may be meant', async () => {
    const { url, username, password } = sandbox.learnupon;
    const settings = { base_url: url, username, password, requests_per_second: 10_000, deactivate_how: 'expiry' };
    const ended = async (now: string, timezone: string) => {
      const world = { ...testWorld, now: () => new Date(now), timezone };
      const on = learnupon.open(learnupon.settings.parse({ ...settings, invite_strategy: 'create_enabled' }), world);
      const { accountId } = await on.create(whole({ email: `${timezone}@acme.example`.replace('/', '.') }), {
        invite: false,
      });
      await on.deactivate(accountId);
      return user(accountId).account_expires;
    };
    expect(await ended('2026-12-01T23:30:00Z', 'Europe/Berlin')).toBe('2026-11-30');
    expect(await ended('2026-12-01T02:30:00Z', 'America/New_York')).toBe('2026-11-29');
  });
});

describe('a leave date', () => {
  const at = (now: string, timezone: string) => {
    const { url, username, password } = sandbox.learnupon;
    const settings = { base_url: url, username, password, requests_per_second: 10_000 };
    const world = { ...testWorld, now: () => new Date(now), timezone };
    return learnupon.open(learnupon.settings.parse({ ...settings, invite_strategy: 'create_enabled' }), world);
  };
  const fields = { email: 'zoe@acme.example', first_name: 'Zoe', last_name: 'Adler' };

  it('that has passed is never sent to somebody who is to have an account, and said not to be taken over', async () => {
    const on = at('2026-12-01T12:00:00Z', 'UTC');
    const late = { ...fields, leave_date: '2026-11-30' };
    const { accountId, refused } = await on.create(whole(late), { invite: false });
    expect(refused).toEqual(['leave_date']);
    expect(user(accountId)).toMatchObject({ account_expires: null, enabled: true });
    sandbox.portal.change(user(accountId), { account_expires: '2026-11-01' });
    expect(await on.update(accountId, only(['leave_date'], late))).toEqual({ accountId, refused: ['leave_date'] });
    expect(user(accountId).account_expires).toBeNull();
    sandbox.portal.change(user(accountId), { account_expires: '2026-11-01', enabled: false });
    expect(await on.reactivate(accountId, whole(late))).toEqual({ accountId, refused: ['leave_date'] });
    expect(user(accountId)).toMatchObject({ account_expires: null, enabled: true });
    expect(JSON.stringify(sandbox.learnupon.requests.writes())).not.toContain('2026-11-30');
  });

  it('is today until midnight in the zone of the connector', async () => {
    const today = { ...fields, leave_date: '2026-12-01' };
    const [utc, berlin] = [at('2026-12-01T23:30:00Z', 'UTC'), at('2026-12-01T23:30:00Z', 'Europe/Berlin')];
    const { accountId, refused } = await utc.create(whole(today), { invite: false });
    expect([refused, user(accountId).account_expires]).toEqual([[], '2026-12-01']);
    expect((await berlin.update(accountId, only(['leave_date'], today))).refused).toEqual(['leave_date']);
  });
});

describe('a change', () => {
  it('of a user whom somebody closed by hand does not count as done, and names the way out', async () => {
    const accountId = await create(1);
    sandbox.portal.change(user(accountId), { enabled: false });
    const draft = only(['first_name'], { ...person(1), first_name: 'Other' });
    const detail = expect.stringContaining('verify --repair');
    expect(await failureOf(target.update(accountId, draft))).toMatchObject({ name: 'RejectedError', detail });
    expect(await target.update(accountId, { ...draft, closed: true })).toEqual({ accountId, refused: [] });
  });

  it('reads back once, whether it also opens or closes the account', async () => {
    const accountId = await create(1);
    const reads = async (call: () => Promise<unknown>) => {
      sandbox.learnupon.requests.clear();
      await call();
      return sandbox.learnupon.requests.list().filter(({ route }) => route === 'users.get').length;
    };
    expect(await reads(() => target.update(accountId, only(['first_name'], person(1))))).toBe(1);
    expect(await reads(() => target.deactivate(accountId))).toBe(1);
    const { email: _, ...rest } = person(1);
    const opening = { ...whole(rest), fields: person(1) };
    expect(await reads(() => target.reactivate(accountId, opening))).toBeLessThanOrEqual(2);
  });
});

describe('a value with a comma in it', () => {
  const OWN = { groups: 'own', owned_groups: ['*'] };
  const titles = (accountId: string) => sandbox.portal.groupsOf(Number(accountId)).map(({ title }) => title);

  it('is the title of one group', async () => {
    const accountId = await create(1, { groups: ['Research, Development'] }, openOn(sandbox, OWN));
    expect(titles(accountId)).toEqual(['Research, Development']);
  });

  it('is refused where LearnUpon would read it as two, with what to do', async () => {
    const skills = ['custom_fields.Skills'];
    const definitions = [{ label: 'Employee id' }, { label: 'Manager' }, { label: 'Skills', type: 4, multi: true }];
    sandbox.learnupon.settings.change({
      definitions: definitions.map((one) => ({ type: 1, values: null, multi: false, ...one })),
    });
    const anew = openOn(sandbox);
    const fields = { ...keyFields(1), 'custom_fields.Skills': ['Research, Development'] };
    const { accountId } = await anew.create(whole(keyFields(1)), { invite: false });
    const refusal = await failureOf(anew.update(accountId, only(skills, fields)));
    expect(refusal).toMatchObject({ reason: 'invalid_value', detail: expect.stringContaining('multi: list') });
    sandbox.learnupon.settings.change({ multi: 'list' });
    const lists = openOn(sandbox, { multi: 'list' });
    expect(await lists.update(accountId, only(skills, fields))).toEqual({ accountId, refused: [] });
    expect(heldIn(sandbox, accountId)?.fields['custom_fields.Skills']).toEqual(['Research, Development']);
    // One text is one value.
    const text = { ...fields, 'custom_fields.Skills': 'Sales, Marketing' };
    expect(await lists.update(accountId, only(skills, text))).toEqual({ accountId, refused: [] });
    expect(heldIn(sandbox, accountId)?.fields['custom_fields.Skills']).toEqual(['Sales, Marketing']);
  });

  it('leaves somebody in the old group where the new one refuses them', async () => {
    const grouping = openOn(sandbox, OWN);
    const accountId = await create(1, { groups: ['Old'] }, grouping);
    const group = sandbox.portal.addGroup('New');
    sandbox.learnupon.faults.add({
      fault: { kind: 'status', status: 422, body: { message: 'This group is full' } },
      match: { method: 'POST', path: '/api/v1/group_memberships' },
    });
    const moved = only(['groups'], { ...person(1), groups: [group.title] });
    expect(await failureOf(grouping.update(accountId, moved))).toMatchObject({ name: 'RejectedError' });
    expect(titles(accountId)).toEqual(['Old']);
    await grouping.update(accountId, moved);
    expect(titles(accountId)).toEqual(['New']);
  });

  function keyFields(number: number) {
    const { external_id = null, email = null, first_name = null, last_name = null } = person(number);
    return { external_id, email, first_name, last_name };
  }
});

describe('a custom field', () => {
  it.each(['Cost center', 'cost-centr', 'Badges'])(
    'that is called %s suggests the one that is meant',
    async (label) => {
      const unknown = failureOf(create(1, { [`custom_fields.${label}`]: '42' }));
      const near = label === 'Badges' ? 'Badge' : 'Cost centre';
      expect(await unknown).toMatchObject({ detail: expect.stringContaining(`did you mean "${near}"?`) });
    },
  );

  it('shows the address of the manager, so that an old one is seen', async () => {
    const { email } = keyFor(person(1));
    const accountId = await create(1);
    const manager = { accountId, email };
    const { accountId: report } = await target.create(whole(person(2), manager), { invite: false });
    expect((await target.get(report))?.fields['manager']).toBe(email);
    expect(target.capabilities.managerBy).toBe('email');
  });
});
