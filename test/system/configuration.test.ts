import { existsSync } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { describe, expect } from 'vitest';
import { configText } from '../support/config.js';
import { day, test } from '../support/connector.js';
import { errorDocument } from '../support/document.js';
import { rowsOfPart } from '../support/part.js';

/** An address at which nobody listens. */
async function nobodyThere(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
}

describe('a config that cannot be used', () => {
  test('a mistyped key is refused with its place and what to write instead', async ({ connect }) => {
    const connector = await connect();
    const text = configText(connector.sandbox).replace('  job_title: job_title', '  job_titel: job_title');
    const line = text.split('\n').findIndex((one) => one.includes('job_titel')) + 1;
    await connector.configure(text);
    const { code, stdout, stderr } = await connector.run(['import-all']);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(new RegExp(`hrsync\\.yaml:${line}:3 .*job_titel.*write: job_title`));
    expect(connector.takeRequests()).toEqual([]);
    const json = errorDocument((await connector.run(['import-all', '--json'])).stdout);
    expect(json).toMatchObject({ exit_code: 2, error: { name: 'ConfigError', problems: [{ line, column: 3 }] } });
  });

  test('every problem is told at once', async ({ connect }) => {
    const connector = await connect({
      config: { document: { timezone: 'Europe/Berlim', nmae: 'acme' }, safety: { max_deactivations: 'some' } },
    });
    const { code, stderr } = await connector.run(['import-all']);
    expect(code).toBe(2);
    expect(stderr).toContain('Europe/Berlin');
    expect(stderr).toContain('nmae');
    expect(stderr).toContain('max_deactivations');
  });

  test('a variable that is not set is named, and the secrets that are set are not told', async ({ connect }) => {
    const connector = await connect();
    const { code, stderr } = await connector.run(['import-all'], { LMS_SECRET: undefined });
    expect(code).toBe(2);
    expect(stderr).toMatch(/hrsync\.yaml:\d+:\d+ .*LMS_SECRET/);
  });

  test('a config that is not there, or not YAML, is a sentence and no stack', async ({ connect }) => {
    const connector = await connect();
    const missing = await connector.run(['import-all', '--config', 'nowhere.yaml']);
    expect(missing.code).toBe(2);
    expect(missing.stderr).toContain('nowhere.yaml');
    await connector.configure('version: 1\n  name: [acme\n');
    const broken = await connector.run(['import-all']);
    expect(broken.code).toBe(2);
    expect(broken.stderr).toMatch(/hrsync\.yaml:\d+:\d+/);
    const other = await connector.run(['status', '--config', connector.folder]);
    expect(other.code).toBe(2);
  });

  test('the config may stand elsewhere, as a flag or a variable says', async ({ connect }) => {
    const connector = await connect({ people: 20 });
    await mkdir(join(connector.folder, 'etc'));
    await rename(connector.configFile, join(connector.folder, 'etc', 'acme.yaml'));
    expect((await connector.run(['import-all', '--dry-run'])).code).toBe(2);
    expect((await connector.run(['import-all', '--dry-run', '-c', 'etc/acme.yaml'])).code).toBe(0);
    const { code } = await connector.run(['import-all'], { HRSYNC_CONFIG: 'etc/acme.yaml' });
    expect(code).toBe(0);
    expect(existsSync(join(connector.folder, 'etc', 'state', 'acme.db'))).toBe(true);
  });
});

describe('ends that cannot be reached', () => {
  test('a base_url of another server is named with the setting, and the credentials are not blamed', async ({
    connect,
  }) => {
    const connector = await connect({ people: 20 });
    await connector.configure({ target: { base_url: connector.sandbox.personio.url } });
    const { code, stderr } = await connector.run(['import-all']);
    expect(code).not.toBe(0);
    expect(stderr).toContain(`${connector.sandbox.personio.url}/oauth/token`);
    expect(stderr).toContain('"base_url"');
    expect(stderr).not.toMatch(/credentials/);
  });

  test.for(
    rowsOfPart([
      ['HR_SECRET', /Personio rejected the credentials/],
      ['LMS_SECRET', /Learn Amp rejected the credentials/],
    ] as const),
  )('a wrong %s ends with exit code 8 and changes nothing', async ([name, says], { connect }) => {
    const connector = await connect({ people: 20 });
    const { code, stderr } = await connector.run(['import-all'], { [name]: 'wrong-secret-1Hn5' });
    expect(stderr).toMatch(says);
    expect(stderr).toContain('hrsync check');
    expect(code).toBe(8);
    expect(connector.takeWrites()).toEqual([]);
    await connector.imported();
  });

  test.for(
    rowsOfPart([
      ['source', 6, 'Personio'],
      ['target', 4, 'Learn Amp'],
    ] as const),
  )('a %s at which nobody listens: exit code %i', async ([side, code, system], { connect }) => {
    const connector = await connect({ people: 20 });
    await connector.configure({ [side]: { base_url: await nobodyThere() } });
    const ended = await connector.run(['import-all']);
    expect(ended.code).toBe(code);
    expect(ended.stderr).toContain(`${system} could not be reached`);
    await connector.configure({});
    await connector.imported();
  });
});

describe('a state that cannot be used', () => {
  test('a folder in its place, or a file as its folder, is told in a sentence', async ({ connect }) => {
    const connector = await connect({ people: 20 });
    await mkdir(connector.stateFile, { recursive: true });
    const folder = await connector.run(['import-all']);
    expect(folder.code).not.toBe(0);
    expect(folder.stderr).toMatch(/state file .*acme\.db.*cannot be used/);
    await connector.configure({ document: { state: './hrsync.yaml/acme.db' } });
    const file = await connector.run(['import-all']);
    expect(file.code).not.toBe(0);
    expect(file.stderr).toMatch(/state file .*acme\.db.*cannot be used|hrsync\.yaml/);
    expect(connector.takeRequests()).toEqual([]);
  });

  test('a file that is no database is left as it is', async ({ connect }) => {
    const connector = await connect({ people: 20 });
    await mkdir(dirname(connector.stateFile));
    await writeFile(connector.stateFile, 'these are my notes, and no state of hrsync at all\n'.repeat(99));
    for (const command of [['import-all'], ['import-all', '--dry-run'], ['status']]) {
      const { code, stderr } = await connector.run(command);
      expect(code).toBe(1);
      expect(stderr).toMatch(/not an SQLite database/);
    }
    expect(connector.takeRequests()).toEqual([]);
  });

  test('the state of another connector is refused', async ({ connect }) => {
    const connector = await connect({ people: 20 });
    await connector.imported();
    await connector.configure({ target: { base_url: 'https://api.learnamp.example' } });
    for (const command of [['import-all'], ['import-all', '--dry-run'], ['status']]) {
      const { code, stderr } = await connector.run(command);
      expect(code).toBe(1);
      expect(stderr).toMatch(/belongs to learnamp loopback, but the config is for learnamp api\.learnamp\.example/);
    }
  });

  test('a second run while one works ends at once with exit code 7', async ({ connect }) => {
    const connector = await connect({ people: 20 });
    const { faults } = connector.sandbox.personio;
    faults.add({ match: { route: 'employees' }, fault: { kind: 'timeout_before_commit', answerAfter: 3_000 } });
    const first = connector.start(['import-all']);
    await expect.poll(() => faults.list()[0]?.struck, { timeout: 10_000 }).toBe(1);
    const second = await connector.run(['import-all']);
    expect(second.code).toBe(7);
    expect(second.stderr).toMatch(/Another run is using .*acme\.db/);
    const dry = await connector.run(['import-all', '--dry-run']);
    expect(dry.code).toBe(0);
    expect((await first.ended).code).toBe(0);
    await connector.imported();
  });
});

describe('a command line that makes no sense', () => {
  const wrong: readonly (readonly [args: readonly string[], says: RegExp])[] = [
    [['import-al'], /unknown command|import-all/],
    [['import-all', '--dryrun'], /unknown option.*dryrun/],
    [['import-all', '--allow', 'everything'], /KIND=N/],
    [['import-all', '--allow', 'deactivate=-1'], /KIND=N/],
    [['import-all', '--max-minutes', 'soon'], /number of minutes/],
    [['import-all', '--as-of', day(1)], /add --dry-run/],
    [['import-all', '--dry-run', '--as-of', 'tomorrow'], /a day such as/],
    [['import-all', '--detailed-exitcode'], /add --dry-run/],
    [['import-all', '--only', ''], /Name a person/],
    [['import-all', 'now'], /too many arguments/],
    [['status', '--max-age', 'a while'], /a duration such as 26h/],
    [['invite', 'send'], /missing required argument/],
  ];
  test('is refused with exit code 2 and words about what to write', async ({ connect }) => {
    const connector = await connect({ people: 20 });
    for (const [args, says] of wrong) {
      const { code, stdout, stderr } = await connector.run(args);
      expect({ args, code, stdout }).toEqual({ args, code: 2, stdout: '' });
      expect(stderr).toMatch(says);
    }
    expect(connector.takeRequests()).toEqual([]);
  });

  test('a person whom nobody knows is said to be unknown', async ({ connect }) => {
    const connector = await connect({ people: 20 });
    const { code, stderr } = await connector.run(['import-all', '--dry-run', '--only', 'nobody-here']);
    expect(stderr).toContain('Nobody called "nobody-here"');
    expect(code).toBe(2);
  });
});
