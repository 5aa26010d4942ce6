import { describe, expect } from 'vitest';
import type { Person } from '../../src/sandbox/index.js';
import type { ConfigChanges } from '../support/config.js';
import { type Connect, type Connector, day, test } from '../support/connector.js';
import { CSV_COLUMNS, configureCsv, csvOf, NUMBER_COLUMN, writeExport } from '../support/csv.js';
import { isWanted } from '../support/expected.js';
import { hire, plainPeople, plainPerson } from '../support/people.js';

const NUMBER = 'dynamic_1234567';
const numberOf = ({ custom }: Person) => String(custom[NUMBER] ?? '');

function setNumber(person: Person, number: number): void {
  person.custom = { ...person.custom, [NUMBER]: number };
}

/** The new system counts as the old one does, from another person on: every id is somebody else's unless a prefix is given. */
function newIds({ people }: Connector['company'], prefix = ''): (person: Pick<Person, 'id'>) => string {
  const places = new Map(people.map(({ id }, index) => [id, index]));
  return ({ id }) => {
    const next = people[((places.get(id) ?? 0) + 7) % people.length];
    return `${prefix}${next?.id ?? id + 1}`;
  };
}

/** The same mapping and key over Personio and over the file. */
function sides(key: 'number' | 'id') {
  const badge = (from: string) => ({ from, type: 'integer', when_empty: 'keep' });
  const custom = (number: string) => ({ custom_fields: { 'Cost centre': 'cost_center', Badge: badge(number) } });
  const personio = { mapping: custom(NUMBER), employees: key === 'number' ? { key: NUMBER } : {} };
  const csv = {
    mapping: custom('employee_number'),
    employees: key === 'number' ? { key: 'employee_number' } : {},
    source: { columns: { ...CSV_COLUMNS, employee_number: NUMBER_COLUMN } },
  };
  return { personio, csv };
}

/** A company that has been kept by Personio, and has moved to a file with other ids since. */
async function moved(
  connect: Connect,
  {
    people,
    key,
    config = {},
  }: { readonly people: number; readonly key: 'number' | 'id'; readonly config?: ConfigChanges },
): Promise<Connector> {
  const connector = await connect({ people });
  connector.company.people.forEach((person, index) => {
    setNumber(person, 70_000 + index);
  });
  const { personio, csv } = sides(key);
  await connector.configure({ ...config, ...personio });
  await connector.imported();
  await configureCsv(connector, { ...config, ...csv });
  await write(connector);
  connector.takeRequests();
  return connector;
}

async function write(connector: Connector, prefix = ''): Promise<void> {
  const { company } = connector;
  const idOf = newIds(company, prefix);
  const byId = new Map(company.people.map((person) => [person.id, person]));
  const number = ({ id }: Pick<Person, 'id'>) => numberOf(byId.get(id) as Person);
  await writeExport(connector, csvOf(company, { idOf, numberOf: number }));
}

/** What somebody at the LMS sees. */
const accounts = ({ lms }: Connector) => JSON.stringify(lms.list());

async function rekeyed(connector: Connector, ...flags: readonly string[]) {
  const { code, stdout, stderr } = await connector.run(['rekey', ...flags, '--json']);
  return { code, stderr, document: JSON.parse(stdout) as Readonly<Record<string, unknown>> };
}

describe('a company of 400 that moves from Personio to a CSV file with new ids', () => {
  test.for(['work_email', 'employee_number'])(
    'by %s: the night refuses, rekey pairs everybody, and the next night is empty',
    async (by, { connect }) => {
      const connector = await moved(connect, { people: 400, key: 'number' });
      const before = accounts(connector);
      const night = await connector.run(['import-all']);
      expect([night.code, night.stderr]).toEqual([1, expect.stringContaining('hrsync rekey --by')]);

      const rehearsed = await rekeyed(connector, '--by', by, '--dry-run');
      expect(rehearsed, rehearsed.stderr).toMatchObject({ code: 0, document: { rekeyed: false, run: null } });
      const done = await rekeyed(connector, '--by', by, '--yes');
      expect(done, done.stderr).toMatchObject({
        code: 0,
        document: { rekeyed: true, unpaired: [], external_ids_to_write: 0, safety: { verdict: 'go' } },
      });
      const wanted = connector.company.people.filter((person) => isWanted(person, day(0)));
      expect(done.document['pairs']).toHaveLength(wanted.length);

      const { changes, summary } = await connector.imported();
      expect([changes, summary.unchanged]).toEqual([[], wanted.length]);
      expect(connector.takeWrites()).toEqual([]);
      expect(accounts(connector)).toBe(before);
      expect((await connector.imported()).changes).toEqual([]);

      const person = plainPerson(connector.company);
      const id = newIds(connector.company)(person);
      const { stdout } = await connector.run(['explain', id]);
      expect(stdout).toContain(person.lastName);
      expect(stdout).toMatch(new RegExp(`rekey done: was #${person.id}, paired by ${by}`));
      const runs = await connector.run(['runs', String(done.document['run'])]);
      expect(runs.stdout).toContain(`was #${person.id}, paired by ${by}`);

      person.position = 'Other';
      await write(connector);
      expect((await connector.imported()).changes).toMatchObject([{ kind: 'update', employee: { id } }]);
      expect(connector.lms.findByEmail(person.email ?? '')?.jobTitle).toBe('Other');
    },
  );
});

describe.concurrent('hrsync rekey', () => {
  test('has the next night write the external ids where these are the ids of the HR system', async ({ connect }) => {
    const connector = await moved(connect, { people: 30, key: 'id' });
    const taken = await rekeyed(connector, '--by', 'work_email', '--dry-run');
    expect(Number(taken.document['external_ids_taken'])).toBeGreaterThan(10);
    await write(connector, 'N-');
    const { document } = await rekeyed(connector, '--by', 'work_email', '--yes');
    const many = Number(document['external_ids_to_write']);
    expect(document['external_ids_taken']).toBe(0);
    expect(document['pairs']).toHaveLength(many);
    expect((await connector.json(['import-all'])).exit_code).toBe(5);
    const { changes } = await connector.imported('--allow', `email=${many}`, '--allow', `update=${many}`);
    expect(changes.map(({ kind, fields }) => [kind, Object.keys(fields)])).toEqual(
      changes.map(() => ['update', ['external_id']]),
    );
    expect(changes).toHaveLength(many);
    const person = plainPerson(connector.company);
    expect(connector.lms.findByExternalId(newIds(connector.company, 'N-')(person))?.email).toBe(person.email);
    expect((await connector.imported()).changes).toEqual([]);
  });

  test('leaves out who fits nobody or bears another name, and gives their account to nobody new', async ({
    connect,
  }) => {
    const connector = await moved(connect, { people: 30, key: 'number' });
    const [gone, renamed] = plainPeople(connector.company) as [Person, Person];
    const held = connector.lms.findByEmail(gone.email ?? '');
    connector.company.people.splice(connector.company.people.indexOf(gone), 1);
    Object.assign(renamed, { firstName: 'Zoe', lastName: 'Zimmermann' });
    const newcomer = hire(connector, 'Newby', day(0));
    setNumber(newcomer, 99);
    await write(connector);
    const { document, stderr } = await rekeyed(connector, '--by', 'employee_number', '--yes');
    expect(document['unpaired'], stderr).toMatchObject([
      { employee: { id: String(gone.id) }, reason: 'nobody', fits: [] },
      { employee: { id: String(renamed.id) }, reason: 'name_differs' },
    ]);
    const night = await connector.imported();
    expect(night.summary).toMatchObject({ create: 1, update: 0, deactivate: 0, adopt: 0 });
    expect(night.skipped).toContainEqual(
      expect.objectContaining({
        employee: expect.objectContaining({ name: 'Zoe Zimmermann' }),
        reason: 'name_differs',
      }),
    );
    expect(held?.status).not.toBe('deactivated');
    const set = await connector.run(['explain', `${gone.id}.before-run-${document['run']}`]);
    expect(set.stdout).toContain(gone.lastName);
  });

  test('refuses, with the figures, where fewer than half would be paired, unless that is allowed', async ({
    connect,
  }) => {
    const connector = await moved(connect, { people: 30, key: 'number' });
    const staff = connector.company.people.filter((person) => isWanted(person, day(0)));
    staff.slice(0, staff.length - 3).forEach((person, index) => {
      setNumber(person, 1_000 + index);
    });
    await write(connector);
    const left = staff.length - 3;
    const refused = await rekeyed(connector, '--by', 'employee_number', '--yes');
    expect(refused).toMatchObject({ code: 5, document: { rekeyed: false, safety: { verdict: 'refused' } } });
    expect(refused.stderr).toContain(`only 3 of ${staff.length} open accounts would be paired by employee_number`);
    expect(refused.stderr).toContain(`--allow unpaired=${left}`);
    expect((await connector.run(['import-all'])).code).toBe(1);
    const allowed = await rekeyed(connector, '--by', 'employee_number', '--yes', '--allow', `unpaired=${left}`);
    expect(allowed).toMatchObject({ code: 0, document: { rekeyed: true } });
  });

  test('refuses a field of which the LMS was sent nothing, a read that is cut off, and to write unasked', async ({
    connect,
  }) => {
    const connector = await moved(connect, { people: 30, key: 'number' });
    const unknown = await connector.run(['rekey', '--by', 'personal_email', '--dry-run']);
    expect([unknown.code, unknown.stderr]).toEqual([2, expect.stringMatching(/out of .*work_email/)]);
    const unasked = await connector.run(['rekey', '--by', 'work_email']);
    expect([unasked.code, unasked.stderr]).toEqual([2, expect.stringContaining('--yes')]);
    await writeExport(connector, '');
    expect((await connector.run(['rekey', '--by', 'work_email', '--yes'])).code).toBe(6);
    expect((await connector.run(['import-all'])).code).toBe(1);
  });

  test('without anything new writes nothing', async ({ connect }) => {
    const connector = await connect({ people: 20 });
    await connector.imported();
    const { code, stdout } = await connector.run(['rekey', '--by', 'work_email', '--yes']);
    expect([code, stdout]).toEqual([0, expect.stringContaining('Nothing to write')]);
    expect((await connector.run(['runs'])).stdout).not.toContain('rekey');
  });
});
