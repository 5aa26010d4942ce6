import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { User } from '../../src/sandbox/moodle/site/user.js';
import { form, type MoodleStage, newUser, startStage } from '../support/moodle-site.js';

let stage: MoodleStage;

beforeEach(async () => {
  stage = await startStage();
});
afterEach(() => stage.system.stop());

const create = (...users: object[]) => stage.call('core_user_create_users', { users });
const update = (...users: object[]) => stage.call('core_user_update_users', { users });
const remove = (...userids: number[]) => stage.call('core_user_delete_users', { userids });
const byField = (field: string, ...values: unknown[]) => stage.call('core_user_get_users_by_field', { field, values });
const search = (criteria: Readonly<Record<string, string>>) =>
  stage.call('core_user_get_users', { criteria: Object.entries(criteria).map(([key, value]) => ({ key, value })) });
const change = (patch: object) => stage.system.settings.change(patch);
const without = (...capabilities: string[]) => {
  const all = stage.system.settings.values.capabilities;
  return change({ capabilities: all.filter((one) => !capabilities.includes(one)) });
};

/** A user who is there already; the first has id 4. */
function held(name: string, data: Partial<User> = {}): User {
  const names = { username: name, firstname: 'Ada', lastname: 'Example', email: `${name}@acme.example` };
  return stage.site.add({ ...names, ...data });
}

describe("Moodle's stand-in, looking people up", () => {
  it('answers by id, everybody once, and leaves out whom it does not know', async () => {
    for (const name of ['a', 'b']) held(name);
    const { body } = await byField('username', 'b', 'nobody', 'a', 'b');
    expect(body.map(({ id }: { id: number }) => id)).toEqual([4, 5]);
  });

  it('minds capitals in idnumbers and addresses, or does not where the database does not', async () => {
    held('a', { idnumber: 'E1', email: 'Ada@acme.example' });
    const found = async () => [
      (await byField('idnumber', 'e1')).body.length,
      (await byField('email', 'ada@acme.example')).body.length,
    ];
    expect(await found()).toEqual([0, 0]);
    expect((await byField('idnumber', 'E1')).body).toHaveLength(1);
    change({ lookUpsMindCase: false });
    expect(await found()).toEqual([1, 1]);
  });

  it.each([
    ['username', 'Ada'],
    ['username', 'a+b'],
    ['username', 'jörg'],
    ['email', ' a@acme.example'],
    ['id', 'x'],
  ])('refuses the whole call for the %s %j', async (field, value) => {
    expect((await byField(field, value, '1')).body.errorcode).toBe('invalidparameter');
  });

  it('refuses to look people up by another field', async () => {
    expect((await byField('lastname', 'Example')).body.errorcode).toBe('codingerror');
  });

  it('never finds an empty value or the idnumber 0', async () => {
    held('a');
    held('b', { idnumber: '0', city: '0' });
    expect((await byField('idnumber', '', '0')).body).toEqual([]);
    const { body } = await byField('id', 5);
    expect(body[0]).not.toHaveProperty('idnumber');
    expect(body[0]).not.toHaveProperty('city');
  });

  it('leaves empty fields out, but for department, language and theme', async () => {
    held('a');
    const [user] = (await byField('id', 4)).body;
    expect(Object.keys(user).toSorted()).toEqual(
      [
        ...['auth', 'confirmed', 'customfields', 'department', 'email', 'firstaccess', 'firstname', 'fullname', 'id'],
        ...['lang', 'lastaccess', 'lastname', 'mailformat', 'profileimageurl', 'profileimageurlsmall', 'suspended'],
        ...['theme', 'timezone', 'username'],
      ].toSorted(),
    );
    expect(user).toMatchObject({ suspended: false, confirmed: true, timezone: '99', firstaccess: 0, department: '' });
  });

  it('gives values back as they were written', async () => {
    const department = ' R&D "x"\té\u0301\u200b🙂\n ';
    await create(newUser('a', { department, idnumber: ' 1 ' }));
    expect((await byField('idnumber', ' 1 ')).body).toMatchObject([{ department, idnumber: ' 1 ' }]);
  });

  it('finds a deleted user by id, unmarked, under another name and address', async () => {
    held('a', { idnumber: 'E1', suspended: true });
    await remove(4);
    const [user] = (await byField('id', 4)).body;
    expect(user).toMatchObject({ username: `a@acme.example.${stage.clock / 1000}`, suspended: true });
    expect(user.email).toMatch(/^[0-9a-f]{32}$/);
    expect(user).not.toHaveProperty('idnumber');
    expect((await search({ email: '%' })).body.users.map(({ id }: User) => id)).toEqual([1, 2, 3]);
  });

  it.each([
    ['an uninstalled sign-on plugin', { auth: 'cohortauth' }],
    ['a Moodle network', { auth: 'mnet', isRemote: true }],
    ['a tag in a name', { lastname: 'a<b' }],
    ['a tag in a department', { department: '<i>Sales</i>' }],
    ['an old username', { username: 'Old Name' }],
    ['a padded address', { email: ' a@acme.example' }],
    ['an offset as a zone', { timezone: '+02:00' }],
  ])('loses the answer about everybody over an account with %s', async (_, data) => {
    held('a');
    held('b', data);
    expect((await byField('id', 4, 5)).body.errorcode).toBe('invalidresponse');
    expect((await search({ firstname: '%' })).body.errorcode).toBe('invalidresponse');
    expect((await byField('id', 4)).body).toHaveLength(1);
  });

  it('shows an account with an odd country, language, theme or phone like any other', async () => {
    held('a', { country: 'ZZZ', lang: 'xx', theme: 'gone', phone1: '<b>' });
    expect((await byField('id', 4)).body).toHaveLength(1);
  });

  it('searches names and addresses by LIKE without case, everything else exactly', async () => {
    held('a', { email: 'Ada_1@acme.example' });
    held('b', { email: 'adaX1@acme.example' });
    const ids = async (criteria: Readonly<Record<string, string>>) =>
      (await search(criteria)).body.users.map(({ id }: User) => id);
    expect(await ids({ email: 'ADA_1@acme.example' })).toEqual([4, 5]);
    expect(await ids({ email: 'ada\\_1@%' })).toEqual([4]);
    expect(await ids({ firstname: 'Ad' })).toEqual([]);
    expect(await ids({ username: 'A' })).toEqual([4]);
    expect(await ids({ auth: 'manual', email: '%x1@acme.example' })).toEqual([5]);
  });

  it('ignores a criterion that it does not know, with a warning, and refuses one that comes twice', async () => {
    const { body } = await search({ city: 'Oslo' });
    expect(body.users).toHaveLength(3);
    expect(body.warnings).toMatchObject([{ item: 'city', warningcode: 'invalidfieldparameter' }]);
    const criteria = [
      { key: 'id', value: '1' },
      { key: 'id', value: '2' },
    ];
    expect((await stage.call('core_user_get_users', { criteria })).body.errorcode).toBe('keyalreadyset');
  });
});

describe("Moodle's stand-in, where rights lack", () => {
  it('shows nobody but the caller without viewdetails, and says nothing', async () => {
    held('a');
    without('moodle/user:viewdetails');
    expect((await byField('id', 3, 4)).body).toMatchObject([
      { id: 3, username: 'hrsync', email: 'hrsync@moodle.example' },
    ]);
  });

  it('finds nobody by username or idnumber without viewalldetails, and shows no hidden field', async () => {
    stage.site.fields = stage.site.fields.map((field) =>
      field.shortname === 'badge' ? { ...field, visible: 0 as const } : field,
    );
    held('a', { idnumber: 'E1', custom: { badge: '7', jobtitle: 'Clerk' } });
    const shown = async () =>
      (await byField('id', 4)).body[0].customfields.map(({ shortname }: { shortname: string }) => shortname);
    expect(await shown()).toEqual(['jobtitle', 'badge', 'remote']);
    without('moodle/user:viewalldetails');
    expect((await byField('username', 'a')).body).toEqual([]);
    expect((await byField('idnumber', 'E1')).body).toEqual([]);
    expect((await byField('email', 'a@acme.example')).body).toHaveLength(1);
    expect((await byField('id', 4)).body[0]).not.toHaveProperty('auth');
    expect(await shown()).toEqual(['jobtitle', 'remote']);
  });

  it.each([[() => without('moodle/site:viewuseridentity')], [() => change({ showUserIdentity: [] })]])(
    'finds nobody by address where identity is not shown, except who shows it to everyone (%#)',
    async (restrict) => {
      held('a');
      held('b', { maildisplay: 1 });
      restrict();
      const { body } = await byField('email', 'a@acme.example', 'b@acme.example', 'hrsync@moodle.example');
      expect(body.map(({ id }: User) => id)).toEqual([3, 5]);
      expect((await byField('id', 4)).body[0]).not.toHaveProperty('email');
      expect((await byField('id', 1, 2)).body.map(({ email }: User) => email)).toEqual([
        undefined,
        'admin@moodle.example',
      ]);
    },
  );

  it('hides what the site hides, unless viewhiddendetails shows it', async () => {
    held('a', { city: 'Oslo' });
    change({ hiddenUserFields: ['email', 'suspended', 'city'] });
    expect((await byField('id', 4)).body).toMatchObject([{ city: 'Oslo', suspended: false }]);
    without('moodle/user:viewhiddendetails');
    const [user] = (await byField('id', 4)).body;
    for (const key of ['email', 'suspended', 'city']) expect(user).not.toHaveProperty(key);
    expect((await byField('email', 'a@acme.example')).body).toEqual([]);
  });

  it('lacks a name that the name format lacks, unless viewfullnames shows it', async () => {
    change({ nameFormat: ['firstname'] });
    expect((await byField('id', 3)).body).toMatchObject([{ firstname: 'Service', lastname: 'User' }]);
    without('moodle/site:viewfullnames');
    expect((await byField('id', 3)).body[0]).not.toHaveProperty('lastname');
  });

  it('shows phones only where the site lists them as identity', async () => {
    held('a', { phone1: '123' });
    expect((await byField('id', 4)).body[0]).not.toHaveProperty('phone1');
    change({ showUserIdentity: ['email', 'phone1'] });
    expect((await byField('id', 4)).body).toMatchObject([{ phone1: '123' }]);
  });

  it('has every right for an administrator', async () => {
    stage.site.admins.add(3);
    change({ capabilities: [] });
    expect((await stage.call('core_webservice_get_site_info')).body.userissiteadmin).toBe(true);
    expect((await create(newUser('a'))).body).toEqual([{ id: 4, username: 'a' }]);
    expect((await update({ id: 2, city: 'Oslo' })).body).toEqual({ warnings: [] });
  });
});

describe("Moodle's stand-in, creating people", () => {
  it('answers with ids in the order sent, and keeps what was sent', async () => {
    const { body } = await create(newUser('b'), newUser('a', { country: 'DE', timezone: 'Mars/X', phone1: '1' }));
    expect(body).toEqual([
      { id: 4, username: 'b' },
      { id: 5, username: 'a' },
    ]);
    expect(stage.site.users.get(5)).toMatchObject({ country: 'DE', timezone: 'Mars/X', phone1: '1', suspended: false });
  });

  it('makes nobody where one is bad', async () => {
    held('taken');
    const { body } = await create(newUser('a'), newUser('taken', { email: 'free@acme.example' }));
    expect(body).toEqual({
      exception: 'core\\exception\\invalid_parameter_exception',
      errorcode: 'invalidparameter',
      message: 'Invalid parameter value detected',
    });
    expect(stage.site.users.size).toBe(4);
  });

  it.each([
    ['no password', { password: '' }],
    ['a blank last name', { lastname: ' ' }],
    ['a username in capitals', { username: 'Ada' }],
    ['a username with a plus sign', { username: 'a+b@acme.example' }],
    ['a username with an apostrophe', { username: "o'neil" }],
    ['an address with an umlaut', { email: 'jörg@acme.example' }],
    ['an address in a domain with an umlaut', { email: 'a@bücher.example' }],
    ['an address without a dot in its domain', { email: 'x@localhost' }],
    ['a padded address', { email: ' a@acme.example' }],
    ['a long local part', { email: `${'a'.repeat(65)}@acme.example` }],
    ['an address that is taken in capitals', { email: 'TAKEN@acme.example' }],
    ['a tag in the first name', { firstname: 'a<b' }],
    ['a tag in the department', { department: '<b>Sales</b>' }],
    ['a null byte', { lastname: 'a\0b' }],
    ['an offset as a zone', { timezone: '+02:00' }],
    ['a language that is not installed', { lang: 'fr' }],
    ['a language in capitals', { lang: 'DE' }],
    ['an unknown sign-on plugin', { auth: 'mnet' }],
    ['the plugin of web services', { auth: 'webservice' }],
    ['nologin without a password', { auth: 'nologin', password: '' }],
    ['a country with a digit', { country: 'D3' }],
    ['a custom field with a space in its name', { customfields: [{ type: 'job title', value: 'x' }] }],
  ])('refuses %s', async (_, data) => {
    held('taken');
    expect((await create(newUser('a', data))).body.errorcode).toBe('invalidparameter');
    expect(stage.site.users.size).toBe(4);
  });

  it('refuses bytes that are no UTF-8', async () => {
    const fixed = { wstoken: stage.system.token, wsfunction: 'core_user_create_users', moodlewsrestformat: 'json' };
    const named = (lastname: string) =>
      form({ ...fixed, users: [newUser('a', { lastname: 'NAME' })] }).replace('NAME', lastname);
    expect((await stage.send(named('M%FCller'))).body.errorcode).toBe('invalidparameter');
    expect((await stage.send(named('M%C3%BCller'))).body).toHaveLength(1);
    expect(stage.site.users.get(4)?.lastname).toBe('Müller');
  });

  it.each([
    ['a sign that opens no tag', { firstname: 'a < b' }],
    ['spans of several languages', { city: '<span lang="de" class="multilang">Köln</span>' }],
    ['an address with + and an apostrophe', { email: "o'neil+x@acme.example" }],
    ['no password for single sign-on', { auth: 'oauth2', password: '' }],
    ['a plugin that is installed', { auth: 'ldap' }],
  ])('takes %s', async (_, data) => {
    expect((await create(newUser('a', data))).body).toEqual([{ id: 4, username: 'a' }]);
  });

  it('takes more signs in usernames where the site allows them, but no capitals', async () => {
    change({ extendedUsernameChars: true });
    expect((await create(newUser('a', { username: "jörg o'neil+x" }))).body).toHaveLength(1);
    expect((await create(newUser('B'))).body.errorcode).toBe('invalidparameter');
  });

  it.each(['de', 'XX', 'UK', 'XK', 'Germany'])('drops the country %s in silence', async (country) => {
    expect((await create(newUser('a', { country }))).body).toHaveLength(1);
    expect((await byField('id', 4)).body[0]).not.toHaveProperty('country');
  });

  it.each([
    ['firstname', 100],
    ['city', 120],
    ['department', 255],
    ['idnumber', 255],
    ['phone1', 20],
  ])('refuses a %s of more than %i characters as the database does', async (key, length) => {
    const long = (name: string, count: number) => create(newUser(name, { [key]: 'ü'.repeat(count) }));
    expect((await long('a', length + 1)).body.errorcode).toBe('dmlwriteexception');
    expect((await long('a', length)).body).toHaveLength(1);
  });

  it('tells of a weak password in HTML, where others have a code', async () => {
    const { body } = await create(newUser('a', { password: 'weak' }));
    expect(body.errorcode).toMatch(/^<div>Passwords must have at least 8 characters\.<\/div><div>/);
    change({ passwordPolicy: null });
    expect((await create(newUser('a', { password: 'weak' }))).body).toHaveLength(1);
  });

  it('lets any number of accounts have one idnumber, and one address only where the site says so', async () => {
    expect((await create(newUser('a', { idnumber: '1' }), newUser('b', { idnumber: '1' }))).body).toHaveLength(2);
    const again = () => create(newUser('c', { email: 'A@acme.example' }));
    expect((await again()).body.errorcode).toBe('invalidparameter');
    change({ allowAccountsSameEmail: true });
    expect((await again()).body).toHaveLength(1);
  });

  it('keeps usernames apart when two calls come at once, addresses and names not', async () => {
    change({ workMilliseconds: 400 });
    const same = await Promise.all([create(newUser('a')), create(newUser('a'))]);
    expect(same.map(({ body }) => body.errorcode).toSorted()).toEqual(['dmlwriteexception', undefined]);
    const email = 'both@acme.example';
    const doubles = await Promise.all([create(newUser('b', { email })), create(newUser('c', { email }))]);
    expect(doubles.map(({ body }) => body.length)).toEqual([1, 1]);
    expect(stage.site.findByEmail(email)).toHaveLength(2);
  });
});

describe("Moodle's stand-in, mailing people", () => {
  const mails = () => stage.site.mails.map(({ to, kind }) => `${kind} to ${to}`);
  const reset = (parameters: object) => stage.call('core_auth_request_password_reset', parameters);

  it('mails nobody whose password was sent, and a made-up one to be changed with createpassword', async () => {
    await create(newUser('a'), newUser('b', { createpassword: '1', lang: 'de' }));
    expect(stage.site.mails).toMatchObject([{ to: 'b@acme.example', kind: 'password', username: 'b', lang: 'de' }]);
    const made = stage.site.findByUsername('b');
    expect(made?.password).not.toBe('Secret-123');
    expect(made?.preferences).toEqual({ auth_forcepasswordchange: '1' });
  });

  it.each(['4.1', '4.5', '5.1'] as const)('mails in version %s before the commit or after it', async (version) => {
    change({ version });
    const invited = newUser('a', { createpassword: '1' });
    expect((await create(invited, newUser('b', { email: 'bad' }))).body.errorcode).toBe('invalidparameter');
    expect(mails()).toEqual(version === '5.1' ? [] : ['password to a@acme.example']);
    await create(invited);
    expect(mails()).toHaveLength(version === '5.1' ? 1 : 2);
  });

  it.each([
    ['the mail server is down', { mailServer: 'down' }, {}],
    ['the no-reply address is not valid', { noReplyAddressIsValid: false }, {}],
    ['the user cannot log in', {}, { auth: 'nologin' }],
    ['the address ends in .invalid', {}, { email: 'a@acme.invalid' }],
  ])('makes the account and tells nobody that no mail left when %s', async (_, settings, data) => {
    change(settings);
    expect((await create(newUser('a', { createpassword: '1', ...data }))).body).toHaveLength(1);
    expect(mails()).toEqual([]);
  });

  it('mails a password that does not work to users of single sign-on', async () => {
    await create(newUser('a', { createpassword: '1', auth: 'oauth2' }));
    expect(mails()).toEqual(['password to a@acme.example']);
    expect(stage.site.findByUsername('a')?.password).toBeNull();
  });

  it('mails a link twice within its life and not a third time, always with the same answer', async () => {
    held('a');
    const answers = [
      await reset({ username: 'a' }),
      await reset({ email: 'A@acme.example' }),
      await reset({ username: 'a' }),
    ];
    answers.push(await reset({ username: 'nobody' }));
    expect(new Set(answers.map(({ body }) => body.status))).toEqual(new Set(['emailpasswordconfirmmaybesent']));
    expect(mails()).toEqual(['reset_link to a@acme.example', 'reset_link to a@acme.example']);
    stage.clock += 30 * 60_000;
    await reset({ username: 'a' });
    expect(mails()).toHaveLength(3);
  });

  it('mails no link to the suspended, and word that there is none to users of single sign-on', async () => {
    held('a', { suspended: true });
    held('b', { auth: 'oauth2' });
    for (const username of ['a', 'b']) await reset({ username });
    expect(mails()).toEqual(['reset_impossible to b@acme.example']);
  });

  it('tells of a link that could not be mailed, counts it, and falls silent', async () => {
    held('a');
    change({ mailServer: 'down' });
    const codes = [];
    for (let tries = 0; tries < 3; tries += 1) codes.push((await reset({ username: 'a' })).body.errorcode);
    expect(codes).toEqual(['cannotmailconfirm', 'cannotmailconfirm', undefined]);
    change({ mailServer: 'up' });
    await reset({ username: 'a' });
    expect(mails()).toEqual([]);
  });
});

describe("Moodle's stand-in, updating and deleting people", () => {
  it('changes what was sent, and leaves the rest', async () => {
    held('a', { city: 'Oslo', department: 'Sales' });
    const { body } = await update({
      id: 4,
      department: '',
      email: 'new@acme.example',
      username: 'new',
      idnumber: 'E1',
    });
    expect(body).toEqual({ warnings: [] });
    expect(stage.site.users.get(4)).toMatchObject({ city: 'Oslo', department: '', username: 'new', idnumber: 'E1' });
    expect((await byField('email', 'new@acme.example')).body).toHaveLength(1);
    expect((await byField('username', 'a')).body).toEqual([]);
  });

  it('warns of each user who cannot be changed, and commits the others', async () => {
    held('a');
    held('b');
    held('gone', { deleted: true });
    held('far', { auth: 'mnet', isRemote: true });
    const { body } = await update(
      ...[1, 2, 6, 7, 99].map((id) => ({ id, city: 'Oslo' })),
      { id: 4, city: 'Oslo', email: 'b@acme.example' },
      { id: 4, city: 'Oslo', email: '' },
      { id: 4, city: 'Oslo', phone1: '1'.repeat(21) },
      { id: 4, city: 'Oslo', username: 'b' },
      { id: 5, city: 'Oslo' },
    );
    expect(body.warnings.map((one: Record<string, unknown>) => [one['itemid'], one['warningcode']])).toEqual([
      ...[
        [1, 'usernotupdatedguest'],
        [2, 'usernotupdatedadmin'],
        [6, 'usernotupdateddeleted'],
      ],
      ...[
        [7, 'usernotupdatedremote'],
        [99, 'invaliduserid'],
        [4, 'useremailduplicate'],
        [4, 'useremailinvalid'],
      ],
      ...[
        [4, 'dmlwriteexception'],
        [4, 'dmlwriteexception'],
      ],
    ]);
    expect(
      stage.site
        .list()
        .filter(({ city }) => city === 'Oslo')
        .map(({ id }) => id),
    ).toEqual([5]);
  });

  it.each([
    { suspended: '' },
    { mailformat: '' },
    { email: ' a@acme.example' },
    { lang: 'fr' },
    { createpassword: '1' },
  ])('refuses the whole call for %j', async (data) => {
    held('a');
    expect((await update({ id: 3, city: 'Oslo' }, { id: 4, ...data })).body.errorcode).toBe('invalidparameter');
    expect(stage.site.users.get(3)?.city).toBe('');
  });

  it('loses its answer over a weak password, and has committed the others', async () => {
    held('a');
    held('b');
    const { body } = await update({ id: 4, password: 'weak', city: 'Oslo' }, { id: 5, city: 'Oslo' });
    expect(body.errorcode).toBe('invalidresponse');
    expect([stage.site.users.get(4)?.city, stage.site.users.get(5)?.city]).toEqual(['', 'Oslo']);
  });

  it('takes an empty username, name and plugin, and empties an unknown country', async () => {
    held('a', { country: 'DE' });
    expect((await update({ id: 4, username: '', lastname: '', auth: '', country: 'UK' })).body).toEqual({
      warnings: [],
    });
    expect(stage.site.users.get(4)).toMatchObject({ username: '', lastname: '', auth: '', country: '' });
  });

  it('heeds the last of two changes of one user, and moves the time of a change that changes nothing', async () => {
    held('a');
    await update({ id: 4, city: 'Oslo' }, { id: 4, city: 'Rome' });
    expect(stage.site.users.get(4)?.city).toBe('Rome');
    stage.clock += 60_000;
    await update({ id: 4 });
    expect(stage.site.users.get(4)?.timemodified).toBe(stage.clock / 1000);
  });

  it('logs the suspended out, and keeps their address, cohorts and password', async () => {
    held('a', { sessions: 2, password: 'old' });
    stage.site.addCohort({ idnumber: 'C1' }).members.add(4);
    await update({ id: 4, suspended: '1' });
    expect(stage.site.users.get(4)).toMatchObject({ suspended: true, sessions: 0, password: 'old' });
    expect(stage.site.findCohort('C1')?.members).toEqual(new Set([4]));
    expect((await create(newUser('b', { email: 'a@acme.example' }))).body.errorcode).toBe('invalidparameter');
    await update({ id: 4, suspended: '0' });
    expect((await byField('id', 4)).body[0].suspended).toBe(false);
  });

  it('lets the service user suspend itself, and lets it in no more', async () => {
    expect((await update({ id: 3, suspended: '1' })).body).toEqual({ warnings: [] });
    expect((await update({ id: 3, suspended: '0' })).body.errorcode).toBe('wsaccessusersuspended');
  });

  it('deletes all or nobody, frees username and address, and the person can be made anew', async () => {
    held('a', { idnumber: 'E1', custom: { jobtitle: 'Clerk' } });
    stage.site.addCohort({ idnumber: 'C1' }).members.add(4);
    expect((await remove(4, 99)).body.errorcode).toBe('invalidrecordunknown');
    expect((await byField('username', 'a')).body).toHaveLength(1);
    expect((await remove(4)).body).toBeNull();
    expect(stage.site.users.get(4)).toMatchObject({ deleted: true, idnumber: '', custom: {} });
    expect(stage.site.findCohort('C1')?.members.size).toBe(0);
    expect((await remove(4)).body.errorcode).toBe('invalidrecordunknown');
    expect((await create(newUser('a'))).body).toEqual([{ id: 5, username: 'a' }]);
  });

  it.each([
    [2, 'useradminodelete'],
    [3, 'usernotdeletederror'],
    [0, 'invalidrecordunknown'],
    [99, 'invalidrecordunknown'],
  ])('does not delete user %i: %s', async (id, errorcode) => {
    expect((await remove(id)).body.errorcode).toBe(errorcode);
  });

  it('answers the deletion of the guest with success, and does nothing', async () => {
    expect((await remove(1)).body).toBeNull();
    expect(stage.site.users.get(1)?.deleted).toBe(false);
  });

  it('names a user who is unknown in another code while debugging is on', async () => {
    change({ debug: true });
    expect((await remove(99)).body).toMatchObject({ errorcode: 'invaliduser', debuginfo: 'id = 99' });
  });
});

describe('a saved site', () => {
  it('comes back as it was, look-ups included', async () => {
    held('a', { idnumber: 'E1' });
    const saved = stage.site.save();
    await update({ id: 4, idnumber: 'E2' });
    await create(newUser('b', { createpassword: '1' }));
    stage.site.restore(saved);
    expect((await byField('idnumber', 'E1', 'E2')).body).toMatchObject([{ id: 4 }]);
    expect((await byField('username', 'b')).body).toEqual([]);
    expect(stage.site.mails).toEqual([]);
    expect((await create(newUser('b'))).body).toEqual([{ id: 5, username: 'b' }]);
  });
});
