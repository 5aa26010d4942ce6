import { existsSync } from 'node:fs';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect } from 'vitest';
import * as z from 'zod';
import { configText, SECRETS } from '../support/config.js';
import { type Connector, test } from '../support/connector.js';
import { plainPeople } from '../support/people.js';

const fitSchema = z.strictObject({
  field: z.string(),
  takes: z.string().nullable(),
  from: z.string().nullable(),
  type: z.string().nullable(),
  constant: z.string().nullable(),
  verdict: z.enum(['fits', 'mismatch', 'unknown']),
  reason: z.string().nullable(),
});

const checkSchema = z.strictObject({
  format: z.literal(1),
  mapping: z.array(fitSchema),
  exit_code: z.int(),
  sections: z.array(
    z.strictObject({
      title: z.string(),
      findings: z.array(
        z.strictObject({
          level: z.enum(['ok', 'warning', 'error']),
          subject: z.string(),
          message: z.string(),
          cause: z.enum(['credentials', 'config', 'unreachable']).optional(),
        }),
      ),
    }),
  ),
});

/** Runs `check` in both forms, which must agree and change nothing, and gives the errors by section. */
async function troubles(connector: Connector, env = {}): Promise<{ code: number | null; errors: readonly string[] }> {
  const held = JSON.stringify(connector.lms.list());
  const { stdout, code } = await connector.run(['check', '--json'], env);
  const { sections, exit_code } = checkSchema.parse(JSON.parse(stdout));
  expect(exit_code).toBe(code);
  const found = sections.flatMap(({ title, findings }) => findings.map((finding) => ({ title, ...finding })));
  const errors = found.filter(({ level }) => level === 'error');
  const text = await connector.run(['check'], env);
  expect(text.code).toBe(code);
  expect(text.stdout.match(/^✗/gm) ?? []).toHaveLength(errors.length);
  expect(connector.takeWrites()).toEqual([]);
  expect(JSON.stringify(connector.lms.list())).toBe(held);
  return { code, errors: errors.map(({ title, subject, message }) => `${title} ${subject}: ${message}`) };
}

const readable = (...keys: string[]) => ({
  credentials: [{ clientId: 'hr-client', clientSecret: SECRETS.HR_SECRET, readable: keys }],
});

describe('check', () => {
  test('finds nothing where all is well, and leaves no file', async ({ connect }) => {
    const connector = await connect({ people: 20 });
    expect(await troubles(connector)).toEqual({ code: 0, errors: [] });
    expect(existsSync(dirname(connector.stateFile))).toBe(false);
    const { stdout } = await connector.run(['check']);
    expect(stdout).toMatch(/\nReady.*Next: hrsync import-all --dry-run\n$/);
    for (const title of ['Config', 'Personio', 'Learn Amp', 'Mapping', 'State'])
      expect(stdout).toContain(`${title}\n✓`);
    expect(stdout).toContain('20 readable');
  });

  test('--offline looks at the config alone and asks nobody', async ({ connect }) => {
    const connector = await connect({ people: 20 });
    const good = await connector.run(['check', '--offline'], { HR_SECRET: 'wrong-secret-1Hn5' });
    expect(good).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(
        /Config\n✓.*Mapping\n.*Paths\n✓.*\n\nNobody was asked\. Ready.*Next: hrsync check\n$/s,
      ),
    });
    const { sections } = checkSchema.parse(JSON.parse((await connector.run(['check', '--offline', '--json'])).stdout));
    expect(sections.map(({ title }) => title)).toEqual(['Config', 'Mapping', 'Paths']);

    const unset = await connector.run(['check', '--offline'], { LMS_SECRET: undefined });
    expect(unset).toMatchObject({ code: 2, stderr: expect.stringContaining('LMS_SECRET, which is not set') });
    await connector.configure({ mapping: { language: { value: 'klingon' } } });
    expect(await connector.run(['check', '--offline'])).toMatchObject({
      code: 2,
      stdout: expect.stringMatching(/klingon.*Not ready: 1 error\..*Next: hrsync check --offline\n$/s),
    });
    await connector.configure({
      mapping: { job_title: 'manager_id' },
      employees: { filter: [{ field: 'job_title', matching: '(?=a)' }] },
    });
    const bad = await connector.run(['check', '--offline']);
    expect(bad.code).toBe(2);
    expect(bad.stderr).toMatch(/look-ahead/);
    await connector.configure({ mapping: { job_title: 'manager_id' } });
    expect((await connector.run(['check', '--offline'])).stderr).toMatch(
      /hrsync\.yaml:\d+:\d+ .*manager_id.*write: manager/,
    );

    await connector.configure({});
    await chmod(connector.configFile, 0o644);
    const clear = configText(connector.sandbox).replace(
      /client_secret: \$\{LMS_SECRET\}/,
      'client_secret: in-clear-9x',
    );
    await connector.configure(clear.replace(connector.sandbox.learnamp.url, 'https://lms.acme.example'));
    expect((await connector.run(['check', '--offline'])).stdout).toMatch(
      /target\.client_secret stands in the file in clear/,
    );
    expect(connector.takeRequests()).toEqual([]);
    expect(connector.sandbox.personio.requests.list()).toEqual([]);
    expect(existsSync(dirname(connector.stateFile))).toBe(false);
  });

  test('--offline runs no command, knows types and lacking fields of the HR system, and looks at paths', async ({
    connect,
  }) => {
    const connector = await connect({ people: 5 });
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a reference of the config
    const command = '${cmd:touch ran; echo secret-of-the-command}';
    await connector.configure({ source: { client_secret: command } });
    const good = await connector.run(['check', '--offline']);
    expect(good).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/source\.client_secret +comes from a command/),
    });
    await connector.configure({ source: { client_secret: command, base_url: command } });
    const hidden = await connector.run(['check', '--offline']);
    expect(hidden).toMatchObject({ code: 0, stdout: expect.stringMatching(/! source\.base_url .*with 2 warnings/s) });
    expect(existsSync(join(connector.folder, 'ran'))).toBe(false);

    await connector.configure({
      mapping: { hire_date: 'manager', job_title: 'personal_email' },
      document: { state: './hrsync.yaml/acme.db' },
    });
    const bad = await connector.run(['check', '--offline']);
    expect(bad.code).toBe(2);
    expect(bad.stdout).toMatch(/Personio\n✗ attribute personal_email/);
    expect(bad.stdout).toMatch(/✗ hire_date +.*manager/);
    expect(bad.stdout).toMatch(/✗ state +.*hrsync\.yaml is a file/);
    expect(connector.takeRequests()).toEqual([]);
    expect(connector.sandbox.personio.requests.list()).toEqual([]);
  });

  test('wrong credentials on both sides are both named: exit code 8', async ({ connect }) => {
    const connector = await connect({ people: 20 });
    const { code, errors } = await troubles(connector, { HR_SECRET: 'wrong-one-5Tg', LMS_SECRET: 'wrong-two-8Uj' });
    expect(code).toBe(8);
    expect(errors).toEqual([
      expect.stringMatching(/^Personio credentials: refused .*client_secret .*source\.base_url, which is http:\/\/127/),
      expect.stringMatching(/^Learn Amp credentials: refused .*base_url \(http:\/\/127.*client_secret/),
    ]);
  });

  test('attributes, scopes and state that are missing are all named in one go: exit code 8', async ({ connect }) => {
    const scopes = ['users:read', 'teams:read'];
    const connector = await connect({
      people: 20,
      sandbox: {
        personio: readable('first_name', 'last_name', 'email', 'status', 'hire_date', 'termination_date', 'office'),
        learnamp: { keys: [{ clientId: 'lms-key', clientSecret: SECRETS.LMS_SECRET, scopes }] },
      },
      config: { target: { scopes } },
    });
    await mkdir(connector.stateFile, { recursive: true });
    const { code, errors } = await troubles(connector);
    const all = errors.join('\n');
    expect(code).toBe(8);
    for (const field of ['job_title', 'department', 'manager', 'cost_center', 'dynamic_1234567']) {
      expect(all).toContain(`Personio attribute ${field}`);
    }
    expect(all).toMatch(/Learn Amp scopes: .*users:create.*users:deactivate.*teams:create/);
    expect(all).toMatch(/State state: .*acme\.db/);
  });

  test('a field that the HR system does not have: exit code 2', async ({ connect }) => {
    const connector = await connect({
      people: 20,
      config: { mapping: { custom_fields: { Badge: 'employee_number' } } },
    });
    const { code, errors } = await troubles(connector);
    expect(code).toBe(2);
    expect(errors).toEqual([expect.stringMatching(/^Personio attribute employee_number: .*map one of its own keys/)]);
    const run = await connector.run(['import-all']);
    expect(run.code).toBe(2);
    expect(run.stderr).toContain('Personio has no employee_number: its own number of a person is id');
    expect(run.stderr).not.toMatch(/ask an admin/i);
  });

  test('ends that do not answer, or answer with a web page, are both named', async ({ connect }) => {
    const connector = await connect({ people: 20 });
    const html = { times: null, fault: { kind: 'html' } } as const;
    connector.sandbox.personio.faults.add(html);
    connector.sandbox.learnamp.faults.add(html);
    const { code, errors } = await troubles(connector);
    expect(code).not.toBe(0);
    expect(errors).toHaveLength(2);
    for (const error of errors) expect(error).toMatch(/HTML page/);
  });

  test('a state that is no state is named', async ({ connect }) => {
    const connector = await connect({ people: 20 });
    await mkdir(dirname(connector.stateFile));
    await writeFile(connector.stateFile, 'notes, and no state at all\n'.repeat(99));
    const { code, errors } = await troubles(connector);
    expect(code).not.toBe(0);
    expect(errors).toEqual([expect.stringMatching(/^State state: .*acme\.db/)]);
  });

  test('a line of the mapping that fails for most people is named with its place: exit code 2', async ({ connect }) => {
    const connector = await connect({ people: 40, config: { mapping: { email: 'first_name' } } });
    const { code, errors } = await troubles(connector);
    expect(code).toBe(2);
    expect(errors).toEqual([
      expect.stringMatching(
        /mapping\.email \(line \d+\): fails for \d+ of \d+ people, for example #\d+: invalid_email$/,
      ),
    ]);
    const line = /line (\d+)/.exec(errors[0] ?? '')?.[1];
    const lines = (await readFile(connector.configFile, 'utf8')).split('\n');
    expect(lines[Number(line) - 1]).toMatch(/email: .*first_name/);
  });

  test('an HR system that shows nobody at work is a warning that names the rights', async ({ connect }) => {
    const connector = await connect({ people: 5 });
    for (const { id } of connector.company.people)
      connector.hr.apply({ kind: 'set_status', person: id, status: 'inactive' });
    const { code, stdout } = await connector.run(['check']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^! people .*shows nobody who works there: these credentials may lack the right/m);
  });

  test('lines that fail for some people only are no error, and a filter that nobody fits is told', async ({
    connect,
  }) => {
    const connector = await connect({ people: 40 });
    for (const person of plainPeople(connector.company).slice(0, 5))
      connector.hr.apply({ kind: 'change_email', person: person.id, to: 'no address' });
    expect(await troubles(connector)).toEqual({ code: 0, errors: [] });
    const tried = await connector.run(['check']);
    expect(tried.stdout).toMatch(/✓ people\s+tried on \d+ people: \d+ would have an account/);
    await connector.configure({ employees: { filter: [{ field: 'department', in: ['No Such Department'] }] } });
    const { stdout } = await connector.run(['check']);
    expect(stdout).toMatch(/! people\s+tried on \d+ people: 0 would have an account, \d+ out of scope/);
  });

  test('a config with a mistake is refused before anything is asked: exit code 2', async ({ connect }) => {
    const connector = await connect({ people: 20, config: { mapping: { job_titel: 'job_title' } } });
    const { code, stderr } = await connector.run(['check']);
    expect(code).toBe(2);
    expect(stderr).toContain('job_titel');
    expect(connector.takeRequests()).toEqual([]);
  });

  test('an HR system or a learning platform that cannot be reached ends as a run does that meets it', async ({
    connect,
  }) => {
    const connector = await connect({ people: 20 });
    const nowhere = { base_url: 'http://127.0.0.1:9' };
    for (const [changes, expected] of [
      [{ source: nowhere }, 6],
      [{ target: nowhere }, 4],
      [{ source: nowhere, target: nowhere }, 6],
    ] as const) {
      await connector.configure(changes);
      const codes = [(await connector.run(['check'])).code, (await connector.run(['import-all'])).code];
      expect(codes, JSON.stringify(changes)).toEqual([expected, expected]);
    }
  });
});
