import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { type Connector, test } from '../support/connector.js';
import { runDocument } from '../support/document.js';
import { within } from '../support/server.js';
import { hasTerminals, startAtTerminal } from '../support/terminal.js';

/** A sandbox that the built command runs, which other commands find; its config is `rehearsal.yaml`. */
async function rehearsal(connector: Connector, flags: readonly string[] = []) {
  const env = { TMPDIR: connector.folder };
  const args = ['sandbox', '--people', '40', '--json', '--write-config', 'rehearsal.yaml', ...flags];
  const running = connector.start(args, env);
  let text = '';
  running.child.stdout?.on('data', (piece: Buffer) => {
    text += String(piece);
  });
  await within(30, () => text.endsWith('}\n'));
  const control = (JSON.parse(text) as { control: { url: string } }).control.url;
  return {
    run: (words: readonly string[]) => connector.run(['sandbox', ...words, '--control', control]),
    found: (words: readonly string[]) => connector.run(['sandbox', ...words], env),
    dry: () => connector.run(['import-all', '--dry-run', '--config', 'rehearsal.yaml', '--json']),
    control,
    stop: async () => {
      running.child.kill('SIGINT');
      expect((await running.ended).code).toBe(0);
    },
  };
}

describe('the command sandbox event', () => {
  test.for([
    ['personio', 'learnamp'],
    ['kombo', '360learning'],
    ['bamboohr', 'moodle'],
  ] as const)(
    'lets people of %s come and leave, and the next plan to %s shows it',
    async ([source, target], { connect }) => {
      const connector = await connect({ people: 10 });
      const sandbox = await rehearsal(connector, ['--source', source, '--target', target]);
      await connector.run(['import-all', '--config', 'rehearsal.yaml', '--json']);
      const left = await sandbox.run(['event', 'leave']);
      expect(left.code, left.stderr).toBe(0);
      expect(left.stdout).toMatch(
        /\(#\d+\) left; the last day was .*\nThe next "hrsync import-all --dry-run" should show:\n {2}Deactivate: /,
      );
      const hired = await sandbox.run(['event', 'hire', 'Ada Lovelace']);
      expect(hired.stdout).toContain('Ada Lovelace <ada.lovelace@acme.example> was hired');
      const { summary, changes } = runDocument((await sandbox.dry()).stdout);
      expect(summary).toMatchObject({ create: 1, deactivate: 1 });
      expect(changes.map(({ employee }) => employee.name)).toContain('Ada Lovelace');
      await sandbox.stop();
    },
  );

  test('is found without an address while one sandbox runs, and says how to start one where none does', async ({
    connect,
  }) => {
    const connector = await connect({ people: 10 });
    const sandbox = await rehearsal(connector);
    expect((await sandbox.found(['event', 'promote'])).stdout).toContain('is Head of Everything now');
    await sandbox.stop();
    const { code, stderr } = await sandbox.found(['event', 'promote']);
    expect(code).toBe(2);
    expect(stderr).toContain('no sandbox runs on this machine');
    expect(stderr).toContain('hrsync sandbox --write-config sandbox.yaml');
  });

  test('refuses people whom nobody knows, and asks no other machine', async ({ connect }) => {
    const connector = await connect({ people: 10 });
    const sandbox = await rehearsal(connector);
    const unknown = await sandbox.run(['event', 'promote', 'nobody@acme.example']);
    expect(unknown.code).toBe(2);
    expect(unknown.stderr).toContain('nobody is called nobody@acme.example');
    const elsewhere = await connector.run(['sandbox', 'event', 'leave', '--control', 'http://192.0.2.1:80/_sandbox']);
    expect(elsewhere.code).toBe(2);
    await sandbox.stop();
  });
});

describe('the command sandbox fault', () => {
  test('lets HR answer short until it is cleared', async ({ connect }) => {
    const connector = await connect({ people: 10 });
    const sandbox = await rehearsal(connector);
    await connector.run(['import-all', '--config', 'rehearsal.yaml', '--json']);
    expect((await sandbox.run(['fault', 'add', 'personio', 'short_list'])).code).toBe(0);
    expect((await sandbox.dry()).code).toBe(6);
    expect((await sandbox.run(['fault'])).stdout).toMatch(/personio +short_list +[1-9]/);
    expect((await sandbox.run(['fault', 'clear'])).code).toBe(0);
    expect((await sandbox.dry()).code).toBe(0);
    const wrong = await sandbox.run(['fault', 'add', 'personio', 'gremlins']);
    expect(wrong.code).toBe(2);
    await sandbox.stop();
  });

  test('reaches every stand-in', async ({ connect }) => {
    const connector = await connect({ people: 10 });
    const { sources, targets, control } = connector.sandbox;
    for (const { name, url } of [...sources, ...targets]) {
      const added = await connector.run([
        'sandbox',
        'fault',
        'add',
        name,
        'status',
        '--set',
        'status=418',
        '--control',
        control.url,
      ]);
      expect(added.code, added.stderr).toBe(0);
      expect((await fetch(url)).status, name).toBe(418);
    }
  });
});

describe('the sandbox', () => {
  test('has an index for people and for programs, and gives a config of any pair', async ({ connect }) => {
    const connector = await connect({ people: 10 });
    const root = connector.sandbox.control.url.replace('/_sandbox', '/');
    const page = await (await fetch(root, { headers: { Accept: 'text/html' } })).text();
    const index = JSON.stringify(await (await fetch(root)).json());
    for (const { name, url, access } of [...connector.sandbox.sources, ...connector.sandbox.targets])
      for (const text of [name, url, ...Object.values(access)]) {
        expect(page).toContain(text);
        expect(index).toContain(text);
      }
    const flags = ['--source', 'kombo', '--target', 'scim', '--control', connector.sandbox.control.url];
    const made = await connector.run(['sandbox', 'config', ...flags, '--out', 'pair.yaml']);
    expect(made.code, made.stderr).toBe(0);
    expect(await readFile(join(connector.folder, 'pair.yaml'), 'utf8')).toMatch(/type: kombo\n[^]*type: scim\n/);
    await writeFile(join(connector.folder, 'pair.yaml'), 'precious');
    expect((await connector.run(['sandbox', 'config', ...flags, '--out', 'pair.yaml'])).code).toBe(2);
  });

  test.runIf(hasTerminals())('takes keys at a terminal, and q ends it', async ({ connect, onTestFinished }) => {
    const connector = await connect({ people: 10 });
    const env = { TMPDIR: connector.folder };
    const run = startAtTerminal('real', ['sandbox', '--people', '30'], { folder: connector.folder, env });
    onTestFinished(() => run.kill());
    await within(30, () => run.shown().includes('q quit'));
    run.type('hldf');
    await within(20, () => run.shown().includes('From now on: half of HR.'));
    expect(run.shown()).toMatch(/Ada Lovelace .* was hired[^]*left; the last day was[^]*It is \d{4}-\d\d-\d\d in HR/);
    run.type('q');
    expect((await run.ended).code, run.shown()).toBe(0);
  });
});
