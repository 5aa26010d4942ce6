import { describe, expect } from 'vitest';
import { type Connect, type Connector, test } from '../support/connector.js';
import type { RunDocument } from '../support/document.js';
import { connectKombo } from '../support/kombo.js';
import { rowsOfPart } from '../support/part.js';
import { plainPeople, plainPerson } from '../support/people.js';

const NO_LIMITS = { personsRefillPerSecond: null, otherRefillPerSecond: null } as const;

/** One connector per way of reading HR, and the id under which it knows a person. */
const WAYS: readonly (readonly [name: string, open: (connect: Connect) => Promise<Connector>])[] = [
  ['Personio v1', (connect) => connect()],
  ['Personio v2', (connect) => connect({ sandbox: { personio: NO_LIMITS }, config: { source: { api: 'v2' } } })],
  ['Kombo', (connect) => connectKombo(connect)],
];

function idOf({ sandbox }: Connector, name: string, person: { readonly id: number }): string {
  return name === 'Kombo' ? sandbox.kombo.idOf(person) : String(person.id);
}

function skipOf({ skipped }: RunDocument, id: string) {
  return skipped.find(({ employee }) => employee.id === id);
}

describe.concurrent.each(rowsOfPart(WAYS))('text from %s', (name, open) => {
  test('comes in one spelling: composed, with single spaces, without line breaks and invisible ends', async ({
    connect,
  }) => {
    const connector = await open(connect);
    const person = plainPerson(connector.company);
    Object.assign(person, {
      firstName: '\u200bJu\u0308r\ngen\u0000',
      lastName: ' Otto\u00a0\u2003Mu\u0308ller\u2028\ufeff',
    });
    await connector.imported();
    const account = connector.lms.findByExternalId(idOf(connector, name, person));
    expect([account?.firstName, account?.lastName]).toEqual(['J\u00fcr gen', 'Otto M\u00fcller']);
    expect((await connector.imported()).changes).toEqual([]);
    // Another spelling of the same is no change.
    Object.assign(person, { firstName: 'J\u00fcr gen', lastName: 'Otto  M\u00fcller' });
    expect((await connector.imported()).changes).toEqual([]);
  });

  test('that is a name of invisible marks only is no name: no account is made', async ({ connect }) => {
    const connector = await open(connect);
    const person = plainPerson(connector.company);
    Object.assign(person, { firstName: '\u200b\u200b', lastName: '\u2060 \ufeff' });
    const run = await connector.json(['import-all']);
    expect(skipOf(run, idOf(connector, name, person))).toMatchObject({ reason: 'missing_required' });
  });

  test.for(['mia@acme.example.', 'mia.@acme.example', 'mia@-acme.example', 'mia@acme.123'])(
    'that is the impossible address %s is a skip',
    async (email, { connect }) => {
      const connector = await open(connect);
      const person = plainPerson(connector.company);
      person.email = email;
      const run = await connector.json(['import-all']);
      expect(skipOf(run, idOf(connector, name, person))).toMatchObject({ reason: 'invalid_email' });
    },
  );

  test('that is missing from the unit of somebody leaves that as it is, and is told', async ({ connect }) => {
    const connector = await open(connect);
    await connector.imported();
    const person = plainPerson(connector.company);
    const held = JSON.stringify(connector.lms.findByExternalId(idOf(connector, name, person)));
    for (const units of [connector.company.departments, connector.company.offices, connector.company.teams]) {
      for (const unit of units) {
        if ([person.departmentId, person.officeId, person.teamId].includes(unit.id)) unit.name = ' \u200b';
      }
    }
    const { code, stdout, stderr } = await connector.run(['import-all']);
    expect(code, stderr).toBe(0);
    expect(`${stdout}${stderr}`).toMatch(/gives no name for the (department|work_location)|does not name the/);
    expect(JSON.stringify(connector.lms.findByExternalId(idOf(connector, name, person)))).toBe(held);
  });

  test('of somebody whom HR lists twice alike counts once', async ({ connect }) => {
    const connector = await open(connect);
    await connector.imported();
    const { people } = connector.company;
    const person = plainPerson(connector.company);
    people.splice(people.indexOf(person) + 1, 0, { ...person });
    const run = await connector.imported();
    expect(run.changes).toEqual([]);
    expect(skipOf(run, idOf(connector, name, person))).toBeUndefined();
    expect(run.source).toMatchObject({ employees: 40, complete: true });
  });

  test('of somebody whom HR lists twice with different values is a skip that names both', async ({ connect }) => {
    const connector = await open(connect);
    await connector.imported();
    const { people } = connector.company;
    const [person, promoted] = plainPeople(connector.company);
    if (person === undefined || promoted === undefined) throw new Error('nobody');
    people.splice(people.indexOf(person) + 1, 0, {
      ...person,
      firstName: 'Another',
      ...(name !== 'Personio v2' && { status: 'inactive' }),
    });
    promoted.position = 'Principal';
    const run = await connector.imported();
    const skip = skipOf(run, idOf(connector, name, person));
    expect(skip).toMatchObject({ reason: 'ambiguous_source' });
    expect(skip?.message).toContain(`first_name is "${person.firstName}" and "Another"`);
    expect(run.changes).toMatchObject([{ kind: 'update', employee: { id: idOf(connector, name, promoted) } }]);
  });

  test('is none at all where HR lists nobody: check warns, and names the right', async ({ connect }) => {
    const connector = await open(connect);
    const system = name === 'Kombo' ? connector.sandbox.kombo : connector.sandbox.personio;
    const route = name === 'Personio v2' ? 'persons' : 'employees';
    system.faults.add({ match: { route }, times: null, fault: { kind: 'empty_list' } });
    const { stdout } = await connector.run(['check']);
    expect(stdout).toMatch(/! .*employees.*nobody at all/s);
    expect(stdout).toMatch(/employees:read|personio:persons:read|the right to read employees/);
    expect((await connector.run(['import-all'])).code).toBe(6);
  });
});
