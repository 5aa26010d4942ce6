import { describe, expect } from 'vitest';
import { importAt } from '../support/clock.js';
import { connectBamboohr } from '../support/connect-bamboohr.js';
import { type Connector, day, test } from '../support/connector.js';
import { expectedAccounts, heldAccounts } from '../support/expected.js';
import { hire, plainPeople, plainPerson } from '../support/people.js';

const set = ({ sandbox }: Connector, settings: object) => sandbox.bamboohr.settings.change(settings);
const key = (connector: Connector, changes: object) =>
  set(connector, { keys: [{ ...connector.sandbox.bamboohr.settings.values.keys[0], ...changes }] });

/** The routes that BambooHR was asked for since the last look. */
function asked({ sandbox: { bamboohr } }: Connector): readonly (string | null)[] {
  const routes = bamboohr.requests.list().map(({ route }) => route);
  bamboohr.requests.clear();
  return routes;
}

/** The next night must end with a code and change nothing in Learn Amp; what it says is given back. */
async function expectStop(connector: Connector, code: number): Promise<string> {
  const before = JSON.stringify(connector.lms.list());
  const ended = await connector.run(['import-all']);
  expect(ended.code, ended.stderr).toBe(code);
  expect(JSON.stringify(connector.lms.list())).toBe(before);
  return ended.stderr.replaceAll(/\s+/g, ' ');
}

describe.concurrent('a company on BambooHR', () => {
  test('is imported, and the next night takes four requests and is quiet', async ({ connect }) => {
    const connector = await connectBamboohr(connect);
    // BambooHR's field for it holds one.
    for (const person of connector.company.people) person.costCenterIds = person.costCenterIds.slice(0, 1);
    await connector.imported();
    expect(heldAccounts(connector)).toEqual(expectedAccounts(connector.company, day(0)));
    asked(connector);
    connector.takeRequests();
    expect((await connector.imported()).changes).toEqual([]);
    expect(connector.takeRequests()).toEqual([]);
    expect(asked(connector).length).toBeLessThanOrEqual(4);
  });

  test('costs one request between nights on which nobody changes', async ({ connect }) => {
    const connector = await connectBamboohr(connect, { config: { source: { changes_overlap_minutes: 0 } } });
    await connector.imported();
    asked(connector);
    expect((await connector.json(['sync'])).changes).toEqual([]);
    expect(asked(connector)).toEqual(['changed']);
  });

  test('is found in order by check, and offers its fields', async ({ connect }) => {
    const connector = await connectBamboohr(connect);
    const { code, stdout } = await connector.run(['check']);
    expect(code, stdout).toBe(0);
    expect(stdout.replaceAll(/\s+/g, ' ')).toMatch(/accepted; they belong to .*40 of 40 readable/);
    const fields = await connector.run(['fields']);
    expect(fields.stdout).toMatch(/customSkills +Skills +tags/);
    expect(fields.stdout).not.toMatch(/photoUrl|supervisorId/);
  });

  test('loses nobody whom its key may not read any more, and says whom', async ({ connect }) => {
    const connector = await connectBamboohr(connect);
    await connector.imported();
    const [one, other] = plainPeople(connector.company);
    key(connector, { hiddenPeople: [one?.id, other?.id] });
    const document = await connector.json(['import-all']);
    expect(document).toMatchObject({ exit_code: 4, changes: [] });
    expect(document.skipped.map(({ employee }) => employee.id)).toEqual(
      expect.arrayContaining([String(one?.id), String(other?.id)]),
    );
    key(connector, { hiddenPeople: connector.company.people.slice(0, 20).map(({ id }) => id) });
    expect(await expectStop(connector, 5)).toMatch(/left out/i);
  });

  test('ends nobody because a report lacks inactive people, or half of everybody', async ({ connect }) => {
    const connector = await connectBamboohr(connect);
    await connector.imported();
    set(connector, { reportShowsInactive: false });
    expect(await expectStop(connector, 6)).toMatch(/of the 40 people/);
    set(connector, { reportShowsInactive: true });
    const fault = { kind: 'short_list', keep: 0.5 } as const;
    connector.sandbox.bamboohr.faults.add({ match: { route: 'report' }, fault, times: null });
    expect(await expectStop(connector, 6)).toMatch(/20 of the 40 people/);
  });

  test('stops for a field that the access level hides, an alias that is unknown, and a refused key', async ({
    connect,
  }) => {
    const connector = await connectBamboohr(connect);
    await connector.imported();
    key(connector, { hiddenFields: ['department'] });
    expect(await expectStop(connector, 8)).toMatch(/does not allow department/);
    key(connector, { hiddenFields: [] });
    set(connector, { customAliases: { dynamic_2345678: 'customSkillset' } });
    expect(await expectStop(connector, 8)).toMatch(/customSkills is no field of this account/);
    set(connector, { customAliases: {}, unknownKeysAllowed: 1 });
    asked(connector);
    key(connector, { key: 'f'.repeat(40) });
    expect(await expectStop(connector, 8)).toMatch(/rejected the credentials.*source\.api_key/);
    expect(asked(connector)).toHaveLength(1);
  });

  test('prepares somebody who is hired later, whose account comes with the job on the first day', async ({
    connect,
  }) => {
    const connector = await connectBamboohr(connect);
    await connector.imported();
    const ada = hire(connector, 'Ada', day(3));
    connector.hr.apply({ kind: 'promote', person: ada.id, to: 'Welder' });
    const before = await connector.imported();
    expect(before.scheduled).toContainEqual(
      expect.objectContaining({
        kind: 'invite',
        on: day(3),
        employee: expect.objectContaining({ id: String(ada.id) }),
      }),
    );
    connector.hr.moveTo(day(3));
    await importAt(connector, () => new Date(`${day(3)}T02:00:00Z`));
    expect(connector.account(ada)).toMatchObject({ jobTitle: 'Welder' });
    expect(connector.mailed).toContain('ada@acme.example');
  });

  test('cancels the invitation of a hire that is withdrawn', async ({ connect }) => {
    const connector = await connectBamboohr(connect);
    await connector.imported();
    const ada = hire(connector, 'Ada', day(3));
    await connector.imported();
    connector.hr.apply({ kind: 'withdraw_hire', person: ada.id, how: 'inactive' });
    expect((await connector.imported()).scheduled.filter(({ employee }) => employee.id === String(ada.id))).toEqual([]);
    connector.hr.moveTo(day(4));
    await importAt(connector, () => new Date(`${day(4)}T02:00:00Z`));
    expect(connector.mailed).not.toContain('ada@acme.example');
  });

  test('ends a leaver on the day after the last one, and opens the same account for the rehire', async ({
    connect,
  }) => {
    const connector = await connectBamboohr(connect);
    await connector.imported();
    const person = plainPerson(connector.company);
    const account = connector.account(person);
    connector.hr.apply({ kind: 'terminate', person: person.id, on: day(1) });
    expect((await connector.imported()).changes).toEqual([]);
    connector.hr.moveTo(day(2));
    await importAt(connector, () => new Date(`${day(2)}T02:00:00Z`));
    expect(connector.account(person)).toMatchObject({ id: account.id, status: 'deactivated' });
    connector.hr.apply({ kind: 'rehire', person: person.id, on: day(5) });
    connector.hr.moveTo(day(5));
    const document = await importAt(connector, () => new Date(`${day(5)}T02:00:00Z`));
    expect(document.summary).toMatchObject({ create: 0, reactivate: 1 });
    expect(connector.account(person).id).toBe(account.id);
    expect(connector.account(person).status).not.toBe('deactivated');
  });

  test('goes on by the data set on the day that the report is gone, and changes nothing by it', async ({ connect }) => {
    const connector = await connectBamboohr(connect);
    await connector.imported();
    set(connector, { refusals: { report: { status: 410 } } });
    const document = await connector.imported();
    expect(document.changes).toEqual([]);
    expect(document.notices).toContainEqual(expect.stringContaining('no report any more'));
  });

  test('shows the private key of a webhook once, and nowhere else', async ({ connect }) => {
    const connector = await connectBamboohr(connect);
    const register = ['webhook', 'register', '--url', 'https://hr.acme.example/webhooks/bamboohr'];
    const { code, stdout, stderr } = await connector.run([...register, '--verbose']);
    expect(code, stderr).toBe(0);
    const [shown = ''] = /^[\da-f]{32}$/m.exec(stdout) ?? [];
    expect(stdout).toContain('serve.bamboohr.private_key');
    expect(shown).not.toBe('');
    expect(stderr).not.toContain(shown);
    const again = await connector.run([...register, '--json']);
    expect(JSON.parse(again.stdout)).toMatchObject({ webhook: { id: '1', enabled: true } });
    expect(again.stdout).not.toContain('private_key');
    expect((await connector.run(['webhook', 'list'])).stdout).not.toContain(shown);
  });
});
