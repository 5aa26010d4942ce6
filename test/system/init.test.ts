import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { SECRETS } from '../support/config.js';
import { type Connector, test } from '../support/connector.js';
import { within } from '../support/server.js';
import { type AtTerminal, hasTerminals, startAtTerminal } from '../support/terminal.js';

const BASICS = ['--source', 'personio', '--target', 'learnamp', '--name', 'acme', '--timezone', 'Europe/Berlin'];
const KEYS = {
  PERSONIO_CLIENT_ID: 'hr-client',
  PERSONIO_CLIENT_SECRET: SECRETS.HR_SECRET,
  LEARNAMP_CLIENT_ID: 'lms-key',
  LEARNAMP_CLIENT_SECRET: SECRETS.LMS_SECRET,
};

function addresses({ sandbox }: Connector): readonly string[] {
  const { personio, learnamp } = sandbox;
  return ['--set', `source.base_url=${personio.url}`, '--set', `target.base_url=${learnamp.url}`];
}

/** Types each answer once its question is shown. */
async function answer(run: AtTerminal, ...answers: readonly (readonly [question: string, typed: string])[]) {
  for (const [question, typed] of answers) {
    await within(20, () => lastLineOf(run).includes(question));
    run.type(`${typed}\r`);
    await within(20, () => !lastLineOf(run).includes(question) || lastLineOf(run).includes(`${question}: ${typed}`));
  }
}

function lastLineOf(run: AtTerminal): string {
  return run.shown().split('\n').at(-1) ?? '';
}

describe('init', () => {
  test('writes a config that check passes, with a mapping that fits both sides', async ({ connect }) => {
    const connector = await connect({ people: 20 });
    const args = ['init', ...BASICS, ...addresses(connector), '--out', 'new.yaml', '--check'];
    const { code, stdout, stderr } = await connector.run(args, KEYS);
    expect(code, stderr).toBe(0);
    expect(stdout).toContain(`Wrote ${join(connector.folder, 'new.yaml')}`);
    const text = await readFile(join(connector.folder, 'new.yaml'), 'utf8');
    expect((await stat(join(connector.folder, 'new.yaml'))).mode & 0o777).toBe(0o600);
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a reference of the config
    expect(text).toContain('client_secret: ${PERSONIO_CLIENT_SECRET}');
    expect(text).toMatch(/\n {2}hire_date: start_date\n/);
    expect(text).toMatch(/# {3}dynamic_1234567 {3}.*\(integer\)/);
    expect(text).not.toMatch(/leave_date: /);
    const checked = await connector.run(['check', '-c', 'new.yaml'], KEYS);
    expect(checked.code, checked.stdout).toBe(0);
    expect((await connector.run(['import-all', '--dry-run', '-c', 'new.yaml'], KEYS)).code).toBe(0);
  });

  test('takes references for secrets only, and never writes over a file', async ({ connect }) => {
    const connector = await connect({ people: 10 });
    const clear = await connector.run(['init', ...BASICS, '--out', 'x.yaml', '--set', 'target.client_secret=abc']);
    expect(clear.code).toBe(2);
    expect(clear.stderr).toMatch(/takes a reference such as/);
    await writeFile(join(connector.folder, 'there.yaml'), 'precious');
    const over = await connector.run(['init', ...BASICS, '--out', 'there.yaml']);
    expect(over.code).toBe(2);
    expect(await readFile(join(connector.folder, 'there.yaml'), 'utf8')).toBe('precious');
  });

  test('without a terminal it names every flag that is missing, and refuses what there is not', async ({ connect }) => {
    const connector = await connect({ people: 10 });
    const { code, stderr } = await connector.run(['init', '--name', 'acme']);
    expect(code).toBe(2);
    expect(stderr).toContain('--source, --target, --timezone must be given');
    const zone = await connector.run(['init', ...BASICS, '--timezone', 'Europe/Berln']);
    expect(zone.code).toBe(2);
    expect(zone.stderr).toContain('--timezone Europe/Berln is not a time zone');
    expect((await connector.run(['init', ...BASICS, '--out', 'x.yaml', '--set', 'target.passwd=x'])).stderr).toContain(
      'is no setting of target',
    );
  });

  test('--check that is refused writes nothing and exits with 8', async ({ connect }) => {
    const connector = await connect({ people: 10 });
    const args = ['init', ...BASICS, ...addresses(connector), '--out', 'new.yaml', '--check'];
    const { code, stdout } = await connector.run(args, { ...KEYS, LEARNAMP_CLIENT_SECRET: 'wrong-secret-12' });
    expect(code).toBe(8);
    expect(stdout).toContain('Nothing was written.');
    await expect(stat(join(connector.folder, 'new.yaml'))).rejects.toThrow('ENOENT');
  });

  test('--check without the variables keeps the answers: the file is written, and each variable named', async ({
    connect,
  }) => {
    const connector = await connect({ people: 10 });
    const args = ['init', ...BASICS, ...addresses(connector), '--out', 'new.yaml', '--check'];
    const { code, stdout, stderr } = await connector.run(args);
    expect(code).toBe(2);
    expect(stdout).toContain(`Wrote ${join(connector.folder, 'new.yaml')}\nIt was not checked`);
    expect(stdout).toContain(
      `Set ${Object.keys(KEYS).join(', ')} in the environment, then: hrsync check --config new.yaml`,
    );
    expect(stderr).toBe('');
    expect((await connector.run(['check', '-c', 'new.yaml'], KEYS)).code).toBe(0);
    const json = await connector.run([
      'init',
      ...BASICS,
      ...addresses(connector),
      '--out',
      'other.yaml',
      '--check',
      '--json',
    ]);
    expect(json.stderr).toMatch(/not checked: PERSONIO_CLIENT_ID, .* not set/);
    expect(JSON.parse(json.stdout)).toMatchObject({ exit_code: 2, unset_variables: Object.keys(KEYS) });
  });

  test('--check at a terminal asks for them, shows no secret, and writes none', async ({ connect, onTestFinished }) => {
    const connector = await connect({ people: 10 });
    const place = { folder: connector.folder, env: {} };
    const args = ['init', ...BASICS, ...addresses(connector), '--out', 'new.yaml', '--check'];
    const run = startAtTerminal('real', args, place);
    onTestFinished(() => run.kill());
    if (hasTerminals()) {
      await answer(run, ['Client id', 'hr-client'], ['Client secret', SECRETS.HR_SECRET]);
      await answer(run, ['Client id (Company', 'lms-key'], ['Client secret (not', SECRETS.LMS_SECRET]);
      expect((await run.ended).code, run.shown()).toBe(0);
      expect(run.shown()).toContain('Set PERSONIO_CLIENT_SECRET, LEARNAMP_CLIENT_SECRET in the environment');
      expect(run.shown()).toContain('hr-client');
    } else expect((await run.ended).code, run.shown()).toBe(2);
    const text = await readFile(join(connector.folder, 'new.yaml'), 'utf8');
    for (const secret of Object.values(SECRETS)) expect(text + run.shown()).not.toContain(secret);
  });

  test('--check that finds a fault says how to repeat it without answering again', async ({ connect }) => {
    const connector = await connect({ people: 10 });
    const args = ['init', ...BASICS, ...addresses(connector), '--out', 'new.yaml', '--check'];
    const { stdout } = await connector.run(args, { ...KEYS, LEARNAMP_CLIENT_SECRET: 'wrong-secret-12' });
    expect(stdout).toContain('hrsync init --source personio --target learnamp --name acme --timezone Europe/Berlin');
  });
});
