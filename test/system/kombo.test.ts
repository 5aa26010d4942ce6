import { readFile, writeFile } from 'node:fs/promises';
import { describe, expect } from 'vitest';
import type { Person, SandboxOptions } from '../../src/sandbox/index.js';
import { type Connector, day, test } from '../support/connector.js';
import { runDocument } from '../support/document.js';
import { expectedAccounts, heldAccounts } from '../support/expected.js';
import { configureKombo, connectKombo, komboAccount } from '../support/kombo.js';
import { rowsOfPart } from '../support/part.js';
import { hire, plainPerson, unitName } from '../support/people.js';

type Settings = NonNullable<SandboxOptions['kombo']>;

const expected = ({ company, sandbox }: Connector) => expectedAccounts(company, day(0), sandbox.kombo.idOf);
const set = ({ sandbox }: Connector, settings: Settings) => sandbox.kombo.settings.change(settings);

/** The next run must find nothing to do, and ask Learn Amp nothing. */
async function expectQuietNight(connector: Connector): Promise<void> {
  connector.takeRequests();
  expect((await connector.imported()).changes).toEqual([]);
  expect(connector.takeRequests()).toEqual([]);
}

/** The next run must stop with a code before it asks Learn Amp anything; what it says is given back. */
async function expectStop(connector: Connector, code: number): Promise<string> {
  const before = JSON.stringify(connector.lms.list());
  connector.takeRequests();
  const ended = await connector.run(['import-all']);
  expect(ended.code, ended.stderr).toBe(code);
  expect(connector.takeRequests()).toEqual([]);
  expect(JSON.stringify(connector.lms.list())).toBe(before);
  return ended.stderr.replaceAll(/\s+/g, ' ');
}

describe.concurrent('a company behind Kombo', () => {
  test('is imported, with days that no time zone shifts, and the next night is quiet', async ({ connect }) => {
    const connector = await connectKombo(connect);
    const ended = await connector.run(['import-all', '--json'], { TZ: 'America/Los_Angeles' });
    expect(ended.code, ended.stderr).toBe(0);
    expect(heldAccounts(connector)).toEqual(expected(connector));
    expect(runDocument(ended.stdout).notices).toContainEqual(expect.stringContaining("Kombo's copy of Personio"));
    connector.takeRequests();
    const quiet = await connector.run(['import-all'], { TZ: 'Pacific/Auckland' });
    expect(quiet.stdout.trim().split('\n')).toHaveLength(1);
    expect(quiet.stdout).toContain('nothing to do');
    expect(connector.takeRequests()).toEqual([]);
  });

  test('is found in order by check, which names what it cannot know', async ({ connect }) => {
    const connector = await connectKombo(connect);
    const { code, stdout } = await connector.run(['check']);
    expect(code, stdout).toBe(0);
    expect(stdout).toMatch(/Personio \(personio\) is ACTIVE/);
    set(connector, { tool: 'workday' });
    const unsure = await connector.run(['check']);
    expect(unsure.code).toBe(0);
    expect(unsure.stdout.replaceAll(/\s+/g, ' ')).toContain('Kombo does not say whether Workday (workday) supplies it');
  });

  test('names the address as well where Kombo is reached elsewhere than usual and refuses the key', async ({
    connect,
  }) => {
    const connector = await connectKombo(connect);
    const file = connector.configFile;
    await writeFile(file, (await readFile(file, 'utf8')).replace(/api_key: .*/, 'api_key: another-key-1Yt5'));
    const { code, stdout } = await connector.run(['check']);
    expect(code).toBe(8);
    expect(stdout.replaceAll(/\s+/g, ' ')).toMatch(
      /compare api_key, .* and source\.base_url, which is http:\/\/127\S+, with https:\/\/api\.kombo\.dev\/v1 or https/,
    );
  });

  test('puts a newcomer who is still PENDING on the first day in, with an invitation', async ({ connect }) => {
    const connector = await connectKombo(connect);
    await connector.imported();
    const newcomer = hire(connector, 'Pia', day(0));
    connector.hr.apply({ kind: 'set_status', person: newcomer.id, status: 'onboarding' });
    expect((await connector.imported()).changes).toMatchObject([{ kind: 'create', invites: true }]);
    expect(connector.mailed).toEqual(['pia@acme.example']);
    await expectQuietNight(connector);
  });

  test('is read whole every night, so that a change without a time of change is not missed', async ({ connect }) => {
    const connector = await connectKombo(connect);
    await connector.imported();
    const person = plainPerson(connector.company);
    person.position = 'Quietly Promoted';
    expect((await connector.imported()).changes).toMatchObject([
      { kind: 'update', fields: { job_title: { after: 'Quietly Promoted' } } },
    ]);
    await expectQuietNight(connector);
  });

  test('leaves somebody with a status of the HR system’s own as they are, and names them', async ({ connect }) => {
    const connector = await connectKombo(connect);
    await connector.imported();
    const [person, other] = [plainPerson(connector.company), plainPerson(connector.company, 1)];
    set(connector, { statuses: { [person.id]: 'Garden Leave', [other.id]: null } });
    const { changes, skipped } = await connector.imported();
    expect(changes).toEqual([]);
    const id = connector.sandbox.kombo.idOf(person);
    expect(skipped).toContainEqual(
      expect.objectContaining({
        employee: expect.objectContaining({ id }),
        message: expect.stringContaining('"garden leave" is not known'),
      }),
    );
    expect(skipped.map(({ employee }) => employee.id)).not.toContain(connector.sandbox.kombo.idOf(other));
  });
});

const WAYS: readonly (readonly [way: string, settings: Settings, leave: (person: Person) => object, runs: number])[] = [
  ['INACTIVE', {}, ({ id }) => ({ kind: 'set_status', person: id, status: 'inactive' }), 1],
  ['marked as deleted', {}, ({ id }) => ({ kind: 'delete', person: id }), 1],
  ['emptied of everything', { anonymisesAfterDays: 0 }, ({ id }) => ({ kind: 'delete', person: id }), 1],
  [
    'emptied of everything, the mark of deletion too',
    { anonymisesAfterDays: 0, keepsDeletionMark: false },
    ({ id }) => ({ kind: 'delete', person: id }),
    1,
  ],
  ['simply absent', { vanished: 'absent' }, ({ id }) => ({ kind: 'delete', person: id }), 2],
];

describe.concurrent('a leaver', () => {
  test.for(rowsOfPart(WAYS))('who is %s is deactivated, once', async ([, settings, leave, runs], { connect }) => {
    const config = { deactivation: { missing: { after_runs: 2, after_days: 0 } } };
    const connector = await connectKombo(connect, { config, kombo: settings });
    await connector.imported();
    const person = plainPerson(connector.company);
    connector.hr.apply(leave(person) as Parameters<typeof connector.hr.apply>[0]);
    for (let run = 1; run < runs; run++) expect((await connector.imported()).changes).toEqual([]);
    const { changes, skipped } = await connector.imported();
    const id = connector.sandbox.kombo.idOf(person);
    expect(changes).toMatchObject([{ kind: 'deactivate', employee: { id }, outcome: 'done' }]);
    expect(skipped.map(({ employee }) => employee.id)).not.toContain(id);
    expect(komboAccount(connector, person).status).toBe('deactivated');
    if (runs > 1) await expectQuietNight(connector);
  });

  test('whom Kombo finds again gets the account back', async ({ connect }) => {
    const connector = await connectKombo(connect);
    await connector.imported();
    const person = plainPerson(connector.company);
    const place = connector.company.people.indexOf(person);
    connector.hr.apply({ kind: 'delete', person: person.id });
    await connector.imported();
    connector.company.people.splice(place, 0, person);
    expect((await connector.imported()).changes).toMatchObject([{ kind: 'reactivate' }]);
    expect(heldAccounts(connector)).toEqual(expected(connector));
  });
});

/** What is wrong with an integration, and how a run ends for it. */
const STOPS: readonly (readonly [what: string, settings: Settings, code: number, says: RegExp])[] = [
  ['credentials are refused', { status: 'INVALID' }, 8, /refuses its credentials.*let them reconnect/],
  ['switched off', { status: 'INACTIVE' }, 6, /is INACTIVE.*Switch the integration on again/],
  ['outdated', { dataExpiredAt: '2026-01-02T03:04:05.000Z' }, 6, /out of date since 2026-01-02 03:04/],
  ['first synchronisation', { refuses: 'SETUP_SYNC_PENDING' }, 6, /SETUP_SYNC_PENDING.*Wait/],
  ['held back', { refuses: 'QA_FAILED' }, 6, /QA_FAILED.*release the data/],
  ['a field is lost', { emptied: ['job_title'] }, 6, /job_title came with nobody/],
  ['the status is lost', { emptied: ['employment_status'] }, 6, /status came with nobody/],
  ['everybody is deleted', { everybodyDeleted: true }, 6, /came with nobody/],
  ['opted out', { optedOut: ['hris_employees.job_title'] }, 8, /job_title.*did not allow it/],
  [
    'another connector',
    { tool: 'workdaycustomreportsftp' },
    8,
    /does not allow first_name, .*locations.name.*the connector does not supply it/,
  ],
];

describe.concurrent('an integration', () => {
  test('that must not be used stops the run, whatever the reason, and nobody is changed', async ({ connect }) => {
    const connector = await connectKombo(connect);
    await connector.imported();
    connector.hr.apply({ kind: 'set_status', person: plainPerson(connector.company).id, status: 'inactive' });
    const usual = { ...connector.sandbox.kombo.settings.values };
    for (const [what, settings, code, says] of STOPS) {
      set(connector, { ...usual, ...settings });
      expect(await expectStop(connector, code), what).toMatch(says);
    }
    set(connector, usual);
    expect((await connector.imported()).changes).toMatchObject([{ kind: 'deactivate' }]);
  });

  test('without names works where they come as custom fields', async ({ connect }) => {
    const tool = 'workdaycustomreportsftp';
    const named = { first_name: 'lms_first_name', last_name: 'lms_last_name', email: 'lms_email' };
    const config = { mapping: { ...named, primary_location: null }, employees: { filter: [] } };
    const connector = await connectKombo(connect, { kombo: { tool }, config });
    const { summary } = await connector.imported();
    expect(summary.create).toBeGreaterThan(25);
    const person = plainPerson(connector.company);
    expect(komboAccount(connector, person)).toMatchObject({ firstName: person.firstName, email: person.email });
    await expectQuietNight(connector);
  });

  test('without names is found by check, field by field', async ({ connect }) => {
    const connector = await connectKombo(connect, { kombo: { tool: 'workdaycustomreportsftp' } });
    const { code, stdout } = await connector.run(['check']);
    expect(code).toBe(2);
    for (const field of ['first_name', 'last_name', 'work_email', 'work_location']) expect(stdout).toContain(field);
    expect(stdout).not.toContain('field job_title');
  });
});

describe.concurrent('two people with one work e-mail', () => {
  test('the one who left before does not stand in the way of the one who works', async ({ connect }) => {
    const connector = await connectKombo(connect);
    const person = plainPerson(connector.company);
    const twin = hire(connector, 'Twin', day(-400));
    connector.hr.apply({ kind: 'change_email', person: twin.id, to: person.email });
    connector.hr.apply({ kind: 'set_status', person: twin.id, status: 'inactive' });
    const { skipped } = await connector.imported();
    expect(skipped.map(({ reason }) => reason)).not.toContain('duplicate_email');
    expect(komboAccount(connector, person).email).toBe(person.email);
    expect(connector.lms.findByExternalId(connector.sandbox.kombo.idOf(twin))).toBeNull();
    await expectQuietNight(connector);
  });

  test('whoever comes back under a new id takes over the account, in the night of the leaving or later', async ({
    connect,
  }) => {
    const connector = await connectKombo(connect);
    await connector.imported();
    for (const nights of [0, 1]) {
      const person = plainPerson(connector.company, nights);
      const { id } = komboAccount(connector, person);
      connector.hr.apply({ kind: 'set_status', person: person.id, status: 'inactive' });
      for (let night = 0; night < nights; night++) await connector.imported();
      const again = hire(connector, `Again${nights}`, day(0));
      connector.hr.apply({ kind: 'change_name', person: again.id, lastName: person.lastName });
      connector.hr.apply({ kind: 'change_email', person: again.id, to: person.email });
      await connector.imported();
      expect(komboAccount(connector, again)).toMatchObject({ id, email: person.email });
      expect(komboAccount(connector, again).status).not.toBe('deactivated');
      await expectQuietNight(connector);
    }
  });

  test('if both work, the one who has the address keeps it', async ({ connect }) => {
    const connector = await connectKombo(connect);
    await connector.imported();
    const person = plainPerson(connector.company);
    const double = hire(connector, 'Double', day(0));
    connector.hr.apply({ kind: 'change_email', person: double.id, to: person.email });
    const { changes, skipped } = await connector.imported();
    expect(changes).toEqual([]);
    expect(skipped).toContainEqual(expect.objectContaining({ reason: 'duplicate_email' }));
  });
});

describe.concurrent('groups', () => {
  test('one that is renamed is an update of its members, whose other teams stay', async ({ connect }) => {
    const connector = await connectKombo(connect);
    await connector.imported();
    const person = plainPerson(connector.company);
    const team = connector.lms.addTeam({
      ...{ name: 'First aiders', integrationExternalId: null, managerId: null },
      ...{ secondaryManagerIds: [], parentTeamId: null, tags: [] },
    });
    connector.lms.change(komboAccount(connector, person), { secondaryTeamIds: [team.id] });
    const department = unitName(connector.company.departments, person.departmentId);
    connector.hr.apply({ kind: 'rename_department', department, to: 'Renamed & Co' });
    const { changes } = await connector.imported();
    expect(new Set(changes.map(({ kind, fields }) => [kind, ...Object.keys(fields)].join()))).toEqual(
      new Set(['update,primary_team']),
    );
    expect(heldAccounts(connector)).toEqual(expected(connector));
    expect(komboAccount(connector, person).secondaryTeamIds).toEqual([team.id]);
    await expectQuietNight(connector);
  });

  test('the primary team may be the group of the type TEAM', async ({ connect }) => {
    const mapping = { primary_team: 'team', department: 'department' };
    const connector = await connectKombo(connect, { config: { mapping } });
    await connector.imported();
    const person = connector.company.people.find(({ teamId, status }) => teamId !== null && status === 'active');
    if (person === undefined) throw new Error('nobody is in a team');
    const held = heldAccounts(connector)[connector.sandbox.kombo.idOf(person)];
    expect(held).toMatchObject({
      team: unitName(connector.company.teams, person.teamId),
      department: unitName(connector.company.departments, person.departmentId),
    });
    await configureKombo(connector);
    const { changes } = await connector.imported();
    expect(changes.every(({ kind }) => kind === 'update')).toBe(true);
    expect(heldAccounts(connector)).toEqual(expected(connector));
  });
});

describe("a customer's own status words", () => {
  test('change nothing and are named by check and run, until source.status.map says what they mean', async ({
    connect,
  }) => {
    const connector = await connectKombo(connect);
    await connector.imported();
    const [gone, here] = [plainPerson(connector.company), plainPerson(connector.company, 1)];
    set(connector, { statuses: { [gone.id]: 'Ausgeschieden', [here.id]: 'Altersteilzeit' } });
    const check = await connector.run(['check']);
    expect(check.stdout).toMatch(/! status +"ausgeschieden" of 1 person is not known.*source\.status\.map/);
    const unknown = await connector.imported();
    expect(unknown.changes).toEqual([]);
    expect(unknown.skipped.map(({ employee }) => employee.id)).toContain(connector.sandbox.kombo.idOf(gone));
    expect(unknown.notices.join()).toContain('the status "Ausgeschieden" of 1 person is not in source.status.map');

    const map = { ausgeschieden: 'inactive', Altersteilzeit: 'active' };
    await configureKombo(connector, { source: { status: { map } } });
    const { changes, skipped } = await connector.imported();
    expect(changes).toMatchObject([{ kind: 'deactivate', employee: { id: connector.sandbox.kombo.idOf(gone) } }]);
    expect(skipped.map(({ employee }) => employee.id)).not.toContain(connector.sandbox.kombo.idOf(here));
    expect((await connector.run(['check'])).stdout).not.toMatch(/! status/);
    await configureKombo(connector, { source: { status: { map: { x: 'retired' } } } });
    expect((await connector.run(['check', '--offline'])).code).toBe(2);
  });
});

describe('the sandbox', () => {
  test('writes a config for Kombo that a rehearsal runs on', async ({ connect }) => {
    const connector = await connect({ people: 5 });
    const flags = ['--people', '25', '--source', 'kombo', '--write-config', 'rehearsal.yaml'];
    const running = connector.start(['sandbox', ...flags]);
    await new Promise((resolve) => running.child.stdout?.once('data', resolve));
    const ended = await connector.run(['import-all', '--config', 'rehearsal.yaml', '--json']);
    expect(runDocument(ended.stdout)).toMatchObject({ exit_code: 0, source: { type: 'kombo' } });
    running.child.kill('SIGINT');
    expect((await running.ended).code).toBe(0);
  });
});
