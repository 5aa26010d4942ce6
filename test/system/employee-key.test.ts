import { describe, expect } from 'vitest';
import type { Person } from '../../src/sandbox/index.js';
import { type Connector, day, test } from '../support/connector.js';
import { CSV_COLUMNS, configureCsv, csvId, csvOf, NUMBER_COLUMN, writeExport } from '../support/csv.js';
import { expectedAccounts, heldAccounts } from '../support/expected.js';
import { hire, plainPerson } from '../support/people.js';

const numberOf = ({ id }: Pick<Person, 'id'>) => `E-${id}`;
const KEYED = {
  source: { columns: { ...CSV_COLUMNS, employee_number: NUMBER_COLUMN } },
  employees: { key: 'employee_number' },
};

/** Writes the export with other numbers for some people. */
async function writeNumbers(connector: Connector, others: ReadonlyMap<number, string> = new Map()): Promise<void> {
  const number = (person: Pick<Person, 'id'>) => others.get(person.id) ?? numberOf(person);
  await writeExport(connector, csvOf(connector.company, { numberOf: number }));
}

const reasonOf = (document: Awaited<ReturnType<Connector['json']>>, person: Person) =>
  document.skipped.find(({ employee }) => employee.id === csvId(person))?.reason;

describe.concurrent('employees.key: employee_number', () => {
  test('is the external id of every account, managers are found all the same, and the second night sends nothing', async ({
    connect,
  }) => {
    const connector = await connect({ people: 30 });
    await configureCsv(connector, KEYED);
    await writeNumbers(connector);
    await connector.imported();
    const plain = (accounts: ReturnType<typeof heldAccounts>) =>
      Object.fromEntries(Object.entries(accounts).map(([id, { customFields: _, ...account }]) => [id, account]));
    expect(plain(heldAccounts(connector))).toEqual(plain(expectedAccounts(connector.company, day(0), numberOf)));
    connector.takeRequests();
    expect((await connector.imported()).changes).toEqual([]);
    expect(connector.takeWrites()).toEqual([]);
    const explained = await connector.run(['explain', csvId(plainPerson(connector.company)), '--json']);
    expect(explained.code, explained.stderr).toBe(0);
  });

  test('finds an account that another connector made by its number, where a name agrees', async ({ connect }) => {
    const connector = await connect({ people: 30 });
    const [own, other] = [plainPerson(connector.company), plainPerson(connector.company, 1)];
    const made = (person: Person, names: object) =>
      connector.lms.add(
        {
          ...{ email: `old.${person.id}@acme.example`, firstName: 'Olga', lastName: 'Other' },
          ...{ integrationExternalId: numberOf(person), ...names },
        },
        'confirmed',
      );
    const theirs = made(own, { lastName: own.lastName });
    const strangers = made(other, {});
    await configureCsv(connector, KEYED);
    await writeNumbers(connector);
    const document = await connector.imported();
    expect(document.changes).toContainEqual(expect.objectContaining({ kind: 'adopt', account: String(theirs.id) }));
    expect(theirs.email).toBe(own.email);
    expect(reasonOf(document, other)).toBe('name_differs');
    expect(strangers.email).toBe(`old.${other.id}@acme.example`);
  });

  test('two people with one number are skipped with a reason, and who has it in the LMS keeps it', async ({
    connect,
  }) => {
    const connector = await connect({ people: 30 });
    await configureCsv(connector, KEYED);
    const [first, second] = [plainPerson(connector.company), plainPerson(connector.company, 1)];
    await writeNumbers(connector, new Map([[second.id, numberOf(first)]]));
    const before = await connector.imported();
    expect([reasonOf(before, first), reasonOf(before, second)]).toEqual(['ambiguous_source', 'ambiguous_source']);
    expect(connector.lms.findByExternalId(numberOf(first))).toBeNull();
    await writeNumbers(connector);
    await connector.imported();
    const newcomer = hire(connector, 'Newby', day(0));
    first.position = 'Other';
    await writeNumbers(connector, new Map([[newcomer.id, numberOf(first)]]));
    const after = await connector.imported();
    expect(after.changes).toMatchObject([{ kind: 'update', employee: { id: csvId(first) } }]);
    expect(reasonOf(after, newcomer)).toBe('ambiguous_source');
  });

  test('an empty number is a skip; one that changes is written, but not to an administrator', async ({ connect }) => {
    const connector = await connect({ people: 30 });
    await configureCsv(connector, KEYED);
    await writeNumbers(connector);
    await connector.imported();
    const [empty, changed, admin] = [0, 1, 2].map((index) => plainPerson(connector.company, index)) as [
      Person,
      Person,
      Person,
    ];
    const account = connector.lms.findByExternalId(numberOf(admin));
    if (account === null) throw new Error('the administrator has no account');
    connector.lms.change(account, { role: 'admin' });
    await writeNumbers(
      connector,
      new Map([
        [empty.id, ''],
        [changed.id, 'N-1'],
        [admin.id, 'N-2'],
      ]),
    );
    const document = await connector.imported();
    expect(document.changes).toMatchObject([
      { kind: 'update', fields: { external_id: { before: numberOf(changed), after: 'N-1' } } },
    ]);
    expect(connector.lms.findByExternalId('N-1')?.email).toBe(changed.email);
    expect([reasonOf(document, empty), reasonOf(document, admin)]).toEqual(['missing_required', 'privileged_account']);
    expect(account.integrationExternalId).toBe(numberOf(admin));
  });

  test('another key is an update of every account, which waits for --allow email', async ({ connect }) => {
    const connector = await connect({ people: 30 });
    await configureCsv(connector, { ...KEYED, employees: {} });
    await writeNumbers(connector);
    const { summary } = await connector.imported();
    await configureCsv(connector, KEYED);
    const refused = await connector.json(['import-all']);
    expect(refused).toMatchObject({ exit_code: 5, summary: { update: summary.create } });
    await connector.imported('--allow', `email=${summary.create}`, '--allow', `update=${summary.create}`);
    expect(Object.keys(heldAccounts(connector)).toSorted()).toEqual(
      Object.keys(expectedAccounts(connector.company, day(0), numberOf)).toSorted(),
    );
    expect((await connector.imported()).changes).toEqual([]);
  });
});
