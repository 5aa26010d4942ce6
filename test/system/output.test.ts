import { describe, expect } from 'vitest';
import { SECRETS } from '../support/config.js';
import { type Connector, day, test } from '../support/connector.js';
import { errorDocument, runDocument } from '../support/document.js';
import { hire, plainPerson } from '../support/people.js';

const CLEAR = '\u001b[2J\u001b]0;owned\u0007';
const HOSTILE: readonly (readonly [what: string, name: string])[] = [
  ['terminal escapes', `Ada${CLEAR}`],
  ['HTML', '<script>alert("x")</script><img src=x onerror=y>'],
  ['a formula', '=HYPERLINK("http://evil.example","x")'],
  ['marks that turn the reading direction', '\u202Eadaleva\u2066\u200F'],
  ['10,000 characters', 'x'.repeat(10_000)],
  ['the name of a prototype', '__proto__'],
  ['line breaks and a forged log line', 'Ada\n2026-11-24T02:00:00Z info  acme: all is well\r\n'],
  ['marks stacked on one letter', `e${'\u0301'.repeat(500)}`],
  ['half a character', 'Ada\uD83D'],
];

describe('names that are meant to harm', () => {
  test('are shown harmlessly in every output, and reach Learn Amp as data', async ({ connect }) => {
    const connector = await connect({ people: 20 });
    const people = HOSTILE.map(([, name], index) => {
      const person = hire(connector, `newcomer${index}`, day(index % 2 === 0 ? 0 : 3));
      connector.hr.apply({ kind: 'change_name', person: person.id, firstName: name });
      return { ...person, firstName: name };
    });
    // Every run is held to harmless output by the connector itself.
    const dry = await connector.run(['import-all', '--dry-run']);
    expect(dry.code, dry.stderr).toBe(0);
    expect(Math.max(...dry.stdout.split('\n').map((line) => line.length))).toBeLessThan(400);
    runDocument((await connector.run(['import-all', '--dry-run', '--json'])).stdout);
    const verbose = await connector.run(['import-all', '--verbose']);
    expect(verbose.stderr.split('\n').filter((line) => line !== '' && !/^\S+Z (info|note|error) /.test(line))).toEqual(
      [],
    );
    for (const command of [['invite', 'list'], ['status'], ['status', '--json'], ['invite', 'list', '--json']]) {
      expect((await connector.run(command)).code).toBe(0);
    }
    const script = people.find(({ firstName }) => firstName.startsWith('=HYPER'));
    expect(script && connector.account(script).firstName).toBe(script?.firstName);
    expect((await connector.imported()).changes).toEqual([]);
  });
});

describe('what a run prints', () => {
  test('--json is one document with the promised keys on success, refusal and error', async ({ connect }) => {
    const connector = await connect({ people: 30, config: { safety: { max_creates: 3 } } });
    const refused = await connector.run(['import-all', '--json']);
    expect(runDocument(refused.stdout)).toMatchObject({ exit_code: 5, dry_run: false, safety: { verdict: 'refused' } });
    const done = await connector.json(['import-all', '--allow', 'create=30']);
    expect(done).toMatchObject({ format: 1, connector: 'acme', run: 2, exit_code: 0 });
    const unlinked = connector.company.people.length - done.summary.create;
    expect(done.skipped.length + done.summary.scheduled).toBeLessThanOrEqual(unlinked + 3);
    expect((await connector.json(['import-all'])).changes).toEqual([]);
    connector.sandbox.personio.faults.add({ times: null, fault: { kind: 'status', status: 403 } });
    const broken = await connector.run(['import-all', '--json']);
    expect(broken.code).toBe(8);
    expect(errorDocument(broken.stdout)).toMatchObject({ exit_code: 8, error: { name: 'CredentialsError' } });
    expect(broken.stderr).not.toBe('');
  });

  test('a run that does something tells each change in a line, without names', async ({ connect }) => {
    const connector = await connect({ people: 30 });
    await connector.imported();
    const person = plainPerson(connector.company);
    connector.hr.apply({ kind: 'promote', person: person.id, to: 'Promoted' });
    const { stdout, stderr } = await connector.run(['import-all']);
    const lines = stderr.trimEnd().split('\n');
    for (const line of lines) expect(line).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ (info|note|error) {1,2}acme: /);
    expect(stderr).toMatch(new RegExp(`update done employee=${person.id} account=\\d+ fields=job_title\\n`));
    expect(stdout.trimEnd().split('\n')).toHaveLength(1);
    expect(stdout).toMatch(/Done in .*: 1 updated/);
  });

  test('--verbose adds names and addresses, and every request without what is secret in it', async ({ connect }) => {
    const connector = await connect({ people: 30 });
    await connector.imported();
    const person = plainPerson(connector.company);
    connector.hr.apply({ kind: 'promote', person: person.id, to: 'Promoted' });
    const { stderr } = await connector.run(['import-all', '--verbose']);
    expect(stderr).toContain(`email=${person.email}`);
    expect(stderr).toContain('/v1/company/employees');
  });

  test('--quiet prints nothing when all is well, and what went wrong when it is not', async ({ connect }) => {
    const connector = await connect({ people: 30 });
    expect(await connector.run(['import-all', '--quiet'])).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(await connector.run(['import-all', '--quiet'])).toEqual({ code: 0, stdout: '', stderr: '' });
    connector.sandbox.personio.faults.add({ times: null, fault: { kind: 'empty_list' } });
    const { code, stderr } = await connector.run(['import-all', '--quiet']);
    expect(code).toBe(6);
    expect(stderr).toContain('no employee at all');
  });

  test('a dry run reads like a plan: who, what, before and after', async ({ connect }) => {
    const connector = await connect({ people: 30 });
    await connector.imported();
    const promoted = plainPerson(connector.company);
    const leaver = plainPerson(connector.company, 1);
    connector.hr.apply({ kind: 'promote', person: promoted.id, to: 'Principal' });
    connector.hr.apply({ kind: 'terminate', person: leaver.id, on: day(-1) });
    const { stdout } = await connector.run(['import-all', '--dry-run']);
    expect(stdout).toContain(`${promoted.firstName} ${promoted.lastName} <${promoted.email}> #${promoted.id}`);
    expect(stdout).toMatch(/job_title +.* → Principal\n/);
    expect(stdout).toContain(`#${leaver.id}`);
    expect(stdout).toMatch(/HR status is inactive|last day was/);
    expect(stdout).toMatch(/Safety +go: 1 to deactivate, at most \d+ of \d+ accounts/);
  });

  test('a reader that goes away ends neither the run nor in a stack', async ({ connect }) => {
    const connector = await connect({ people: 60 });
    const running = connector.start(['import-all', '--verbose', '--json']);
    running.child.stdout?.destroy();
    running.child.stderr?.destroy();
    expect((await running.ended).code).toBe(0);
    expect((await connector.imported()).changes).toEqual([]);
  });

  test('a secret that stands in the config in clear works, with a warning, and stays out of everything', async ({
    connect,
  }) => {
    const connector = await connect({ people: 20 });
    await connector.configure({ target: { client_secret: SECRETS.LMS_SECRET } });
    expect((await connector.run(['import-all', '--verbose'])).code).toBe(0);
    await connector.configure({
      target: { base_url: 'https://lms.acme.example', client_secret: SECRETS.LMS_SECRET },
      document: { state: './state/other.db' },
    });
    const { stderr } = await connector.run(['status', '--verbose']);
    expect(stderr).toMatch(/note .*target\.client_secret stands in the file in clear/);
  });
});

describe('flags of import-all', () => {
  const promoteTwo = (connector: Connector) => {
    const one = plainPerson(connector.company);
    const other = plainPerson(connector.company, 1);
    for (const { id } of [one, other]) connector.hr.apply({ kind: 'promote', person: id, to: 'Promoted' });
    return [one, other] as const;
  };

  test('--detailed-exitcode tells by 3 that a dry run found changes', async ({ connect }) => {
    const connector = await connect({ people: 30 });
    expect((await connector.run(['import-all', '--dry-run', '--detailed-exitcode'])).code).toBe(3);
    await connector.imported();
    expect((await connector.run(['import-all', '--dry-run', '--detailed-exitcode'])).code).toBe(0);
    promoteTwo(connector);
    const { code, stdout } = await connector.run(['import-all', '--dry-run', '--detailed-exitcode', '--json']);
    expect(code).toBe(3);
    expect(runDocument(stdout).exit_code).toBe(3);
  });

  test('--only does one person, by id or address, and leaves the rest for later', async ({ connect }) => {
    const connector = await connect({ people: 30 });
    await connector.imported();
    const [one, other] = promoteTwo(connector);
    const { changes } = await connector.imported('--only', String(one.id));
    expect(changes.map(({ employee }) => employee.id)).toEqual([String(one.id)]);
    expect(connector.account(other).jobTitle).not.toBe('Promoted');
    await connector.imported('--only', (other.email ?? '').toUpperCase());
    expect(connector.account(other).jobTitle).toBe('Promoted');
    expect((await connector.imported()).changes).toEqual([]);
  });

  test('--only concludes nothing about anybody else, gone people and invitations included', async ({ connect }) => {
    const connector = await connect({
      people: 30,
      config: { deactivation: { missing: { after_runs: 1, after_days: 0 } } },
    });
    await connector.imported();
    const ada = hire(connector, 'Ada', day(4));
    const scheduled = (await connector.imported()).scheduled;
    const one = plainPerson(connector.company);
    const gone = plainPerson(connector.company, 1);
    connector.hr.apply({ kind: 'delete', person: gone.id });
    expect((await connector.imported('--only', String(one.id))).changes).toEqual([]);
    expect(connector.account(gone).status).not.toBe('deactivated');
    const list = await connector.run(['invite', 'list']);
    expect(list.stdout).toMatch(new RegExp(`scheduled +#${ada.id} `));
    expect((await connector.run(['status'])).stdout).toMatch(new RegExp(`Scheduled +${scheduled.length}\n`));
  });

  test('--max-minutes ends a run with exit code 10, and the next one goes on', async ({ connect }) => {
    const connector = await connect({ people: 60, config: { target: { requests_per_second: 20, concurrency: 1 } } });
    const { code, stdout } = await connector.run(['import-all', '--max-minutes', '0.02']);
    expect(code).toBe(10);
    expect(stdout).toMatch(/the time or request budget ended; the next run goes on from there/);
    const made = connector.lms.list().length;
    expect(made).toBeGreaterThan(1);
    await connector.configure({});
    const { summary } = await connector.imported();
    expect(summary.create).toBeGreaterThan(0);
    expect(connector.lms.list().length).toBeGreaterThan(made);
  });

  test('max_requests_per_run ends a run with exit code 10, and each next one goes on from there', async ({
    connect,
  }) => {
    const connector = await connect({ people: 120, config: { target: { max_requests_per_run: 100, concurrency: 1 } } });
    const first = await connector.json(['import-all']);
    expect(first.exit_code).toBe(10);
    const reasons = new Set(first.changes.flatMap(({ outcome, error }) => (outcome === 'deferred' ? [error] : [])));
    expect([...reasons].join()).toMatch(
      /^the request budget of Learn Amp is used up: this run has sent 10\d requests$/,
    );
    const made = connector.lms.list().length;
    let code: number | null = 10;
    for (let runs = 0; code === 10 && runs < 10; runs += 1) code = (await connector.run(['import-all'])).code;
    expect(code).toBe(0);
    const addresses = connector.lms.list().map(({ email }) => email);
    expect(addresses.length).toBeGreaterThan(made);
    expect(new Set(addresses).size).toBe(addresses.length);
  });

  test('max_requests_per_run that planning alone uses up says which setting to raise', async ({ connect }) => {
    const connector = await connect({ people: 30, config: { target: { max_requests_per_run: 5 } } });
    const { code, stderr } = await connector.run(['import-all']);
    expect(code).toBe(10);
    expect(stderr).toContain('before the first change: raise target.max_requests_per_run');
    expect(connector.takeWrites()).toEqual([]);
  });
});
