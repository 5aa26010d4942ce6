import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import type { Person } from '../../src/sandbox/index.js';
import { type Connector, day, test } from '../support/connector.js';
import { configureCsv, connectCsv, csvId, csvOf, writeExport } from '../support/csv.js';
import { expectedAccounts, heldAccounts } from '../support/expected.js';
import { rowsOfPart } from '../support/part.js';
import { hire, plainPeople, plainPerson } from '../support/people.js';
import { Server, within } from '../support/server.js';

const without = ({ company }: Connector, ...gone: readonly Person[]) =>
  csvOf(company, { people: company.people.filter((person) => !gone.includes(person)) });

function accountOf({ lms }: Connector, person: Person) {
  const account = lms.findByExternalId(csvId(person));
  if (account === null) throw new Error(`nobody in Learn Amp bears the id ${csvId(person)}`);
  return account;
}

/** A night that must end with exit code 6, say why, and change nothing. */
async function refused(connector: Connector, says: RegExp, args: readonly string[] = ['import-all']): Promise<void> {
  const before = JSON.stringify(connector.lms.list());
  connector.takeRequests();
  const { code, stderr } = await connector.run(args);
  expect(code, stderr).toBe(6);
  expect(stderr).toMatch(says);
  expect(connector.takeWrites()).toEqual([]);
  expect(JSON.stringify(connector.lms.list())).toBe(before);
}

describe.concurrent('Learn Amp behind a CSV file', () => {
  test('gets everybody at the first import, and nothing in a night without changes', async ({ connect }) => {
    const connector = await connectCsv(connect);
    await connector.imported();
    const plain = (accounts: ReturnType<typeof heldAccounts>) =>
      Object.fromEntries(Object.entries(accounts).map(([id, { customFields: _, ...account }]) => [id, account]));
    expect(plain(heldAccounts(connector))).toEqual(plain(expectedAccounts(connector.company, day(0), csvId)));
    connector.takeRequests();
    await writeExport(connector, csvOf(connector.company), 500);
    expect((await connector.imported()).changes).toEqual([]);
    expect(connector.takeRequests()).toEqual([]);
  });

  test('gets a leaver, a newcomer and a new title from the next file', async ({ connect }) => {
    const connector = await connectCsv(connect);
    await connector.imported();
    const [leaver, promoted] = [plainPerson(connector.company), plainPerson(connector.company, 1)];
    connector.hr.apply({ kind: 'terminate', person: leaver.id, on: day(-1) });
    promoted.position = 'Head of "Everything"; really';
    hire(connector, 'Newby', day(0));
    await writeExport(connector, csvOf(connector.company));
    expect((await connector.imported()).summary).toMatchObject({ create: 1, update: 1, deactivate: 1 });
    expect(accountOf(connector, leaver).status).toBe('deactivated');
    expect(accountOf(connector, promoted).jobTitle).toBe('Head of "Everything"; really');
  });

  test.for(
    rowsOfPart([
      ['cut off', (file: string) => file.slice(0, -40), 600, /cut off|never closed/],
      [
        'cut off at the end of a row',
        (file: string) => file.split('\r\n').slice(0, 12).join('\r\n'),
        600,
        /at least \d+ are plausible/,
      ],
      ['empty', () => '', 600, /empty \(0 bytes\)/],
      ['a header alone', (file: string) => file.split('\r\n')[0] ?? '', 600, /a header and nobody/],
      ['old', (file: string) => file, 27 * 3_600, /max_age/],
      ['a web page', () => '<html>', 600, /HTML/],
    ] as const),
  )('takes no file for the company that is %s', async ([what, spoil, age, says], { connect }) => {
    const connector = await connectCsv(connect);
    await connector.imported();
    await writeExport(connector, spoil(csvOf(connector.company)), age);
    await refused(connector, says);
    // Only a night knows how many people there were.
    const checked = await connector.run(['check']);
    expect(checked.code, checked.stdout).toBe(what === 'cut off at the end of a row' ? 0 : 6);
  });

  test('takes no file for the company that is still being written, or is not there', async ({ connect }) => {
    const connector = await connectCsv(connect, { config: { source: { complete_when: { settled_for: '10m' } } } });
    await connector.imported();
    const path = await writeExport(connector, csvOf(connector.company), 5);
    await refused(connector, /it may still be uploading/);
    await rm(path);
    await refused(connector, /there is no file/);
  });

  test('takes no bytes of another encoding', async ({ connect }) => {
    const connector = await connectCsv(connect);
    await connector.imported();
    plainPerson(connector.company).firstName = 'J\u00fcrgen';
    // Letters that windows-1252 lacks would become other signs.
    const file = csvOf(connector.company).replace(/[\u0100-\uffff]/g, 'x');
    await writeExport(connector, Buffer.from(file, 'latin1'));
    await refused(connector, /not UTF-8/);
    await configureCsv(connector, { source: { encoding: 'windows-1252' } });
    expect((await connector.imported()).summary.update).toBeGreaterThan(0);
    await writeExport(connector, Buffer.from(file));
    await refused(connector, /UTF-8/);
  });

  test('a header that is renamed: exit code 8; one that stands twice: exit code 2', async ({ connect }) => {
    const connector = await connectCsv(connect);
    await connector.imported();
    const file = csvOf(connector.company);
    await writeExport(connector, file.replace('Last day', 'Last_day_of_work'));
    const renamed = await connector.run(['import-all']);
    expect([renamed.code, renamed.stderr]).toEqual([
      8,
      expect.stringMatching(/termination_date .*"Last day"; the most similar is "Last_day_of_work"/),
    ]);
    expect(renamed.stderr).toMatch(
      /CSV file does not have Last day: .*Correct source\.columns, or have the export write/s,
    );
    expect(renamed.stderr).not.toContain('admin of CSV file');
    await writeExport(connector, file.replace('Team', 'Department'));
    const twice = await connector.run(['import-all']);
    expect([twice.code, twice.stderr]).toEqual([2, expect.stringMatching(/"Department" stands twice/)]);
    expect(twice.stderr).not.toContain('hrsync --help');
    expect((await connector.run(['check'])).code).toBe(2);
  });

  test('ids that lost their leading zeros end the read before anybody is matched', async ({ connect }) => {
    const connector = await connectCsv(connect);
    await connector.imported();
    const stripped = csvOf(connector.company, { idOf: ({ id }) => String(id) });
    await configureCsv(connector, { safety: { min_known: 0, max_left_out: '100%', max_deactivations: '100%' } });
    await writeExport(connector, stripped);
    await refused(connector, /known ids? came with other leading zeros .*#0+\d+ came as #[1-9]/);
    const one = plainPerson(connector.company);
    await writeExport(connector, csvOf(connector.company).replace(`\r\n${csvId(one)};`, `\r\n${one.id};`));
    await refused(connector, /1 known id came with other leading zeros/);
  });

  test('the same file again counts nobody as missing once more; another one does', async ({ connect }) => {
    const missing = { missing: { after_runs: 2, after_days: 0 } };
    const connector = await connectCsv(connect, { config: { deactivation: missing } });
    await connector.imported();
    const gone = plainPerson(connector.company);
    await writeExport(connector, without(connector, gone));
    expect((await connector.imported()).summary.deactivate).toBe(0);
    for (const age of [500, 400]) {
      await writeExport(connector, without(connector, gone), age);
      const { code, stdout } = await connector.run(['import-all']);
      expect([code, stdout]).toEqual([
        0,
        expect.stringMatching(/people\.csv holds the same bytes as at the last complete read/),
      ]);
    }
    expect(accountOf(connector, gone).status).not.toBe('deactivated');
    plainPerson(connector.company, 1).position = 'Other';
    await writeExport(connector, without(connector, gone));
    expect((await connector.imported()).summary).toMatchObject({ deactivate: 1, update: 1 });
  });

  test('an ending by absence that was refused is carried out with the same file', async ({ connect }) => {
    const missing = { missing: { after_runs: 1, after_days: 0 } };
    const config = { deactivation: missing, safety: { max_deactivations: 0, min_population: 1 } };
    const connector = await connectCsv(connect, { config });
    await connector.imported();
    const gone = plainPerson(connector.company);
    await writeExport(connector, without(connector, gone));
    expect((await connector.run(['import-all'])).code).toBe(5);
    expect((await connector.imported('--allow', 'deactivate=1')).summary.deactivate).toBe(1);
  });

  test('the same file: refused at night where the config says so, read by sync all the same', async ({ connect }) => {
    const connector = await connectCsv(connect, { config: { source: { unchanged_file: 'refuse' } } });
    await connector.imported();
    await refused(connector, /same bytes .*unchanged_file: refuse/);
    expect((await connector.run(['sync'])).code).toBe(0);
    plainPerson(connector.company).position = 'Other';
    await writeExport(connector, csvOf(connector.company));
    expect((await connector.json(['sync'])).summary.update).toBe(1);
  });

  test('mode changes: the first file holds everybody, later ones whoever changed; nobody is missing', async ({
    connect,
  }) => {
    const missing = { missing: { after_runs: 1, after_days: 0 } };
    const connector = await connectCsv(connect, { config: { deactivation: missing, source: { mode: 'changes' } } });
    const first = await connector.imported();
    expect(first.source.complete).toBe(true);
    const [changed, leaver] = plainPeople(connector.company);
    if (changed === undefined || leaver === undefined) throw new Error('the company is too small');
    const { managerId } = accountOf(connector, changed);
    changed.position = 'Other';
    connector.hr.apply({ kind: 'terminate', person: leaver.id, on: day(-1) });
    const hired = hire(connector, 'Newby', day(0));
    await writeExport(connector, csvOf(connector.company, { people: [changed, leaver, hired] }));
    const { summary, source } = await connector.imported();
    expect(summary).toMatchObject({ create: 1, update: 1, deactivate: 1 });
    expect(source.complete).toBe(false);
    expect(accountOf(connector, changed)).toMatchObject({ jobTitle: 'Other', managerId });
    expect((await connector.imported()).changes).toEqual([]);
    await writeExport(connector, csvOf(connector.company, { people: [changed], idOf: ({ id }) => String(id) }));
    await refused(connector, /leading zeros/);
  });

  test('mode changes finds a manager by e-mail among known people; one whom nobody knows stays as it was', async ({
    connect,
  }) => {
    const source = { mode: 'changes', manager_by: 'email' };
    const connector = await connectCsv(connect, { config: { source } });
    const written = (people: readonly Person[]) =>
      writeExport(connector, csvOf(connector.company, { people, managerBy: 'email' }));
    await written(connector.company.people);
    await connector.imported();
    const [moved, other] = plainPeople(connector.company);
    if (moved === undefined || other === undefined) throw new Error('the company is too small');
    const before = accountOf(connector, other).managerId;
    moved.supervisorId = other.id;
    other.position = 'Head';
    await written([moved]);
    expect((await connector.imported()).summary.update).toBe(1);
    expect(accountOf(connector, moved).managerId).toBe(accountOf(connector, other).id);
    const unknown = csvOf(connector.company, { people: [other], managerBy: 'email' });
    const manager = connector.company.people.find(({ id }) => id === other.supervisorId);
    await writeExport(connector, unknown.replace(manager?.email ?? '?', 'nobody@acme.example'));
    const { code, stderr } = await connector.run(['import-all']);
    expect([code, stderr]).toEqual([
      0,
      expect.stringMatching(/manager of 1 person is nobody in the file .*it stays as it is/),
    ]);
    expect(accountOf(connector, other)).toMatchObject({ jobTitle: 'Head', managerId: before });
  });

  test('a new file reaches the LMS by sync, and by serve without anybody asking', async ({ connect }) => {
    const document = { schedule: { import_all: 'never', sync: '0 0 1 1 *' }, serve: { port: 0 } };
    const connector = await connectCsv(connect, { config: { document } });
    await connector.imported();
    const [one, other] = plainPeople(connector.company);
    if (one === undefined || other === undefined) throw new Error('the company is too small');
    one.position = 'Head';
    await writeExport(connector, csvOf(connector.company), 500);
    expect((await connector.json(['sync'])).changes).toMatchObject([{ kind: 'update', outcome: 'done' }]);
    const server = await Server.start(connector);
    // The first look is at what lies there already.
    await within(10, async () => (await server.metrics()).length > 0);
    other.position = 'Principal';
    await writeExport(connector, csvOf(connector.company), 400);
    await within(60, () => accountOf(connector, other).jobTitle === 'Principal');
    expect(await server.metrics()).toContain('hrsync_runs_total{command="sync",exit_code="0"} 1');
    await server.stop();
  });

  test('an export whose status words are in another language changes nobody', async ({ connect }) => {
    const connector = await connectCsv(connect);
    await connector.imported();
    const before = JSON.stringify(connector.lms.list());
    const words = { active: 'aktiv', leave: 'ruhend', inactive: 'ausgetreten', onboarding: 'kommt' };
    const translated = Object.entries(words).reduce(
      (file, [english, german]) => file.replaceAll(`;${english};`, `;${german};`),
      csvOf(connector.company),
    );
    await writeExport(connector, translated);
    const { code, stderr } = await connector.run(['import-all']);
    expect([5, 6], stderr).toContain(code);
    expect(stderr).toMatch(/"aktiv"/);
    expect(JSON.stringify(connector.lms.list())).toBe(before);
  });

  test('one id on two different rows stays as it is', async ({ connect }) => {
    const connector = await connectCsv(connect);
    await connector.imported();
    const person = plainPerson(connector.company);
    const file = csvOf(connector.company);
    const row = file.split('\r\n').find((line) => line.startsWith(csvId(person))) ?? '';
    await writeExport(connector, `${file}${row.replace(person.position ?? '?', 'Second job')}\r\n`);
    const { skipped, changes } = await connector.imported();
    expect(changes).toEqual([]);
    expect(skipped).toContainEqual(expect.objectContaining({ reason: 'ambiguous_source' }));
  });

  test('check and fields say what the file offers; a person is asked for by id', async ({ connect }) => {
    const connector = await connectCsv(connect);
    const checked = await connector.run(['check']);
    expect([checked.code, checked.stdout], checked.stdout).toEqual([
      0,
      expect.stringMatching(/delimiter ";", 17 columns/),
    ]);
    expect((await connector.run(['fields'])).stdout).toMatch(/start_date .*Hire date/);
    await connector.imported();
    const { code, stdout } = await connector.run(['explain', csvId(plainPerson(connector.company)), '--fresh']);
    expect(code, stdout).toBe(0);
  });

  test('init writes a config with a path and columns to adapt, which passes check where the file has them', async ({
    connect,
  }) => {
    const connector = await connectCsv(connect);
    const flags = ['--name', 'acme', '--timezone', 'Etc/UTC', '--out', join(connector.folder, 'new.yaml')];
    const made = await connector.run([
      'init',
      '--source',
      'csv',
      '--target',
      'learnamp',
      ...flags,
      '--set',
      'source.path=./people.csv',
    ]);
    expect(made.code, made.stderr).toBe(0);
    const { learnamp } = connector.sandbox;
    const keys = {
      LEARNAMP_BASE_URL: learnamp.url,
      LEARNAMP_CLIENT_ID: learnamp.clientId,
      LEARNAMP_CLIENT_SECRET: learnamp.clientSecret,
    };
    const checked = await connector.run(['check', '-c', 'new.yaml'], keys);
    expect(checked.code, checked.stdout + checked.stderr).toBe(0);
  });
});
