import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import * as z from 'zod';
import { type ConfigChanges, configText } from '../support/config.js';
import { type Connector, day, test } from '../support/connector.js';
import { CSV_COLUMNS, configureCsv, csvOf, writeExport } from '../support/csv.js';
import { hire, plainPeople, plainPerson, unitName } from '../support/people.js';

const changesOf = z.array(z.object({ kind: z.string(), employee: z.object({ id: z.string() }) }));
const documentSchema = z.object({
  format: z.literal(1),
  exit_code: z.number(),
  differs: z.boolean(),
  config: z.object({ present: z.string(), new: z.string(), changed: z.array(z.string()) }),
  source: z.object({ read_once: z.boolean(), employees: z.number() }),
  new: z.object({ safety: z.object({ verdict: z.string() }) }),
  changes: z.object({
    added: changesOf,
    removed: changesOf,
    different: z.array(z.object({ new: z.object({ fields: z.record(z.string(), z.object({ after: z.unknown() })) }) })),
  }),
  summary: z.object({ same: z.number() }),
  skipped: z.object({ added: z.array(z.object({ employee: z.object({ id: z.string() }), reason: z.string() })) }),
});

async function writeNew(connector: Connector, config: ConfigChanges | string): Promise<void> {
  const text = typeof config === 'string' ? config : configText(connector.sandbox, config);
  await writeFile(join(connector.folder, 'new.yaml'), text, { mode: 0o600 });
}

async function impactOf(connector: Connector, config: ConfigChanges | string, ...flags: readonly string[]) {
  await writeNew(connector, config);
  const { code, stdout, stderr } = await connector.run(['impact', 'new.yaml', '--json', ...flags]);
  expect(stdout, stderr).toMatch(/^\{\n {2}"format": 1,\n {2}"connector"/);
  return { code, stderr, ...documentSchema.parse(JSON.parse(stdout)) };
}

/** How many requests for employees a piece of work makes. */
async function requestsOf(connector: Connector, work: () => Promise<unknown>): Promise<number> {
  connector.sandbox.personio.requests.clear();
  await work();
  return connector.sandbox.personio.requests.list().filter(({ route }) => route === 'employees').length;
}

describe('impact', () => {
  test('shows whom a narrower filter would end, reads HR once, writes nothing and sends nothing', async ({
    connect,
  }) => {
    const connector = await connect({ people: 60, config: { safety: { min_population: 200 } } });
    await connector.imported();
    const { company } = connector;
    const left = unitName(company.departments, plainPerson(company).departmentId);
    const state = await readFile(connector.stateFile);
    const once = await requestsOf(connector, () => connector.json(['import-all', '--dry-run']));
    connector.takeRequests();
    const narrower = {
      employees: { filter: [{ field: 'department', not_in: [left] }] },
      deactivation: { out_of_scope: 'deactivate' },
      safety: { min_population: 200 },
    };
    expect(await requestsOf(connector, () => impactOf(connector, narrower))).toBe(once);
    const impact = await impactOf(connector, narrower);
    const ends = impact.changes.added.filter(({ kind }) => kind === 'deactivate').map(({ employee }) => employee.id);
    expect(ends).toContain(String(plainPerson(company).id));
    expect(impact).toMatchObject({ code: 0, differs: true, source: { read_once: true, employees: 60 } });
    expect(impact.config.changed).toEqual(['employees.filter', 'deactivation']);
    expect(connector.takeWrites()).toEqual([]);
    expect(await readFile(connector.stateFile)).toEqual(state);
  });

  test('tells by its exit code whether anything differs, where it is asked to', async ({ connect }) => {
    const connector = await connect();
    await connector.imported();
    const upper = { mapping: { job_title: { from: 'job_title', case: 'upper' } } };
    expect(await impactOf(connector, upper, '--detailed-exitcode')).toMatchObject({ code: 3, exit_code: 3 });
    expect(await impactOf(connector, {}, '--detailed-exitcode')).toMatchObject({ code: 0, differs: false });
  });

  test('tells what both configs do to a person with other values, and what they do alike', async ({ connect }) => {
    const connector = await connect();
    await connector.imported();
    const [one, other] = plainPeople(connector.company);
    if (one === undefined || other === undefined) throw new Error('the company is too small');
    one.position = 'Head of Paper';
    other.lastName = 'Newname';
    const impact = await impactOf(connector, { mapping: { job_title: { template: '{job_title}!' } } });
    expect(impact.changes.different.map(({ new: change }) => change.fields['job_title']?.after)).toContain(
      'Head of Paper!',
    );
    const present = await connector.json(['import-all', '--dry-run']);
    expect(impact.changes.removed).toEqual([]);
    expect(impact.summary.same + impact.changes.different.length).toBe(present.changes.length);
  });

  test('names who is newly left out, and the refusal that a run would meet', async ({ connect }) => {
    const connector = await connect({ people: 60 });
    await connector.imported();
    const impact = await impactOf(connector, { mapping: { email: 'first_name' } });
    expect(impact.new.safety.verdict).toBe('refused');
    expect(impact.skipped.added.length).toBeGreaterThan(40);
    expect(new Set(impact.skipped.added.map(({ reason }) => reason))).toEqual(new Set(['invalid_email']));
    expect(impact.stderr).toMatch(/with the new config: refused by safety: \d+ people would be left out/);
  });

  test('judges a first import as well, before there is a state', async ({ connect }) => {
    const connector = await connect();
    hire(connector, 'Nora', day(9));
    const impact = await impactOf(connector, { invitations: { send: 'immediately' } });
    expect(impact.changes.added.filter(({ kind }) => kind === 'create').length).toBeGreaterThan(0);
    await expect(readFile(connector.stateFile)).rejects.toThrow('ENOENT');
  });

  test('reads a file with each config where they read it differently', async ({ connect }) => {
    const connector = await connect();
    await configureCsv(connector, { source: { columns: CSV_COLUMNS } });
    await writeExport(connector, csvOf(connector.company));
    await connector.imported();
    const present = await readFile(connector.configFile, 'utf8');
    const impact = await impactOf(
      connector,
      present.replace(/^ {2}type: csv$/m, '  type: csv\n  empty_values: ["", "Berlin"]'),
    );
    expect(impact).toMatchObject({ code: 0, source: { read_once: false }, config: { changed: ['source'] } });
  });

  test('reads as text with the endings first and a summary last', async ({ connect }) => {
    const connector = await connect({ people: 60 });
    await connector.imported();
    const left = unitName(connector.company.departments, plainPerson(connector.company).departmentId);
    await writeNew(connector, {
      mapping: { job_title: { from: 'job_title', case: 'upper' } },
      employees: { filter: [{ field: 'department', not_in: [left] }] },
      deactivation: { out_of_scope: 'deactivate' },
      safety: { min_population: 200 },
    });
    const { stdout } = await connector.run(['impact', 'new.yaml']);
    expect(stdout).toMatch(/Only the new config\n\nDeactivate \d+\n[\s\S]*\nUpdate \d+\n/);
    expect(stdout).toMatch(
      /\nThe new config makes \d+ more changes \([^)]+\);[^\n]* Nothing was sent and nothing was written\.\n$/,
    );
  });

  test('refuses a config of another company, one that is not valid, and one that is not there', async ({ connect }) => {
    const connector = await connect();
    const refused = async (config: ConfigChanges) => {
      await writeNew(connector, config);
      const { code, stderr } = await connector.run(['impact', 'new.yaml']);
      expect(code).toBe(2);
      return stderr;
    };
    expect(await refused({ document: { name: 'other' } })).toContain('name is acme in one and other in the other');
    expect(await refused({ target: { base_url: 'https://beta.learnamp.example' } })).toContain(
      'are not two configs of one company: target is',
    );
    expect(await refused({ document: { colour: 'red' } })).toMatch(/new\.yaml:\d+:1 {2}colour: is not a key/);
    const { code, stderr } = await connector.run(['impact', 'nowhere.yaml']);
    expect([code, stderr]).toEqual([
      2,
      expect.stringMatching(/NEW-CONFIG names .*nowhere\.yaml, and there is no such file/),
    ]);
  });
});
