import { describe, expect } from 'vitest';
import { type Connect, type Connector, day, test } from '../support/connector.js';
import { plainPeople, plainPerson } from '../support/people.js';

const V2 = { source: { api: 'v2' } } as const;
const NO_LIMITS = { personsRefillPerSecond: null, otherRefillPerSecond: null } as const;
const NO_CLEAR_LIMIT = { safety: { max_clears: '100%', max_updates: '100%' } } as const;
const LAST_DAY = { mapping: { custom_fields: { Badge: 'last_working_day' } } } as const;

function connectV2(connect: Connect, config: object = {}): Promise<Connector> {
  return connect({ sandbox: { personio: NO_LIMITS }, config: { ...V2, ...config } });
}

/** Gives so many plain employees a last working day, and takes it from everybody else. */
function leavers({ company }: Connector, count: number): void {
  for (const person of company.people) Object.assign(person, { terminationDate: null, lastWorkingDay: null });
  for (const person of plainPeople(company).slice(0, count)) {
    Object.assign(person, { terminationDate: day(60), lastWorkingDay: day(50) });
  }
}

describe.concurrent('a mapped field that nobody has any more', () => {
  test('and three people had stops the run, names field and figures, and clears nothing', async ({ connect }) => {
    const connector = await connect({ config: { ...LAST_DAY, ...NO_CLEAR_LIMIT } });
    leavers(connector, 3);
    await connector.imported();
    leavers(connector, 0);
    connector.takeRequests();
    for (let night = 1; night <= 2; night += 1) {
      const { code, stderr } = await connector.run(['import-all']);
      expect(code).toBe(6);
      expect(stderr).toMatch(/last_working_day is empty for everybody now, and 3 people had a value/);
      expect(stderr).toContain('--allow clear=3');
    }
    expect(connector.takeWrites()).toEqual([]);
    expect((await connector.run(['import-all', '--allow', 'clear=2'])).code).toBe(6);
    const { summary } = await connector.imported('--allow', 'clear=3');
    expect(summary.update).toBe(3);
    expect((await connector.imported()).changes).toEqual([]);
  });

  test('and two people had is cleared, and told', async ({ connect }) => {
    const connector = await connect({ config: { ...LAST_DAY, ...NO_CLEAR_LIMIT } });
    leavers(connector, 2);
    await connector.imported();
    leavers(connector, 0);
    const { code, stdout, stderr } = await connector.run(['import-all']);
    expect(code, stderr).toBe(0);
    expect(`${stdout}${stderr}`).toMatch(
      /last_working_day is empty for everybody now, and 2 people had a value .*cleared/,
    );
    expect((await connector.imported()).changes).toEqual([]);
  });

  test('is no matter where some still have it, or where nobody had it before', async ({ connect }) => {
    const connector = await connect({ config: { ...LAST_DAY, ...NO_CLEAR_LIMIT } });
    leavers(connector, 0);
    await connector.imported();
    await connector.imported();
    leavers(connector, 4);
    await connector.imported();
    leavers(connector, 1);
    expect((await connector.imported()).summary.update).toBe(3);
  });

  test('because v2 leaves its key out of every answer stops the run, however few had it', async ({ connect }) => {
    const connector = await connectV2(connect, { ...LAST_DAY, ...NO_CLEAR_LIMIT });
    leavers(connector, 1);
    await connector.imported();
    connector.takeRequests();
    const { faults } = connector.sandbox.personio;
    faults.add({ times: null, fault: { kind: 'lost_attribute', attributes: ['termination_date'] } });
    const { code, stderr } = await connector.run(['import-all']);
    expect(code).toBe(6);
    expect(stderr).toMatch(/last_working_day stands on no record any more, and 1 person had a value/);
    expect(connector.takeWrites()).toEqual([]);
    faults.clear();
    expect((await connector.imported()).changes).toEqual([]);
  });
});

describe.concurrent('a key that one answer of v2 lacks', () => {
  test('while others have it is unknown: the value is kept, and the rest is done', async ({ connect }) => {
    const connector = await connectV2(connect);
    await connector.imported();
    const person = plainPerson(connector.company);
    const { jobTitle } = connector.account(person);
    connector.sandbox.personio.settings.change({ lacks: { [person.id]: ['position', 'office'] } });
    person.lastName = 'Renamed';
    const { changes } = await connector.imported();
    expect(changes).toMatchObject([{ kind: 'update', employee: { id: String(person.id) } }]);
    expect(Object.keys(changes[0]?.fields ?? {})).toEqual(['last_name']);
    expect(connector.account(person).jobTitle).toBe(jobTitle);
  });

  test('is empty where v2 writes nothing for what is empty', async ({ connect }) => {
    const connector = await connect({
      sandbox: { personio: { ...NO_LIMITS, emptyValues: 'omitted' } },
      config: V2,
    });
    await connector.imported();
    const person = plainPerson(connector.company);
    connector.hr.apply({ kind: 'clear', person: person.id, field: 'position' });
    const { changes } = await connector.imported();
    expect(changes).toMatchObject([{ fields: { job_title: { after: null } } }]);
  });
});

describe.concurrent('somebody listed twice, on two pages', () => {
  const PAGES = { people: 60, sandbox: { personio: { largestPageSize: 25, oversizedPage: 'lower' } } } as const;

  test('counts once where the records are alike, and the read is complete', async ({ connect }) => {
    const connector = await connect(PAGES);
    await connector.imported();
    const { people } = connector.company;
    const person = people[3];
    if (person === undefined) throw new Error('nobody');
    // Behind everybody, so that the company finds the others by their order.
    people.push({ ...person });
    connector.hr.apply({ kind: 'promote', person: plainPerson(connector.company, 2).id, to: 'Principal' });
    const { source, changes, skipped } = await connector.imported();
    expect(source).toMatchObject({ employees: 60, complete: true });
    expect(changes).toMatchObject([{ kind: 'update' }]);
    expect(skipped.filter(({ reason }) => reason === 'ambiguous_source')).toEqual([]);
  });

  test('is a skip that names both where they differ', async ({ connect }) => {
    const connector = await connect(PAGES);
    await connector.imported();
    const { people } = connector.company;
    const person = people[3];
    if (person === undefined) throw new Error('nobody');
    people.push({ ...person, position: 'Somebody Else', status: 'inactive' });
    const { changes, skipped } = await connector.imported();
    expect(changes).toEqual([]);
    const [skip] = skipped.filter(({ reason }) => reason === 'ambiguous_source');
    expect(skip?.employee.id).toBe(String(person.id));
    expect(skip?.message).toContain('"Somebody Else"');
  });

  test('where one page meets the next is taken for pages that overlap, and nobody is missed for it', async ({
    connect,
  }) => {
    const connector = await connect(PAGES);
    await connector.imported();
    const { people } = connector.company;
    const last = people[24];
    if (last === undefined) throw new Error('nobody');
    // The last row of the first page comes again as the first of the second, and somebody else not at all.
    people.splice(25, 1, { ...last });
    const { code, stderr } = await connector.run(['import-all']);
    expect(code).toBe(6);
    expect(stderr).toMatch(`came more than once: pages overlap (#${last.id})`);
  });
});
