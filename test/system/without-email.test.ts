import { readFile } from 'node:fs/promises';
import { describe, expect } from 'vitest';
import { type Connect, type Connector, day, test } from '../support/connector.js';
import { connectPair, SOURCES } from '../support/pairs.js';
import { hire, plainPeople, plainPerson } from '../support/people.js';

/** Opens Personio to a SCIM portal whose user names are employee numbers; `email` is what its line says, or null for none. */
async function open(connect: Connect, email: string | null): Promise<Connector> {
  const sandbox = { company: { size: 14 }, scim: {} };
  const connector = await connectPair(connect, SOURCES[0], 'scim', sandbox);
  const config = (await readFile(connector.configFile, 'utf8')).replace(/^ {2}user_name: .*\n/m, '');
  const line = /^ {2}email: .*$/m;
  expect(config).toMatch(line);
  const lines = `  user_name: { template: "U{id}", write: once }${email === null ? '' : `\n  email: ${email}`}`;
  await connector.configure(config.replace(line, lines).replace(/^employees:\n(?: {2}.*\n)+/m, ''));
  return connector;
}

const userOf = ({ sandbox }: Connector, id: number) => sandbox.scim.directory.findByUserName(`U${id}`);

describe('people without an e-mail address, by SCIM', () => {
  test('get an account by their user name where email is not mapped, and a second run sends nothing', async ({
    connect,
  }) => {
    const connector = await open(connect, null);
    const first = await connector.imported();
    expect(first.skipped.filter(({ reason }) => reason === 'no_email')).toEqual([]);
    const person = plainPerson(connector.company);
    expect(userOf(connector, person.id)).toMatchObject({ values: { externalId: String(person.id) } });
    expect((await connector.imported()).changes).toEqual([]);
  });

  test('get one beside others who have an address, and are skipped by no rule about addresses', async ({ connect }) => {
    const connector = await open(connect, 'work_email');
    const person = plainPerson(connector.company);
    person.email = null;
    const { skipped } = await connector.imported();
    expect(skipped.filter(({ reason }) => reason === 'no_email')).toEqual([]);
    expect(userOf(connector, person.id)).not.toBeNull();
  });

  test('are linked to an account with their user name where a name agrees, and to no other', async ({ connect }) => {
    const connector = await open(connect, null);
    const [mine, other] = plainPeople(connector.company);
    if (mine === undefined || other === undefined) throw new Error('the company is too small');
    const add = (userName: string, givenName: string, familyName: string) =>
      connector.sandbox.scim.directory.addUser({ userName, name: { givenName, familyName }, active: true }).id;
    const id = add(`u${mine.id}`, mine.firstName, mine.lastName);
    add(`U${other.id}`, 'Wilhelmina', 'Unrelated');
    const { changes, skipped } = await connector.json(['import-all', '--allow', 'adopt=2']);
    expect(changes.find(({ employee }) => employee.id === String(mine.id))).toMatchObject({
      kind: 'adopt',
      account: id,
    });
    expect(skipped).toContainEqual(
      expect.objectContaining({ employee: expect.objectContaining({ id: String(other.id) }), reason: 'name_differs' }),
    );
  });

  test('share no user name: neither gets an account, and whoever has one keeps it', async ({ connect }) => {
    const connector = await open(connect, null);
    await connector.imported();
    const text = await readFile(connector.configFile, 'utf8');
    await connector.configure(text.replace('template: "U{id}"', 'from: job_title'));
    const [one, two] = [hire(connector, 'Nora', day(0)), hire(connector, 'Nils', day(0))];
    one.position = 'Clerk of the Seal';
    two.position = 'CLERK of the Seal';
    const { skipped } = await connector.json(['import-all', '--allow', 'left_out=20']);
    const shared = skipped.filter(({ message }) => message.includes('shares the user name'));
    expect(shared.map(({ employee }) => employee.id).toSorted()).toEqual([String(one.id), String(two.id)].toSorted());
  });

  test('must have something that identifies them: a mapping without email and user name is refused', async ({
    connect,
  }) => {
    const connector = await open(connect, null);
    const text = await readFile(connector.configFile, 'utf8');
    await connector.configure(text.replace(/^ {2}user_name: .*$/m, ''));
    const { code, stderr } = await connector.run(['check', '--offline']);
    expect(code).toBe(2);
    expect(stderr).toContain('mapping: needs user_name or email: every account has one of them');
  });
});
