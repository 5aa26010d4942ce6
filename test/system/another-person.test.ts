import { describe, expect } from 'vitest';
import { addAccount } from '../support/accounts.js';
import { type Connector, day, test } from '../support/connector.js';
import { connectPortal } from '../support/learnupon.js';
import { hire, plainPerson } from '../support/people.js';

/** The skips of a document by employee id. */
const reasons = (document: { skipped: readonly { employee: { id: string }; reason: string }[] }) =>
  Object.fromEntries(document.skipped.map(({ employee, reason }) => [employee.id, reason]));

/** Makes somebody else of a person: HR gave the id away. */
function give(
  { hr }: Connector,
  id: number,
  firstName = 'Zebulon',
  lastName = 'Quist',
  email = 'zebulon@acme.example',
) {
  hr.apply({ kind: 'change_name', person: id, firstName, lastName });
  hr.apply({ kind: 'change_email', person: id, to: email });
}

const held = (connector: Connector, id: string | number) =>
  JSON.stringify(connector.lms.list().find((account) => account.id === Number(id)));

describe('an employee id that HR gave to somebody else', () => {
  test('opens no leaver’s account to them', async ({ connect }) => {
    const connector = await connect();
    await connector.imported();
    const leaver = plainPerson(connector.company);
    const { id } = connector.account(leaver);
    connector.hr.apply({ kind: 'set_status', person: leaver.id, status: 'inactive' });
    await connector.imported();
    const before = held(connector, id);
    connector.hr.apply({ kind: 'set_status', person: leaver.id, status: 'active' });
    give(connector, leaver.id);
    const document = await connector.imported();
    expect(reasons(document)).toMatchObject({ [leaver.id]: 'name_differs' });
    expect(held(connector, id)).toBe(before);
  });

  test('gives them no open account either', async ({ connect }) => {
    const connector = await connect();
    await connector.imported();
    const person = plainPerson(connector.company);
    const { id } = connector.account(person);
    const before = held(connector, id);
    give(connector, person.id);
    const document = await connector.imported();
    expect(reasons(document)).toMatchObject({ [person.id]: 'name_differs' });
    expect(held(connector, id)).toBe(before);
  });

  test('that an unlinked account bears from an earlier HR system is told where neither name nor address agrees', async ({
    connect,
  }) => {
    const connector = await connect();
    const person = plainPerson(connector.company);
    connector.lms.add(
      { email: 'olga@acme.example', firstName: 'Olga', lastName: 'Other', integrationExternalId: String(person.id) },
      'confirmed',
    );
    const { notices } = await connector.json(['import-all', '--dry-run']);
    expect(notices.join()).toContain(`another name and address than HR has: #${person.id}; look whether`);
  });
});

test('an administrator’s account at the address of an invitation is not ended when the invited person leaves', async ({
  connect,
}) => {
  const connector = await connectPortal(connect, { people: 5, target: { invite_strategy: 'invite' } });
  const ada = hire(connector, 'Eve', day(0));
  await connector.imported();
  const account = addAccount(connector, 'learnupon', {
    email: 'eve@acme.example',
    firstName: 'Eve',
    lastName: 'Admin',
    role: 'admin',
  });
  connector.hr.apply({ kind: 'terminate', person: ada.id, on: day(-1) });
  const document = await connector.json(['import-all']);
  expect(connector.sandbox.portal.users.get(Number(account))?.enabled).toBe(true);
  expect(reasons(document)).toMatchObject({ [ada.id]: 'privileged_account' });
});

test('a leaver’s account ends though a newcomer who rests after a failure was given the address', async ({
  connect,
}) => {
  const connector = await connect();
  await connector.imported();
  const leaver = plainPerson(connector.company);
  const newcomer = hire(connector, 'Zebulon', day(0));
  const refused = { kind: 'status', status: 422, body: { error: 'Validation failed: no seats left' } } as const;
  connector.sandbox.learnamp.faults.add({ match: { route: 'users.create' }, fault: refused });
  const first = await connector.json(['import-all']);
  expect(first.exit_code).toBe(4);
  connector.hr.apply({ kind: 'set_status', person: leaver.id, status: 'inactive' });
  connector.hr.apply({ kind: 'change_email', person: newcomer.id, to: leaver.email });
  connector.hr.apply({ kind: 'change_email', person: leaver.id, to: null });
  await connector.json(['import-all']);
  expect(connector.account(leaver).status).toBe('deactivated');
});

test('a creation without an answer is not taken for an administrator’s account that came to its address since', async ({
  connect,
}) => {
  const connector = await connect({ config: { target: { external_ids: false } } });
  await connector.imported();
  const eve = hire(connector, 'Eve', day(0));
  connector.sandbox.learnamp.faults.add({
    match: { route: 'users.create' },
    fault: { kind: 'reset_before_commit' },
  });
  await connector.json(['import-all']);
  connector.sandbox.learnamp.faults.clear();
  expect(connector.lms.findByEmail('eve@acme.example')).toBeNull();
  const account = addAccount(connector, 'learnamp', {
    ...{ email: 'eve@acme.example', firstName: 'Eve', lastName: 'Newcomer', role: 'admin' },
  });
  const before = held(connector, account);
  const document = await connector.json(['import-all']);
  expect(reasons(document)).toMatchObject({ [eve.id]: 'privileged_account' });
  expect(held(connector, account)).toBe(before);
});
