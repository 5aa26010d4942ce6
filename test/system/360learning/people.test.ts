import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Connect, Connector, day, test } from '../../support/connector.js';
import { Learning360 } from '../../support/learning360.js';
import { middleManager, plainPeople, plainPerson } from '../../support/people.js';

const routesOf = (stage: Learning360) => stage.takeWrites().map(({ route }) => route);

describe('who has an account in 360Learning', () => {
  test('new users are placed in the configured group with the configured role', async ({ connect }) => {
    const stage = await Learning360.open(connect, { people: 12, levels: false });
    const group = stage.groupOf('Sales');
    await stage.configure({ target: { group, role: 'coach' } });
    await stage.imported();
    for (const { targetId } of stage.platform.externalIds.values()) {
      expect(stage.platform.rolesOf(targetId)).toEqual([{ groupId: group, role: 'coach' }]);
    }
    expect(stage.platform.externalIds.size).toBeGreaterThan(8);
  });

  test('filters on values keep people out, and hold for inactive people where the switch says so', async ({
    connect,
  }) => {
    const stage = await Learning360.open(connect, { people: 25 });
    const { company, hr } = stage.connector;
    await stage.imported();
    const [stays, ends] = [plainPerson(company, 0), plainPerson(company, 1)];
    const filter = [{ field: 'job_title', not_in: ['Outside'] }];
    for (const { id } of [stays, ends]) hr.apply({ kind: 'promote', person: id, to: 'Outside' });
    const out = hr.apply({ kind: 'hire', firstName: 'O', lastName: 'Ut', email: 'out@acme.example', on: day(0) });
    hr.apply({ kind: 'promote', person: out?.id ?? 0, to: 'Outside' });
    for (const { id } of [stays, ends]) hr.apply({ kind: 'set_status', person: id, status: 'inactive' });
    await stage.configure({ employees: { filter, filter_applies_to_inactive: true } });
    await stage.imported();
    expect([stage.user(stays).status, stage.user(ends).status]).toEqual(['invited', 'invited']);
    expect(stage.platform.findByLogin('mail', 'out@acme.example')).toBeNull();
    await stage.configure({ employees: { filter, filter_applies_to_inactive: false } });
    await stage.imported();
    expect([stage.user(stays).status, stage.user(ends).status]).toEqual(['deleted', 'deleted']);
  });

  test('accounts that exist are found by e-mail or by employee id, as the config says', async ({ connect }) => {
    const stage = await Learning360.open(connect, { people: 12, config: { invitations: { send: 'never' } } });
    const { platform } = stage;
    const [byMail, byId] = [plainPerson(stage.connector.company, 0), plainPerson(stage.connector.company, 1)];
    const { lastName } = byMail;
    const first = platform.add({ mail: byMail.email?.toUpperCase() ?? '', firstName: 'Before', lastName }, 'active');
    const second = platform.add({ mail: 'private@home.example', firstName: 'Before' }, 'active');
    const mapping = { id: platform.newId(), platform: 'hrsync', targetId: second.id, value: String(byId.id) };
    platform.externalIds.set(mapping.id, mapping);
    const { changes } = await stage.imported();
    const adopted = changes.filter(({ kind }) => kind === 'adopt').map(({ account }) => account);
    expect(adopted.sort()).toEqual([first.id, second.id].sort());
    expect(first).toMatchObject({ firstName: byMail.firstName, status: 'active' });
    expect(second).toMatchObject({ mail: byId.email, job: byId.position });
    expect(platform.mails).toEqual([]);
  });

  test('an account with the same address is left alone where only the employee id counts', async ({ connect }) => {
    const stage = await Learning360.open(connect, { people: 12, config: { document: { match: ['external_id'] } } });
    const person = plainPerson(stage.connector.company);
    const user = stage.platform.add({ mail: person.email, firstName: 'Before' }, 'active');
    const { changes, exit_code } = await stage.json();
    const failed = changes.filter(({ outcome }) => outcome !== 'done');
    expect(failed).toMatchObject([{ kind: 'create', employee: { id: String(person.id) }, outcome: 'failed' }]);
    expect(failed[0]?.error).toContain('mailAlreadyUsed');
    expect(exit_code).toBe(4);
    expect(user).toMatchObject({ firstName: 'Before', writes: 0 });
  });

  test('an address that another customer of 360Learning holds is explained, and everybody else goes on', async ({
    connect,
  }) => {
    const stage = await Learning360.open(connect, { people: 12 });
    const person = plainPerson(stage.connector.company);
    stage.connector.sandbox['360learning'].settings.change({ mailsTakenElsewhere: [person.email ?? ''] });
    const { changes } = await stage.json();
    const failed = changes.filter(({ outcome }) => outcome !== 'done');
    expect(failed).toMatchObject([{ employee: { id: String(person.id) }, outcome: 'failed' }]);
    expect(failed[0]?.error).toMatch(/mailAlreadyUsed.*another customer of 360Learning/);
  });
});

describe('custom values in 360Learning', () => {
  test('of a closed list are checked before: the rest of the person is written', async ({ connect }) => {
    const stage = await Learning360.open(connect, { people: 12 });
    const person = plainPerson(stage.connector.company);
    const badge = String(person.custom['dynamic_1234567'] ?? '500001');
    stage.connector.hr.apply({ kind: 'set_custom', person: person.id, key: 'dynamic_1234567', value: Number(badge) });
    stage.platform.addCustomField('Badge', 'string', [badge]);
    const dry = await stage.json('--dry-run');
    expect(dry.notices.join('\n')).toMatch(/custom field "Badge" does not take \d+/);
    const { changes } = await stage.json();
    const failed = changes.filter(({ outcome }) => outcome === 'failed');
    expect(failed.length).toBeGreaterThan(3);
    for (const { error } of failed) expect(error).toBe('the LMS did not take over custom_fields.Badge');
    expect(stage.values(stage.user(person))).toMatchObject({ Badge: badge });
    const other = stage.user({ id: Number(failed[0]?.employee.id) });
    expect(Object.keys(stage.values(other))).toContain('Cost centre');
  });

  test('of fields that do not exist are named, and nothing is made, where the setting says so', async ({ connect }) => {
    const stage = await Learning360.open(connect, { people: 5, config: { target: { create_custom_fields: false } } });
    const refused = await stage.connector.run(['import-all']);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain('360Learning has no field "Cost centre"');
    expect(stage.takeWrites()).toEqual([]);
    expect(stage.platform.customFields.size).toBe(0);
    const { code, stdout } = await stage.connector.run(['check']);
    expect(stdout).toMatch(/custom field Cost centre\W+does not exist/);
    expect(code).toBe(2);
  });
});

describe('leaving and coming back in 360Learning', () => {
  test('leavers are removed on a date: 360Learning does it at midnight, and the next run has nothing to send', async ({
    connect,
  }) => {
    const stage = await Learning360.open(connect, { config: { target: { remove: 'on_date' } } });
    const { company, hr } = stage.connector;
    await stage.imported();
    const [leaver, stayer] = [plainPerson(company, 0), plainPerson(company, 1)];
    const user = stage.user(leaver);
    for (const { id } of [leaver, stayer]) hr.apply({ kind: 'terminate', person: id, on: day(5) });
    const { changes, scheduled } = await stage.imported();
    expect(changes.map(({ kind, fields }) => [kind, Object.keys(fields)])).toEqual([
      ['update', ['leave_date']],
      ['update', ['leave_date']],
    ]);
    expect(scheduled).toContainEqual(expect.objectContaining({ kind: 'deactivate', on: day(6) }));
    expect(user.toBeDeactivatedAt).toBe(`${day(6)}T00:00:00.000Z`);
    hr.apply({ kind: 'withdraw_termination', person: stayer.id });
    await stage.imported();
    expect(stage.user(stayer).toBeDeactivatedAt).toBeNull();
    stage.platform.midnight(new Date(`${day(6)}T00:00:00Z`));
    expect([user.status, stage.user(stayer).status]).toEqual(['deleted', 'invited']);
    hr.apply({ kind: 'terminate', person: leaver.id, on: day(-1) });
    stage.takeWrites();
    expect((await stage.imported()).changes).toMatchObject([{ kind: 'deactivate', account: user.id, outcome: 'done' }]);
    expect(routesOf(stage)).toEqual([]);
  });

  test('returning people get their account back with group, role, reports, manager and deactivation date', async ({
    connect,
  }) => {
    const stage = await Learning360.open(connect, { people: 40, config: { target: { remove: 'on_date' } } });
    const { company, hr } = stage.connector;
    const boss = middleManager(company);
    await stage.imported();
    const user = stage.user(boss);
    const { mails } = stage.platform;
    const held = { roles: stage.platform.rolesOf(user.id), reports: stage.platform.subordinatesOf(user.id) };
    const { status: _, writes: __, ...before } = structuredClone(user);
    expect(held.reports.length).toBeGreaterThan(0);
    hr.apply({ kind: 'set_status', person: boss.id, status: 'inactive' });
    await stage.imported();
    expect(stage.platform.subordinatesOf(user.id)).toEqual([]);
    expect(stage.platform.rolesOf(user.id)).toEqual([]);
    hr.apply({ kind: 'set_status', person: boss.id, status: 'active' });
    hr.apply({ kind: 'terminate', person: boss.id, on: day(90) });
    const sent = mails.length;
    expect((await stage.imported()).changes).toContainEqual(
      expect.objectContaining({ kind: 'reactivate', account: user.id, outcome: 'done' }),
    );
    expect(user).toMatchObject({
      ...before,
      ...{ status: 'active', toBeDeactivatedAt: `${day(91)}T00:00:00.000Z` },
      ...{ deletedAt: [expect.any(String)], reactivatedAt: [expect.any(String)] },
    });
    expect(stage.platform.rolesOf(user.id)).toEqual(held.roles);
    expect([...stage.platform.subordinatesOf(user.id)].sort()).toEqual([...held.reports].sort());
    expect(mails.length).toBe(sent);
    await stage.expectQuiet();
  });
});

describe('pace and bulk in 360Learning', () => {
  test("stays within the company's two limits, which others share", async ({ connect }) => {
    const stage = await Learning360.open(connect, {
      people: 12,
      platform: { readsPerSecond: 60, writesPerSecond: 30 },
      config: { target: { requests_per_second: 25, reads_per_second: 50 } },
    });
    await stage.imported();
    const requests = stage.connector.sandbox['360learning'].requests.list();
    expect(requests.filter(({ status }) => status === 429)).toEqual([]);
    expect(requests.length).toBeGreaterThan(40);
  });

  test('memberships of many are written by the bulk call, and one that fails is one person', async ({ connect }) => {
    const stage = await Learning360.open(connect, {
      people: 30,
      platform: { bulkLooksUntilDone: 0 },
      config: { invitations: { send: 'never' } },
    });
    const people = plainPeople(stage.connector.company);
    const users = people.map((person) =>
      stage.platform.add({ mail: person.email, firstName: 'Before', lastName: person.lastName }, 'active'),
    );
    expect(users.length).toBeGreaterThan(12);
    const groups = stage.groups();
    const rare = stage.connector.company.departments.find(({ id, name }) => {
      return name in groups && people.filter(({ departmentId }) => departmentId === id).length === 1;
    });
    const nowhere = { ...groups, [rare?.name ?? '']: '5f0c360affffffffffffffff' };
    await stage.configure({ target: { bulk_from: 2, level_groups: nowhere } });
    const { changes } = await stage.json();
    const failed = changes.filter(({ kind, outcome }) => kind === 'adopt' && outcome !== 'done');
    expect(failed).toMatchObject([{ outcome: 'failed', error: expect.stringContaining('groupNotFound') }]);
    const routes = routesOf(stage);
    expect(routes.filter((route) => route === 'bulk.add').length).toBeGreaterThan(0);
    expect(routes.filter((route) => route?.startsWith('memberships.'))).toEqual([]);
    const placed = users.filter(({ id }) => stage.platform.rolesOf(id).length === 1);
    expect(placed.length).toBe(users.length - 1);
  });
});

describe('after a first import', () => {
  let connector: Connector;
  let stage: Learning360;
  beforeAll(async () => {
    const connect = async (options: Parameters<Connect>[0]) => {
      connector = await Connector.open(options);
      return connector;
    };
    stage = await Learning360.open(connect, { people: 40 });
    await stage.imported();
  });
  afterAll(() => connector.close());

  it('custom values that others wrote are left alone, and what HR empties is emptied', async () => {
    const { company, hr } = stage.connector;
    const person = plainPerson(company, 0);
    const user = stage.user(person);
    const shirt = stage.platform.addCustomField('T-shirt', 'string');
    stage.platform.valuesOf(user.id).set(shirt.id, 'XL');
    hr.apply({ kind: 'set_custom', person: person.id, key: 'dynamic_1234567', value: 99 });
    await stage.imported();
    expect(stage.values(user)).toMatchObject({ 'T-shirt': 'XL', Badge: '99' });
    hr.apply({ kind: 'set_custom', person: person.id, key: 'dynamic_1234567', value: null });
    await stage.imported();
    expect(stage.values(user)).toMatchObject({ 'T-shirt': 'XL' });
    expect(stage.values(user)).not.toHaveProperty('Badge');
  });

  it('leavers are removed now, by soft deletion', async () => {
    const person = plainPerson(stage.connector.company, 1);
    const user = stage.user(person);
    stage.connector.hr.apply({ kind: 'terminate', person: person.id, on: day(-1) });
    stage.takeWrites();
    expect((await stage.imported()).changes).toMatchObject([{ kind: 'deactivate', account: user.id }]);
    expect(routesOf(stage)).toEqual(['users.delete']);
    expect(user).toMatchObject({ status: 'deleted', mail: person.email });
  });

  it('a moved department takes its people along, out of the old group and into the new one', async () => {
    const { company, hr, sandbox } = stage.connector;
    const person = plainPerson(company, 3);
    const user = stage.user(person);
    const extra = stage.platform.addGroup('By hand', null);
    stage.platform.join(user.id, extra.id, 'learner');
    const [old] = stage.platform.rolesOf(user.id);
    const other = company.departments.find(({ name, id }) => id !== person.departmentId && name in stage.groups());
    hr.apply({ kind: 'change_department', person: person.id, to: other?.name ?? '' });
    sandbox['360learning'].requests.clear();
    await stage.imported();
    const groups = stage.platform.rolesOf(user.id).map(({ groupId }) => groupId);
    expect(groups.sort()).toEqual([extra.id, stage.groupOf(other?.name ?? '')].sort());
    expect(groups).not.toContain(old?.groupId);
    expect(routesOf(stage).sort()).toEqual(['memberships.add', 'memberships.remove']);
  });

  it('a returning person with a new address is the same account', async () => {
    const { company, hr } = stage.connector;
    const person = plainPerson(company, 2);
    const user = stage.user(person);
    hr.apply({ kind: 'set_status', person: person.id, status: 'inactive' });
    await stage.imported();
    hr.apply({ kind: 'set_status', person: person.id, status: 'active' });
    hr.apply({ kind: 'change_email', person: person.id, to: 'brand.new@acme.example' });
    await stage.imported();
    expect(user).toMatchObject({ status: 'active', mail: 'brand.new@acme.example' });
    await stage.expectQuiet();
  });
});
