import { describe, expect } from 'vitest';
import { importAt } from '../support/clock.js';
import { type Connect, day, test } from '../support/connector.js';
import { connectPair, SOURCES } from '../support/pairs.js';
import { hire, plainPeople, plainPerson } from '../support/people.js';

async function atMoodle(connect: Connect, more = '', size = 12) {
  const connector = await connectPair(connect, SOURCES[0], 'moodle', { company: { size } }, more);
  const { site, requests, settings } = connector.sandbox.moodle;
  const asked = () => {
    const routes = requests.list().map(({ route }) => route?.replace(/^core_/, '') ?? '?');
    requests.clear();
    return routes;
  };
  return { connector, site, settings, asked };
}

/** So many hours from now. */
const inHours = (hours: number) => () => new Date(Date.now() + hours * 3_600_000);

describe('Moodle', () => {
  test('mails a link once the account is there, and tries a mail again that it could not send', async ({ connect }) => {
    const { connector, site, settings } = await atMoodle(connect, '  invite: reset_link\n');
    await connector.imported();
    expect(site.mails).toEqual([]);
    settings.change({ mailServer: 'down' });
    const ada = hire(connector, 'Ada', day(0));
    const failed = await connector.run(['import-all']);
    expect(failed.code).toBe(4);
    expect(failed.stderr).toContain('cannotmailconfirm');
    const [account] = site.findByIdnumber(String(ada.id));
    expect(account).toMatchObject({ email: ada.email, suspended: false });

    settings.change({ mailServer: 'up' });
    const mended = await importAt(connector, inHours(2));
    expect(mended.changes).toMatchObject([{ kind: 'invite', outcome: 'done', account: String(account?.id) }]);
    expect((await importAt(connector, inHours(3))).changes).toEqual([]);
    expect(site.mails).toMatchObject([{ kind: 'reset_link', to: ada.email }]);
  });

  test('makes accounts at once where nothing is mailed', async ({ connect }) => {
    const { connector, site } = await atMoodle(connect, '  invite: none\n');
    await connector.imported();
    const grace = hire(connector, 'Grace', day(40));
    expect((await connector.imported()).summary).toMatchObject({ create: 1, invite: 0, scheduled: expect.any(Number) });
    expect(site.findByIdnumber(String(grace.id))).toHaveLength(1);
    expect(site.mails).toEqual([]);
  });

  test('is asked nothing in an empty night, and five times at most for one change', async ({ connect }) => {
    const { connector, asked } = await atMoodle(connect);
    await connector.imported();
    asked();
    await connector.imported();
    expect(asked()).toEqual([]);
    const person = plainPerson(connector.company);
    connector.hr.apply({ kind: 'promote', person: person.id, to: 'Principal' });
    await connector.imported();
    expect(asked().length).toBeLessThanOrEqual(5);
    connector.hr.apply({ kind: 'change_email', person: person.id, to: 'moved@acme.example' });
    await connector.imported();
    expect(asked().length).toBeLessThanOrEqual(5);
    hire(connector, 'Ada', day(0));
    await connector.imported();
    // One read-back comes on top, for the custom fields of a new account.
    expect(asked().length).toBeLessThanOrEqual(6);
  });

  test('takes a first load in batches, without ever being listed', async ({ connect }) => {
    const { connector, asked } = await atMoodle(connect, '', 260);
    const { summary } = await connector.imported();
    const routes = asked();
    const creates = routes.filter((route) => route === 'user_create_users').length;
    expect(summary.create).toBeGreaterThan(200);
    // Managers go before their reports, so the last call of each step is not full.
    expect(creates).toBeLessThanOrEqual(Math.ceil(summary.create / 50) + 8);
    expect(routes.length - 2 * creates).toBeLessThanOrEqual(30);
  });

  test('is left alone while it is in maintenance, and the next night does it all', async ({ connect }) => {
    const { connector, site, settings } = await atMoodle(connect);
    await connector.imported();
    const [one, other] = plainPeople(connector.company);
    connector.hr.apply({ kind: 'terminate', person: one?.id ?? 0, on: day(-1) });
    connector.hr.apply({ kind: 'promote', person: other?.id ?? 0, to: 'Principal' });
    settings.change({ maintenance: 'web' });
    const { code, stderr } = await connector.run(['import-all']);
    expect(code, stderr).toBe(4);
    expect(stderr).toContain('sitemaintenance');
    expect((await connector.run(['status'])).stdout).not.toContain('Keeps failing');
    settings.change({ maintenance: 'off' });
    await connector.imported();
    expect(site.findByIdnumber(String(one?.id))).toMatchObject([{ suspended: true }]);
    expect(site.findByIdnumber(String(other?.id))).toMatchObject([{ custom: { jobtitle: 'Principal' } }]);
  });

  test('stops a run whose token has no rights to see accounts, before anybody is made twice', async ({ connect }) => {
    const { connector, site, settings } = await atMoodle(connect);
    await connector.imported();
    const before = site.users.size;
    hire(connector, 'Ada', day(0));
    const { capabilities } = settings.values;
    settings.change({ capabilities: capabilities.filter((one) => one !== 'moodle/user:viewalldetails') });
    const { code, stderr } = await connector.run(['import-all']);
    expect(code).toBe(8);
    expect(stderr).toContain('moodle/user:viewalldetails');
    expect(site.users.size).toBe(before);
  });

  test('gives a new account to somebody whose account was deleted by hand', async ({ connect }) => {
    const { connector, site } = await atMoodle(connect);
    await connector.imported();
    const person = plainPerson(connector.company);
    const [user] = site.findByIdnumber(String(person.id));
    if (user === undefined) throw new Error('no account');
    site.remove(user);
    const verified = await connector.run(['verify']);
    expect(verified.code).toBe(3);
    expect((await connector.run(['verify', '--repair'])).code).toBe(0);
    expect(site.findByIdnumber(String(person.id))).toMatchObject([{ email: person.email, deleted: false }]);
  });

  test('never links an administrator to somebody in HR, whoever made that account', async ({ connect }) => {
    const { connector, site } = await atMoodle(connect);
    const person = plainPerson(connector.company);
    const { firstName: firstname, lastName: lastname } = person;
    const user = site.add({ username: 'boss', email: person.email ?? '', firstname, lastname });
    site.admins.add(user.id);
    const before = structuredClone(user);
    const { exit_code, skipped } = await connector.json(['import-all']);
    expect(exit_code).toBe(0);
    expect(skipped).toContainEqual(
      expect.objectContaining({ reason: 'privileged_account', message: expect.stringContaining('site administrator') }),
    );
    expect(site.users.get(user.id)).toEqual(before);
  });
});
