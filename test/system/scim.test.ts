import { readFile } from 'node:fs/promises';
import { describe, expect } from 'vitest';
import type { Person, SandboxOptions } from '../../src/sandbox/index.js';
import { type Connect, type Connector, day, test } from '../support/connector.js';
import { connectPair, SOURCES } from '../support/pairs.js';
import { plainPeople, plainPerson } from '../support/people.js';

type Ways = SandboxOptions['scim'];

/** Opens Personio to a SCIM portal; `more` are lines for the target's config. */
const connectScim = (
  connect: Connect,
  { scim = {}, size = 12, more = '' }: { scim?: Ways; size?: number; more?: string } = {},
) => connectPair(connect, SOURCES[0], 'scim', { company: { size }, scim }, more);

const userOf = ({ sandbox }: Connector, email: string | null) => sandbox.scim.directory.findByUserName(email ?? '');

/** An account that another provisioning has made. */
function addUser({ sandbox }: Connector, person: Person, further: object = {}): string {
  const { email, firstName: givenName, lastName: familyName } = person;
  const values = { userName: email, emails: [{ value: email, type: 'work' }], name: { givenName, familyName } };
  return sandbox.scim.directory.addUser({ ...values, active: true, ...further }).id;
}

describe.concurrent('Personio to an LMS by SCIM', () => {
  test('takes over accounts that another provisioning made, where a name agrees and no right stands in the way', async ({
    connect,
  }) => {
    const connector = await connectScim(connect);
    const [mine, other, admin] = [0, 1, 2].map((index) => plainPerson(connector.company, index)) as [
      Person,
      Person,
      Person,
    ];
    const id = addUser(connector, mine, { externalId: 'entra-1' });
    addUser(connector, other, { name: { givenName: 'Wilhelmina', familyName: 'Unrelated' } });
    addUser(connector, admin, { userType: 'Administrator' });
    const { summary, skipped, exit_code } = await connector.json(['import-all', '--allow', 'adopt=3']);
    expect(exit_code).toBe(0);
    expect(summary.adopt).toBe(1);
    expect(userOf(connector, mine.email)).toMatchObject({
      id,
      values: { externalId: String(mine.id), title: mine.position },
    });
    const reasons = skipped.map(({ employee, reason }) => [employee.id, reason]);
    expect(reasons).toContainEqual([String(other.id), 'name_differs']);
    expect(reasons).toContainEqual([String(admin.id), 'privileged_account']);
  });

  test('imports into a portal that ignores paging, without taking anybody for new who is there', async ({
    connect,
  }) => {
    const connector = await connectScim(connect, { size: 70, scim: { paging: 'ignored', pageSize: 20 } });
    const people = plainPeople(connector.company).slice(0, 30);
    for (const person of people) addUser(connector, person, { externalId: String(person.id) });
    const { summary, exit_code } = await connector.json(['import-all', '--allow', `adopt=${people.length}`]);
    expect([exit_code, summary.adopt, summary.failed]).toEqual([0, people.length, 0]);
    expect((await connector.run(['verify'])).code).toBe(0);
  });

  test('names endings that the portal confirms and does not carry out, until they are done', async ({ connect }) => {
    const connector = await connectScim(connect);
    await connector.imported();
    const person = plainPerson(connector.company);
    connector.hr.apply({ kind: 'terminate', person: person.id, on: day(-1) });
    connector.sandbox.scim.settings.change({ endings: 'false_echo' });
    const failed = await connector.json(['import-all']);
    expect(failed.exit_code).toBe(4);
    expect(failed.changes).toMatchObject([{ kind: 'deactivate', outcome: 'failed' }]);
    expect((await connector.run(['status'])).stdout).toContain('1 account is open that should have ended');
    connector.sandbox.scim.settings.change({ endings: 'obey' });
    expect((await connector.imported()).summary).toMatchObject({ deactivate: 1 });
    expect(userOf(connector, person.email)).toMatchObject({ canSignIn: false });
  });

  test('explains a user name that belongs to an account which SCIM does not show, and goes on with everybody else', async ({
    connect,
  }) => {
    const connector = await connectScim(connect, { scim: { hidesUnreconciled: true } });
    const person = plainPerson(connector.company);
    addUser(connector, person);
    const first = await connector.json(['import-all']);
    expect(first.exit_code).toBe(4);
    const [failure] = first.changes.filter(({ outcome }) => outcome === 'failed');
    expect(failure).toMatchObject({ kind: 'create', error: expect.stringContaining('made outside of SCIM') });
    expect(first.summary.create).toBeGreaterThan(5);
    connector.sandbox.scim.directory.reconcile();
    const adopted = await connector.json(['import-all', '--only', String(person.id)]);
    expect(adopted.summary.adopt, JSON.stringify(adopted)).toBe(1);
  });

  test('counts the mails of a portal that mails those who come back, and nobody else', async ({ connect }) => {
    const connector = await connectScim(connect, { scim: { mailsOn: ['reactivate'] } });
    const config = await readFile(connector.configFile, 'utf8');
    await connector.configure(config.replace('mails_on: create', 'mails_on: reactivate'));
    expect((await connector.imported()).summary.invite).toBe(0);
    const person = plainPerson(connector.company);
    connector.hr.apply({ kind: 'terminate', person: person.id, on: day(-1) });
    await connector.imported();
    connector.hr.apply({ kind: 'withdraw_termination', person: person.id });
    const back = await connector.imported();
    expect(back.summary).toMatchObject({ reactivate: 1, invite: 1 });
    expect(connector.sandbox.scim.directory.mails).toHaveLength(1);
  });

  test.for([
    ['the address', ''],
    ['a field of its own', '  user_name: work_email\n'],
  ] as const)(
    'says in the plan that a user name stays, where it comes from %s and may be set once only',
    async ([, line], { connect }) => {
      const connector = await connectScim(connect, {
        scim: { userNameChanges: 'refuse' },
        more: '  user_name_changes: refuse\n',
      });
      const config = await readFile(connector.configFile, 'utf8');
      await connector.configure(config.replace('  user_name: work_email\n', line));
      await connector.imported();
      const person = plainPerson(connector.company);
      const before = person.email;
      connector.hr.apply({ kind: 'change_email', person: person.id, to: 'moved@acme.example' });
      const planned = await connector.run(['import-all', '--dry-run']);
      expect([planned.code, planned.stdout.replace(/\s+/g, ' ')]).toEqual([
        0,
        expect.stringContaining(
          `the user name stays as it is (target.user_name_changes: refuse) in 1 account: #${person.id}`,
        ),
      ]);
      expect((await connector.imported()).summary.update).toBe(1);
      expect(userOf(connector, before)).toMatchObject({
        values: { userName: before, emails: [expect.objectContaining({ value: 'moved@acme.example' })] },
      });
      expect((await connector.imported()).changes).toEqual([]);
    },
  );

  test('verifies by the list, page by page, and one by one only where the list is short', async ({ connect }) => {
    const connector = await connectScim(connect, { size: 30, scim: { pageSize: 10, maxPageSize: 10 } });
    await connector.imported();
    const { requests, settings, directory } = connector.sandbox.scim;
    const gets = async () => {
      requests.clear();
      expect((await connector.run(['verify'])).code).toBe(0);
      const asked = requests.list().filter(({ method }) => method === 'GET');
      return asked.map(({ route }) => route);
    };
    const pages = Math.ceil(directory.users.size / 10);
    expect(await gets()).toEqual(Array.from({ length: pages }, () => 'users.list'));
    settings.change({ paging: 'ignored' });
    expect((await gets()).filter((route) => route === 'users.get').length).toBeGreaterThan(10);
  });
});
