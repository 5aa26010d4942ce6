import { afterEach, describe, expect, it } from 'vitest';
import { CredentialsError, PermissionError } from '../../../src/errors.js';
import { StatusError } from '../../../src/http/errors.js';
import type { MoodleSystem } from '../../../src/sandbox/moodle/index.js';
import type { MoodleSettingsInput } from '../../../src/sandbox/moodle/settings.js';
import type { Target } from '../../../src/targets/target.js';
import { heldOnSite, openOnSite, sitePerson, startSite } from './moodle-stage.js';
import { keyFor, only, whole } from './stage.js';

let system: MoodleSystem;
afterEach(() => system.stop());

async function open(changes: object = {}, site: MoodleSettingsInput = {}): Promise<Target> {
  system = await startSite(site);
  return openOnSite(system, changes);
}
const routes = () => system.requests.list().map(({ route }) => route?.replace(/^core_/, '') ?? '?');
const counted = (route: string) => routes().filter((one) => one === route).length;
const user = (accountId: string) => system.site.users.get(Number(accountId));
const held = (accountId: string) => heldOnSite(system.site, accountId);
const failureOf = (call: Promise<unknown>) => call.then(() => null).catch((error: unknown) => error);
const create = async (target: Target, number: number, changes: object = {}, invite = false) =>
  target.create(whole({ ...sitePerson(number), ...changes }), { invite });
const idOf = async (...given: Parameters<typeof create>) => (await create(...given)).accountId;
const PLAIN = { cohorts: 'off' };

/** A person with nothing but what is required. */
const bare = (number: number) => {
  const { external_id, email, first_name, last_name } = sitePerson(number);
  return {
    external_id: external_id ?? null,
    email: email ?? null,
    first_name: first_name ?? null,
    last_name: last_name ?? null,
  };
};
const createBare = (target: Target, number: number, changes: object = {}, invite = false) =>
  target.create(whole({ ...bare(number), ...changes }), { invite });
const numbers = (count: number) => Array.from({ length: count }, (_, number) => number + 1);

describe('before anything is believed or written, Moodle', () => {
  it('is asked once who it is and what may be seen', async () => {
    const target = await open(PLAIN);
    await target.find([keyFor(sitePerson(1))]);
    await createBare(target, 1);
    await createBare(target, 2);
    expect(routes().slice(0, 4)).toEqual([
      ...['webservice_get_site_info', 'user_get_users_by_field', 'user_get_users_by_field', 'user_get_users'],
    ]);
    expect(counted('webservice_get_site_info')).toBe(1);
  });

  it.each([
    [['moodle/user:viewdetails'], /moodle\/user:viewdetails/],
    [['moodle/user:viewalldetails'], /moodle\/user:viewalldetails/],
    [['moodle/site:viewuseridentity'], /moodle\/site:viewuseridentity/],
  ])('is not believed without %j: accounts that exist would look absent', async (missing, words) => {
    const target = await open();
    const { capabilities } = system.settings.values;
    system.settings.change({ capabilities: capabilities.filter((one) => !missing.some((name) => name === one)) });
    for (const call of [target.find([keyFor(sitePerson(1))]), createBare(target, 1)]) {
      const failure = await failureOf(call);
      expect(failure).toBeInstanceOf(PermissionError);
      expect(String(failure)).toMatch(words);
    }
    expect(counted('user_create_users')).toBe(0);
  });

  it('must offer every function that the settings need', async () => {
    const target = await open({ invite: 'reset_link' });
    const { functions } = system.settings.values;
    system.settings.change({ functions: functions.filter((name) => !/password_reset|add_cohort/.test(name)) });
    const failure = await failureOf(createBare(target, 1));
    expect(failure).toMatchObject({ name: 'PermissionError' });
    expect(String(failure)).toMatch(/core_auth_request_password_reset, core_cohort_add_cohort_members/);
  });

  it('must not know the service user as an administrator, from whom it would protect nobody', async () => {
    const target = await open();
    system.site.admins.add(3);
    expect(String(await failureOf(createBare(target, 1)))).toMatch(/site administrator/);
  });

  it('is asked under its own address alone, and says which one that is', async () => {
    const target = await open();
    system.settings.change({ wwwroot: 'https://learn.acme.example' });
    const failure = await failureOf(target.find([keyFor(sitePerson(1))]));
    expect(failure).toBeInstanceOf(PermissionError);
    expect(String(failure)).toContain('write base_url: https://learn.acme.example');
    expect(system.requests.list()).toHaveLength(1);
  });
});

describe('a batch of Moodle', () => {
  it('holds what many workers write at once, and no more fields than PHP reads', async () => {
    const target = await open({}, { maxInputVars: 900 });
    const made = await Promise.all(numbers(100).map((number) => create(target, number)));
    expect(made.flatMap(({ refused }) => refused)).toEqual([]);
    for (const [index, { accountId }] of made.entries()) expect(held(accountId)?.fields).toEqual(sitePerson(index + 1));
    // Two times fifty workers; thirty-odd people fill a call.
    expect(counted('user_create_users')).toBeLessThanOrEqual(6);
  });

  it('makes fifty people without custom fields in one call, after two looks at the site', async () => {
    const target = await open(PLAIN);
    await Promise.all(numbers(50).map((number) => createBare(target, number)));
    expect(routes()).toEqual(['webservice_get_site_info', 'user_get_users_by_field', 'user_create_users']);
  });

  it('makes everybody but the one whom Moodle refuses', async () => {
    const target = await open(PLAIN);
    const changes = (number: number) => (number === 11 ? { language: 'fr' } : {});
    const made = await Promise.allSettled(numbers(30).map((number) => createBare(target, number, changes(number))));
    expect(made.filter(({ status }) => status === 'rejected')).toHaveLength(1);
    expect(made[10]).toMatchObject({ reason: { name: 'RejectedError', reason: 'other' } });
    expect(system.site.findByIdnumber('E-30')).toHaveLength(1);
  });

  it('changes everybody but those of whom a warning speaks', async () => {
    const target = await open(PLAIN);
    const ids = await Promise.all(numbers(4).map(async (number) => (await createBare(target, number)).accountId));
    const [admin = '', gone = '', one = ''] = ids;
    system.site.admins.add(Number(admin));
    const deleted = user(gone);
    if (deleted !== undefined) system.site.remove(deleted);
    const calls = counted('user_update_users');
    const done = await Promise.allSettled(ids.map((id) => target.update(id, only(['city'], { city: 'Köln' }))));
    expect(counted('user_update_users') - calls).toBe(1);
    expect(done.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'fulfilled', 'fulfilled']);
    expect(done[0]).toMatchObject({ reason: { reason: 'by_hand' } });
    expect(done[1]).toMatchObject({ reason: { reason: 'unknown_account' } });
    expect(user(one)?.city).toBe('Köln');
  });

  it('reads as many accounts by id as are asked for at once in one call', async () => {
    const target = await open(PLAIN);
    const ids = await Promise.all(numbers(20).map(async (number) => (await createBare(target, number)).accountId));
    const calls = system.requests.list().length;
    const accounts = await Promise.all(ids.map((id) => target.get(id)));
    expect(accounts.map((account) => account?.id)).toEqual(ids);
    expect(system.requests.list().length - calls).toBe(1);
  });

  it('makes people one by one who are mailed a password, where the mail leaves before the account is certain', async () => {
    const target = await open(PLAIN, { version: '4.5' });
    await Promise.all(numbers(3).map((number) => createBare(target, number, {}, true)));
    await Promise.all(numbers(3).map((number) => createBare(target, number + 10)));
    expect(counted('user_create_users')).toBe(4);
    expect(system.site.mails).toHaveLength(3);
  });
});

describe('an account of Moodle', () => {
  it('that cannot be shown spoils no answer, and its owner gets no second one', async () => {
    const target = await open(PLAIN);
    system.site.add({
      username: 'odd',
      idnumber: 'E-2',
      email: 'odd@acme.example',
      firstname: 'O',
      lastname: 'D',
      city: 'a<b',
    });
    await createBare(target, 1);
    const found = await target.find(numbers(3).map((number) => keyFor(sitePerson(number))));
    expect(found.map(({ externalId }) => externalId)).toEqual(['E-1']);
    expect(await failureOf(createBare(target, 2))).toMatchObject({ reason: 'by_hand' });
    const odd = system.site.findByIdnumber('E-2').map(({ id }) => String(id));
    expect(await target.get(odd.join())).toMatchObject({ state: 'unknown', fields: {} });
  });

  it('is none once somebody deleted it', async () => {
    const target = await open(PLAIN);
    const accountId = (await createBare(target, 1)).accountId;
    await target.delete(accountId);
    expect(user(accountId)?.deleted).toBe(true);
    expect(await target.get(accountId)).toBeNull();
    expect((await target.inspect([accountId])).size).toBe(0);
  });

  it.each(['1', '2', '3'])('with the id %s is never written, and counts as privileged', async (accountId) => {
    const target = await open(PLAIN);
    const before = { ...user(accountId) };
    for (const call of [
      target.update(accountId, only(['city'], { city: 'Köln' })),
      target.deactivate(accountId),
      target.reactivate(accountId, whole(bare(1))),
      target.delete(accountId),
    ]) {
      expect(await failureOf(call)).toMatchObject({ name: 'RejectedError', reason: 'by_hand' });
    }
    expect(user(accountId)).toEqual(before);
    expect((await target.inspect([accountId])).get(accountId)?.rights?.privileged).toBe(true);
  });

  it('is known as an administrator by a change that changes nobody', async () => {
    const target = await open(PLAIN);
    const [boss, clerk] = [await createBare(target, 1), await createBare(target, 2)].map(({ accountId }) => accountId);
    if (boss === undefined || clerk === undefined) throw new Error('no accounts');
    system.site.admins.add(Number(boss));
    const before = structuredClone([user(boss), user(clerk)]);
    const shown = await target.inspect([boss, clerk]);
    expect([shown.get(boss)?.rights, shown.get(clerk)?.rights?.privileged]).toEqual([
      { privileged: true, role: 'site administrator' },
      null,
    ]);
    expect([user(boss), user(clerk)]).toEqual(before);
    const [found] = await target.find([keyFor(bare(1))]);
    expect(found).not.toHaveProperty('rights');
  });

  it('of an earlier service user stays untouched after another token', async () => {
    const target = await open(PLAIN);
    await target.inspect(['1']);
    const notes = (await target.notes?.(true)) ?? {};
    expect(notes).toEqual({ service_users: ['3'] });
    const next = openOnSite(system, PLAIN);
    next.recall?.({ service_users: ['3', '4'] });
    const accountId = '4';
    await createBare(target, 1);
    const rights = (await next.inspect([accountId])).get(accountId)?.rights;
    expect(rights).toEqual({ privileged: true, role: 'earlier service user of hrsync' });
    expect(await failureOf(next.deactivate(accountId))).toMatchObject({ reason: 'by_hand' });
  });

  it('keeps its password, its plugin and its user name through whatever is written', async () => {
    const target = await open(PLAIN);
    const accountId = (await createBare(target, 1)).accountId;
    const { username, password, auth } = user(accountId) ?? {};
    expect(username).toBe('person.1@acme.example');
    await target.update(accountId, only(['email'], { ...bare(1), email: 'other@acme.example' }));
    await target.deactivate(accountId);
    await target.reactivate(accountId, whole(bare(1)));
    expect(user(accountId)).toMatchObject({ username, password, auth, suspended: false });
  });

  it('is called by the employee id where Moodle does not take the address for a name, or another bears it', async () => {
    const target = await open(PLAIN);
    const plus = (await createBare(target, 1, { email: "o'brien+x@acme.example" })).accountId;
    system.site.add({ username: 'person.2@acme.example', email: 'x@acme.example', firstname: 'X', lastname: 'Y' });
    const taken = (await createBare(target, 2)).accountId;
    expect([user(plus)?.username, user(taken)?.username]).toEqual(['e-1', 'e-2']);
  });

  it('is told apart by its address in any capitals, and adopted rather than made twice', async () => {
    const target = await open(PLAIN);
    system.site.add({ username: 'p1', email: 'PERSON.1@ACME.example', firstname: 'Zoë1', lastname: 'Müller' });
    expect(await failureOf(createBare(target, 1))).toMatchObject({ reason: 'email_taken' });
    expect(await target.find([keyFor(sitePerson(1))])).toHaveLength(1);
  });

  it('is looked for again after its creation was lost, while the server may still be at work', async () => {
    const target = await open(PLAIN);
    system.faults.add({ fault: { kind: 'reset_after_commit' }, match: { route: 'core_user_create_users' }, times: 1 });
    expect(await failureOf(createBare(target, 1))).toMatchObject({ mayHaveHappened: true });
    expect(await target.find([keyFor(sitePerson(1))])).toMatchObject([{ externalId: 'E-1' }]);
    expect(await failureOf(createBare(target, 1))).toMatchObject({
      name: 'RejectedError',
      reason: 'external_id_taken',
    });
    expect(system.site.findByIdnumber('E-1')).toHaveLength(1);
  });

  it('waits with the employee id 0, which Moodle takes for none', async () => {
    const target = await open(PLAIN);
    expect(await failureOf(createBare(target, 1, { external_id: '0' }))).toMatchObject({ reason: 'invalid_value' });
    expect(counted('user_create_users')).toBe(0);
  });
});

describe('a value that Moodle refuses', () => {
  it('in a name makes the person wait, before anything is sent', async () => {
    const target = await open(PLAIN);
    expect(await failureOf(createBare(target, 1, { last_name: '<b>Bold' }))).toMatchObject({ reason: 'invalid_value' });
    expect(counted('user_create_users')).toBe(0);
  });

  it.each([
    ['country', 'XK'],
    ['phone', '+49 228 1234567890 1234'],
    ['department', '<i>Sales'],
    ['time_zone', '+02:00'],
    ['city', 'x'.repeat(121)],
  ])('in %s makes that field alone wait', async (field, value) => {
    const target = await open(PLAIN);
    const { accountId, refused } = await createBare(target, 1, { [field]: value, organization: 'Acme' });
    expect(refused).toEqual([field]);
    expect(held(accountId)?.fields).toMatchObject({ organization: 'Acme' });
  });

  it('is a country in small letters no more: the mapping writes it in capitals', async () => {
    const target = await open();
    const country = (await target.fields()).find(({ name }) => name === 'country');
    expect(country?.spelling?.('de')).toBe('DE');
  });
});

describe('a custom profile field of Moodle', () => {
  it.each([
    ['that does not exist', { 'custom_fields.Jobtitle': 'Engineer' }, 'custom_fields.Jobtitle'],
    ['whose menu lacks the value', { 'custom_fields.contract': 'internal' }, 'custom_fields.contract'],
    ['that cuts the text', { 'custom_fields.badge': 'x'.repeat(21) }, 'custom_fields.badge'],
    ['that takes every text for yes', { 'custom_fields.remote': 'nope' }, 'custom_fields.remote'],
    ['that makes another day of the text', { 'custom_fields.hiredate': '01.03.2024' }, 'custom_fields.hiredate'],
    ['whose short name cannot be one', { 'custom_fields.Job title': 'Engineer' }, 'custom_fields.Job title'],
  ])('%s stays unacknowledged', async (_, values, field) => {
    const target = await open(PLAIN);
    const { refused, accountId } = await createBare(target, 1, { ...values, 'custom_fields.notes': 'kept' });
    expect(refused).toEqual([field]);
    expect(user(accountId)?.custom).toMatchObject({ notes: 'kept' });
  });

  it('is read back once for all who are written together', async () => {
    const target = await open(PLAIN);
    await Promise.all(
      numbers(20).map((number) => createBare(target, number, { 'custom_fields.jobtitle': 'Engineer' })),
    );
    expect(counted('user_get_users_by_field')).toBe(2);
  });

  it('counts as unwritten where it cannot be read back, and its account is known all the same', async () => {
    const target = await open(PLAIN);
    await createBare(target, 1);
    const match = { route: 'core_user_get_users_by_field' };
    system.faults.add({ fault: { kind: 'status', status: 500 }, match, times: null });
    const { accountId, refused } = await createBare(target, 2, { 'custom_fields.jobtitle': 'Engineer' });
    expect([refused, user(accountId)?.custom]).toEqual([['custom_fields.jobtitle'], { jobtitle: 'Engineer' }]);
  });

  it('holds a date as the midnight of the zone of the settings, whatever the zone of the site', async () => {
    const target = await open({ ...PLAIN, date_zone: 'Asia/Tokyo' }, { timezone: 'America/Los_Angeles' });
    const { accountId, refused } = await createBare(target, 1, { 'custom_fields.hiredate': '2026-11-01' });
    expect(refused).toEqual([]);
    expect(user(accountId)?.custom['hiredate']).toBe(String(Date.parse('2026-11-01T00:00:00+09:00') / 1_000));
    expect(await target.get(accountId)).toMatchObject({ fields: { 'custom_fields.hiredate': '2026-11-01' } });
  });

  it('is compared before 4.2 by whether there is a value, and not shown', async () => {
    const target = await open(PLAIN, { version: '4.1' });
    const { accountId, refused } = await createBare(target, 1, { 'custom_fields.hiredate': '2026-11-01' });
    expect(refused).toEqual([]);
    expect((await target.get(accountId))?.fields).not.toHaveProperty('custom_fields.hiredate');
  });

  it('takes the address of the manager, and follows it', async () => {
    const target = await open(PLAIN);
    const accountId = (await createBare(target, 1)).accountId;
    const manager = { accountId: '99', email: 'boss@acme.example' };
    await target.update(accountId, { ...only([], bare(1)), manager });
    expect(await target.get(accountId)).toMatchObject({ fields: { manager: 'boss@acme.example' } });
    await target.update(accountId, { ...only([], bare(1)), manager: null });
    expect(await target.get(accountId)).toMatchObject({ fields: { manager: null } });
    expect(openOnSite(system, { manager_to: undefined }).withheld('manager')).toMatch(/manager_to/);
  });
});

describe('an invitation of Moodle', () => {
  it('is a mail with a password at creation, and nobody is mailed twice', async () => {
    const target = await open(PLAIN);
    const accountId = (await createBare(target, 1, {}, true)).accountId;
    expect(system.site.mails).toMatchObject([{ kind: 'password', to: user(accountId)?.email }]);
    expect(target.capabilities).toMatchObject({ inviteByHand: false, mails: 'when_asked' });
  });

  it('is a link once the account is there, as a call of its own', async () => {
    const target = await open({ ...PLAIN, invite: 'reset_link' });
    expect(target.capabilities).toMatchObject({ inviteByHand: true, mails: 'on_request' });
    const accountId = (await createBare(target, 1, {}, true)).accountId;
    expect(system.site.mails).toEqual([]);
    await target.invite?.(accountId, 'person.1@acme.example');
    expect(system.site.mails).toMatchObject([{ kind: 'reset_link', to: 'Person.1@acme.example' }]);
  });

  it('that Moodle could not mail is told, and the account is there', async () => {
    const target = await open({ ...PLAIN, invite: 'reset_link' }, { mailServer: 'down' });
    const accountId = (await createBare(target, 1)).accountId;
    expect(await failureOf(Promise.resolve(target.invite?.(accountId, '')))).toMatchObject({
      ...{ name: 'RejectedError', detail: expect.stringContaining('cannotmailconfirm') },
    });
    expect(held(accountId)?.active).toBe(true);
  });

  it('is none where the password is kept elsewhere, and no password is sent there', async () => {
    const target = await open({ ...PLAIN, auth: 'oauth2' });
    expect(target.capabilities.mails).toBe('never');
    const accountId = (await createBare(target, 1, {}, false)).accountId;
    expect(user(accountId)).toMatchObject({ auth: 'oauth2', password: null });
    expect(system.site.mails).toEqual([]);
  });
});

describe('the cohorts of Moodle', () => {
  const cohortsOf = (accountId: string) => held(accountId)?.fields['cohorts'] ?? [];

  it('are made once, whoever needs them at the same time, and never left empty on the way', async () => {
    const target = await open();
    const ids = await Promise.all(numbers(20).map((number) => idOf(target, number)));
    expect(counted('cohort_create_cohorts')).toBe(2);
    for (const id of ids) expect(cohortsOf(id)).toEqual(['hr-bonn', 'hr-sales']);
    const draft = {
      ...only(['cohorts'], { ...sitePerson(1), cohorts: ['hr-köln'] }),
      before: { cohorts: ['hr-bonn', 'hr-sales'] },
    };
    const before = system.requests.list().length;
    await target.update(ids[0] ?? '', draft);
    expect(cohortsOf(ids[0] ?? '')).toEqual(['hr-köln']);
    expect(routes().slice(before)).toEqual([
      ...['cohort_create_cohorts', 'cohort_add_cohort_members', 'cohort_delete_cohort_members'],
    ]);
  });

  it('that nobody gave to hrsync are never touched, and cannot be asked for', async () => {
    const target = await open();
    const foreign = system.site.addCohort({ idnumber: 'by-hand', name: 'Made by hand' });
    const accountId = await idOf(target, 1);
    foreign.members.add(Number(accountId));
    await target.update(accountId, only(['cohorts'], { ...sitePerson(1), cohorts: [] }));
    expect(cohortsOf(accountId)).toEqual(['by-hand']);
    expect(await target.get(accountId)).toMatchObject({ fields: { cohorts: [] } });
    const { refused } = await target.update(accountId, only(['cohorts'], { ...sitePerson(1), cohorts: ['by-hand'] }));
    expect(refused).toEqual(['cohorts']);
  });

  it('are left by everybody else although one of those who leave was deleted', async () => {
    const target = await open();
    const ids = await Promise.all(numbers(4).map((number) => idOf(target, number)));
    const deleted = user(ids[1] ?? '');
    if (deleted !== undefined) system.site.remove(deleted);
    const left = ids.filter((id) => id !== ids[1]);
    await Promise.allSettled(
      ids.map((id) =>
        target.update(id, { ...only(['cohorts'], { cohorts: [] }), before: { cohorts: ['hr-bonn', 'hr-sales'] } }),
      ),
    );
    for (const id of left) expect(cohortsOf(id)).toEqual([]);
  });

  it('that are missing are named before they are made', async () => {
    const target = await open();
    async function* planned() {
      yield sitePerson(1);
    }
    expect(await target.missingReferences(planned())).toEqual([
      'cohorts that Moodle does not have yet and that will be made: hr-bonn, hr-sales',
    ]);
    expect(openOnSite(system, PLAIN).withheld('cohorts')).toMatch(/cohorts: own/);
  });
});

describe('a failure of Moodle that concerns everybody', () => {
  it.each<[MoodleSettingsInput, string, RegExp]>([
    [{ webServicesEnabled: false }, 'PermissionError', /web services or the REST protocol are switched off/],
    [{ serviceEnabled: false }, 'PermissionError', /accessexception/],
    [{ ipAllowed: false }, 'PermissionError', /address of this machine/],
    [{ policyToAccept: true }, 'PermissionError', /site policy/],
    [{ postMaxSize: 50 }, 'CredentialsError', /post_max_size/],
    [{ tokens: [{ token: 'another' }] }, 'CredentialsError', /without an end/],
  ])('says what an administrator has to do: %j', async (settings, name, words) => {
    system = await startSite(settings);
    const failure = await failureOf(
      openOnSite(system, { token: 'sandbox-moodle-token' }).find([keyFor(sitePerson(1))]),
    );
    expect(failure).toMatchObject({ name });
    expect(String(failure)).toMatch(words);
    expect(failure instanceof CredentialsError || failure instanceof PermissionError).toBe(true);
  });

  it.each<[MoodleSettingsInput, RegExp]>([
    [{ maintenance: 'web' }, /maintenance/],
    [{ upgradeRunning: true }, /upgraded/],
    [{ maintenance: 'command_line' }, /503/],
  ])("passes: %j is nobody's, and the next run does it all", async (settings, words) => {
    const failure = await failureOf((await open(PLAIN, settings)).find([keyFor(sitePerson(1))]));
    expect(failure).toBeInstanceOf(StatusError);
    expect(failure).toMatchObject({ exitCode: 4, mayHaveHappened: true });
    expect(String(failure)).toMatch(words);
  });

  it('ends an expired token with its first use, and both times says so', async () => {
    const tokens = [{ token: 'sandbox-moodle-token', expiresAt: '2020-01-01T00:00:00Z' }];
    const target = await open(PLAIN, { tokens });
    expect(String(await failureOf(createBare(target, 1)))).toMatch(/run out/);
    expect(String(await failureOf(createBare(target, 1)))).toMatch(/run out/);
  });
});

describe('check on Moodle', () => {
  const found = async (target: Target, fields: readonly string[] = ['email']) => target.check(fields);

  it.each(['moodle/user:create', 'moodle/user:update', 'moodle/user:delete', 'moodle/cohort:manage'])(
    'names %s where it is missing, and makes nothing',
    async (missing) => {
      const target = await open();
      const { capabilities } = system.settings.values;
      system.settings.change({ capabilities: capabilities.filter((one) => one !== missing) });
      const before = system.site.list().length;
      const errors = (await found(target)).filter(({ level }) => level === 'error');
      expect(errors).toMatchObject([{ cause: 'credentials', message: expect.stringContaining(missing) }]);
      expect([system.site.list().length, system.site.cohorts.size, system.site.mails.length]).toEqual([before, 0, 0]);
    },
  );

  it('warns of what Moodle does not tell: short names and whether mails leave', async () => {
    const warnings = (await found(await open(), ['email', 'custom_fields.jobtitle'])).filter(
      ({ level }) => level === 'warning',
    );
    expect(warnings.map(({ subject }) => subject)).toEqual(['custom fields', 'invitations']);
  });
});
