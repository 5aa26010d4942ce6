import { describe, expect } from 'vitest';
import { addAccount } from '../support/accounts.js';
import { type Connector, day, test } from '../support/connector.js';
import { rowsOfPart } from '../support/part.js';
import { hire, plainPeople, plainPerson } from '../support/people.js';

/** The skips of a document by employee id. */
const reasons = (document: { skipped: readonly { employee: { id: string }; reason: string }[] }) =>
  Object.fromEntries(document.skipped.map(({ employee, reason }) => [employee.id, reason]));

/** An account of Learn Amp as it is held, whole. */
const held = (connector: Connector, id: string) =>
  JSON.stringify(connector.lms.list().find((account) => String(account.id) === id));

function firstOf<Item>(items: readonly Item[]): Item {
  const [item] = items;
  if (item === undefined) throw new Error('there is none');
  return item;
}

describe('an account with more rights than a learner', () => {
  test('is not adopted, renamed, re-addressed or ended by an HR record with its e-mail address', async ({
    connect,
  }) => {
    const connector = await connect();
    await connector.imported();
    const owner = firstOf(connector.lms.list().filter(({ role }) => role === 'owner'));
    const before = held(connector, String(owner.id));
    const clerk = hire(connector, 'Owner', day(0));
    connector.hr.apply({ kind: 'change_email', person: clerk.id, to: owner.email });
    // The names agree, so that nothing but the rights keeps the account.
    connector.hr.apply({ kind: 'change_name', person: clerk.id, firstName: owner.firstName, lastName: owner.lastName });
    for (const night of ['first', 'second'] as const) {
      const document = await connector.json(['import-all']);
      expect(reasons(document), night).toMatchObject({ [clerk.id]: 'privileged_account' });
      expect(firstOf(document.skipped.filter(({ employee }) => employee.id === String(clerk.id))).message).toContain(
        `hrsync link ${clerk.id} ${owner.id}`,
      );
    }
    connector.hr.apply({ kind: 'change_email', person: clerk.id, to: 'm@evil.example' });
    await connector.imported();
    connector.hr.apply({ kind: 'set_status', person: clerk.id, status: 'inactive' });
    await connector.imported();
    expect(held(connector, String(owner.id))).toBe(before);
  });

  test.for(rowsOfPart(['admin', 'hr', 'curator', 'reporter', 'some_new_role']))(
    'with the role %s is left alone',
    async (role, { connect }) => {
      const connector = await connect();
      const account = addAccount(connector, 'learnamp', {
        email: 'eve@acme.example',
        firstName: 'Eve',
        lastName: 'Newcomer',
        role,
      });
      const eve = hire(connector, 'Eve', day(0));
      const before = held(connector, account);
      const document = await connector.imported();
      expect(reasons(document)).toMatchObject({ [eve.id]: 'privileged_account' });
      expect(held(connector, account)).toBe(before);
    },
  );

  test('is left alone by webhooks, sync and saved plans as well', async ({ connect }) => {
    const connector = await connect();
    await connector.imported();
    const account = addAccount(connector, 'learnamp', {
      email: 'eve@acme.example',
      firstName: 'Eve',
      lastName: 'Newcomer',
      role: 'admin',
    });
    const before = held(connector, account);
    hire(connector, 'Eve', day(0));
    expect((await connector.json(['sync'])).changes).toEqual([]);
    const planned = await connector.run(['plan', '--out', 'plan.json']);
    expect(planned.code, planned.stderr).toBe(0);
    expect((await connector.run(['apply', 'plan.json'])).code).toBe(0);
    expect(held(connector, account)).toBe(before);
  });

  test('keeps its address when the person was made an administrator after hrsync had made the account', async ({
    connect,
  }) => {
    const connector = await connect();
    await connector.imported();
    const person = plainPerson(connector.company);
    const { email } = connector.account(person);
    connector.lms.change(connector.account(person), { role: 'admin' });
    connector.hr.apply({ kind: 'change_email', person: person.id, to: 'm@evil.example' });
    const document = await connector.imported();
    expect(reasons(document)).toMatchObject({ [person.id]: 'privileged_account' });
    expect(connector.account(person).email).toBe(email);
    expect(connector.lms.findByEmail('m@evil.example')).toBeNull();
    connector.hr.apply({ kind: 'set_status', person: person.id, status: 'inactive' });
    const { changes } = await connector.imported();
    expect(changes).toMatchObject([{ kind: 'deactivate', privileged: true, employee: { id: String(person.id) } }]);
    expect(connector.account(person).status).toBe('deactivated');
  });

  test('is linked by hand; then its new address needs --allow privileged, and the rest of the night goes on', async ({
    connect,
  }) => {
    const connector = await connect();
    await connector.imported();
    const account = addAccount(connector, 'learnamp', {
      email: 'eve@acme.example',
      firstName: 'Eve',
      lastName: 'Newcomer',
      role: 'admin',
    });
    const eve = hire(connector, 'Eve', day(0));
    const asked = await connector.run(['link', String(eve.id), account]);
    expect(asked.code).toBe(2);
    expect(asked.stderr).toContain('--yes');
    const dry = await connector.run(['link', String(eve.id), account, '--dry-run']);
    expect(dry.code).toBe(0);
    for (const fact of ['Eve Newcomer', 'eve@acme.example', 'admin', account]) expect(dry.stdout).toContain(fact);
    expect(reasons(await connector.imported())).toMatchObject({ [eve.id]: 'privileged_account' });

    const linked = await connector.run(['link', 'eve@acme.example', account, '--yes', '--json']);
    expect(linked.code, linked.stderr).toBe(0);
    expect(JSON.parse(linked.stdout)).toMatchObject({
      linked: true,
      account: { id: account, role: 'admin', privileged: true },
    });
    await connector.imported();
    expect(connector.account(eve)).toMatchObject({ email: 'eve@acme.example', role: 'admin' });

    connector.hr.apply({ kind: 'change_email', person: eve.id, to: 'eve.new@acme.example' });
    const promoted = plainPerson(connector.company);
    connector.hr.apply({ kind: 'promote', person: promoted.id, to: 'Lead' });
    const refused = await connector.run(['import-all']);
    expect(refused.code).toBe(5);
    expect(refused.stderr).toContain('--allow privileged=1');
    expect(connector.account(eve).email).toBe('eve@acme.example');
    expect(connector.account(promoted).jobTitle).toBe('Lead');
    const { changes } = await connector.imported('--allow', 'privileged=1');
    expect(changes).toMatchObject([
      { kind: 'update', privileged: true, fields: { email: { after: 'eve.new@acme.example' } } },
    ]);
    expect(connector.account(eve).email).toBe('eve.new@acme.example');
    expect((await connector.imported()).changes).toEqual([]);

    const told = await connector.run(['explain', String(eve.id)]);
    expect(told.stdout).toMatch(/link done: linked by hand/);
    const runs = await connector.run(['runs']);
    expect(runs.stdout).toContain('link');
  });
});

describe('names', () => {
  test('that differ keep a leaver’s account from the newcomer who was given the address', async ({ connect }) => {
    const connector = await connect();
    await connector.imported();
    const leaver = plainPerson(connector.company);
    const account = String(connector.account(leaver).id);
    const address = leaver.email ?? '';
    connector.hr.apply({ kind: 'set_status', person: leaver.id, status: 'inactive' });
    await connector.imported();
    connector.hr.apply({ kind: 'change_email', person: leaver.id, to: null });
    const newcomer = hire(connector, 'Zebulon', day(0));
    connector.hr.apply({ kind: 'change_email', person: newcomer.id, to: address });
    const before = held(connector, account);
    const document = await connector.imported();
    expect(reasons(document)).toMatchObject({ [newcomer.id]: 'name_differs' });
    expect(held(connector, account)).toBe(before);
    expect(connector.mailed).not.toContain(address);

    await connector.configure({ document: { match_names: 'any' } });
    expect((await connector.imported()).changes).toMatchObject([{ employee: { id: String(newcomer.id) } }]);
  });

  test('that differ keep an account that exists from being adopted, and both are shown', async ({ connect }) => {
    const connector = await connect();
    const account = addAccount(connector, 'learnamp', {
      email: 'sales@acme.example',
      firstName: 'Otto',
      lastName: 'Other',
    });
    const person = hire(connector, 'Sales', day(0));
    const before = held(connector, account);
    const document = await connector.imported();
    const skip = firstOf(document.skipped.filter(({ employee }) => employee.id === String(person.id)));
    expect(skip.reason).toBe('name_differs');
    for (const name of ['Otto Other', 'Sales Newcomer', `hrsync link ${person.id} ${account}`])
      expect(skip.message).toContain(name);
    expect(held(connector, account)).toBe(before);
  });

  test('of a go-live agree across accents, order, capitals and married names', async ({ connect }) => {
    const connector = await connect({ people: 60 });
    const people = plainPeople(connector.company);
    const spelt = [
      ({ firstName, lastName }: { firstName: string; lastName: string }) => ({
        firstName: lastName,
        lastName: firstName,
      }),
      ({ firstName, lastName }: { firstName: string; lastName: string }) => ({
        firstName: firstName.normalize('NFD').replace(/\p{M}/gu, '').toUpperCase(),
        lastName,
      }),
      ({ firstName }: { firstName: string }) => ({ firstName, lastName: 'Married-Name' }),
      (): { firstName: string; lastName: string } => ({ firstName: '', lastName: '' }),
    ];
    for (const [index, person] of people.entries()) {
      const names = spelt[index % spelt.length]?.(person) ?? person;
      addAccount(connector, 'learnamp', { email: person.email ?? '', ...names });
    }
    const { summary } = await connector.imported();
    expect(summary.adopt).toBe(people.length);
  });
});

describe('protected accounts', () => {
  test('are never touched: neither changed, adopted, made nor ended, whatever HR calls them later', async ({
    connect,
  }) => {
    const connector = await connect();
    await connector.imported();
    const [person, other] = plainPeople(connector.company);
    if (person === undefined || other === undefined) throw new Error('the company is too small');
    // The address had been a protected one before the pattern was written down.
    connector.hr.apply({ kind: 'change_email', person: person.id, to: 'chair@board.example' });
    await connector.imported();
    connector.hr.apply({ kind: 'change_email', person: person.id, to: 'chair@acme.example' });
    await connector.imported();
    await connector.configure({ document: { protect: ['*@board.example'] } });
    const before = held(connector, String(connector.account(person).id));
    connector.hr.apply({ kind: 'promote', person: person.id, to: 'Chair' });
    connector.hr.apply({ kind: 'promote', person: other.id, to: 'Lead' });
    const newcomer = hire(connector, 'Newboard', day(0));
    connector.hr.apply({ kind: 'change_email', person: newcomer.id, to: 'new@board.example' });
    const document = await connector.imported();
    expect(reasons(document)).toMatchObject({ [person.id]: 'protected', [newcomer.id]: 'protected' });
    expect(connector.account(other).jobTitle).toBe('Lead');
    connector.hr.apply({ kind: 'set_status', person: person.id, status: 'inactive' });
    expect(reasons(await connector.imported())).toMatchObject({ [person.id]: 'protected' });
    expect(held(connector, String(connector.account(person).id))).toBe(before);
    expect(connector.lms.findByEmail('new@board.example')).toBeNull();
  });

  test('from deactivation stay protected when HR moves the address out of the pattern first', async ({ connect }) => {
    const connector = await connect();
    await connector.imported();
    const person = plainPerson(connector.company);
    await connector.configure({ deactivation: { protect: [person.email ?? ''] } });
    connector.hr.apply({ kind: 'change_email', person: person.id, to: 'm@evil.example' });
    await connector.imported();
    connector.hr.apply({ kind: 'set_status', person: person.id, status: 'inactive' });
    expect(reasons(await connector.imported())).toMatchObject({ [person.id]: 'protected' });
    expect(connector.account(person).status).not.toBe('deactivated');
  });
});

test('two accounts whose addresses differ by capitals alone are ambiguous in every night', async ({ connect }) => {
  const connector = await connect();
  await connector.imported();
  for (const email of ['eve@acme.example', 'Eve@Acme.example'])
    addAccount(connector, 'learnamp', { email, firstName: 'Eve', lastName: 'Newcomer' });
  const eve = hire(connector, 'Eve', day(0));
  for (let night = 0; night < 2; night += 1)
    expect(reasons(await connector.imported())).toMatchObject({ [eve.id]: 'ambiguous_match' });
});

test('sync links no account that exists; the night does', async ({ connect }) => {
  const connector = await connect();
  await connector.imported();
  addAccount(connector, 'learnamp', { email: 'eve@acme.example', firstName: 'Eve', lastName: 'Newcomer' });
  const eve = hire(connector, 'Eve', day(0));
  const { changes, notices } = await connector.json(['sync']);
  expect(changes).toEqual([]);
  expect(notices.join()).toContain('only "hrsync import-all" links it');
  expect((await connector.imported()).changes).toMatchObject([{ kind: 'adopt', employee: { id: String(eve.id) } }]);
});
